package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.proof.ReplicationInfo;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisRedirectException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.CommandsData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;

/** What was written to a channel: commands, and in front of them what is asked of their server. */
final class Sent {

    final Channel channel;
    private final int calls;
    private final int each;
    private final int before;
    private final boolean looking;
    private final @Nullable Proving proving;
    private final List<CommandData<?, ?>> all;
    private final QueueCommand command;

    private Sent(
            Channel channel,
            Server server,
            List<RedisCommandCall> calls,
            boolean looking,
            @Nullable Proving proving,
            CompletableFuture<@Nullable Object> answered) {
        this.channel = channel;
        this.calls = calls.size();
        this.looking = looking;
        this.proving = proving;
        this.each = server.asking() ? 2 : 1;
        this.all = new ArrayList<>(calls.size() * each + 4);
        if (looking) {
            add(RedisCommandCall.replication(calls.get(0).route()));
        }
        if (proving != null) {
            if (proving.load()) {
                add(proving.loading());
            }
            if (server.asking()) {
                add(RedisCommandCall.asking(proving.key()));
            }
            add(proving.call());
        }
        this.before = all.size();
        for (RedisCommandCall call : calls) {
            if (server.asking()) {
                add(RedisCommandCall.asking(call.route()));
            }
            add(call);
        }
        this.command = new CommandsData(nothing(answered), all, false, false);
    }

    private Sent(Channel channel, RedisCommandCall call, CompletableFuture<@Nullable Object> answered) {
        this.channel = channel;
        this.calls = 1;
        this.each = 1;
        this.before = 0;
        this.looking = false;
        this.proving = null;
        this.all = List.of();
        this.command = data(call, answered);
    }

    static Sent of(
            Channel channel,
            Server server,
            List<RedisCommandCall> calls,
            boolean looking,
            @Nullable Proving proving,
            CompletableFuture<@Nullable Object> answered) {
        return calls.size() == 1 && !looking && proving == null && !server.asking()
                ? new Sent(channel, calls.get(0), answered)
                : new Sent(channel, server, calls, looking, proving, answered);
    }

    QueueCommand command() {
        return command;
    }

    /** Returns whether all that was sent before it on the channel is answered. */
    boolean isNext() {
        Deque<QueueCommandHolder> queue =
                channel.attr(CommandsQueue.COMMANDS_QUEUE).get();
        QueueCommandHolder next = queue == null ? null : queue.peek();
        return next == null || next.getCommand() == command;
    }

    @Nullable
    Proving proving() {
        return proving;
    }

    private void add(RedisCommandCall call) {
        all.add(data(call, new CompletableFuture<>()));
    }

    private static CommandData<Object, @Nullable Object> data(
            RedisCommandCall call, CompletableFuture<@Nullable Object> reply) {
        return new CommandData<>(reply, ByteArrayCodec.INSTANCE, call.command(), call.params());
    }

    @SuppressWarnings("unchecked") // answered without a value
    private static CompletableFuture<Void> nothing(CompletableFuture<@Nullable Object> answered) {
        return (CompletableFuture<Void>) (CompletableFuture<?>) answered;
    }

    /** Returns what the server said of itself. */
    ReplicationInfo looked(@Nullable Throwable failure) {
        if (!looking) {
            throw new IllegalStateException("it was not asked");
        }
        Object info = reply(all.get(0), failure);
        if (info instanceof Throwable cause) {
            throw new CompletionException(cause);
        }
        return ReplicationInfo.of((byte[]) requireNonNull(info));
    }

    /** Returns the answer to the question for proof, or how it failed. */
    @Nullable
    Object proof(@Nullable Throwable failure) {
        if (proving != null && proving.load()) {
            Object loaded = reply(all.get(looking ? 1 : 0), failure);
            if (loaded instanceof Throwable) {
                return loaded;
            }
        }
        return reply(all.get(before - 1), failure);
    }

    /** Returns the calls' replies, and exceptions where another try may help; throws any other. */
    List<@Nullable Object> replies(@Nullable Object reply, @Nullable Throwable failure) {
        if (all.isEmpty()) {
            return Arrays.asList(failure == null ? reply : mendable(failure));
        }
        @Nullable Object[] replies = new @Nullable Object[calls];
        for (int i = 0; i < calls; i++) {
            Object one = reply(all.get(before + each * (i + 1) - 1), failure);
            replies[i] = one instanceof Throwable cause ? mendable(cause) : one;
        }
        return Arrays.asList(replies);
    }

    private static @Nullable Object reply(CommandData<?, ?> command, @Nullable Throwable failure) {
        CompletableFuture<?> reply = command.getPromise();
        Throwable cause = Failures.of(reply);
        if (cause != null) {
            return cause;
        }
        if (!reply.isDone()) {
            throw new CompletionException(failure);
        }
        return reply.getNow(null);
    }

    private static Throwable mendable(Throwable failure) {
        if (failure instanceof RedisRedirectException || failure instanceof RedisNoScriptException) {
            return failure;
        }
        throw new CompletionException(failure);
    }
}
