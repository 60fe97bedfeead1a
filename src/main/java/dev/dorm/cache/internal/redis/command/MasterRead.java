package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisRedirectException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.CommandsData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.connection.ServiceManager;

/**
 * Reads in one pipelined write to one server, on one connection: behind the question who the server is, when nobody has
 * asked on that connection yet. Redisson's own executors do not tell on which connection a reply came.
 */
final class MasterRead implements Arriving {

    /** Who waits for what was sent on a channel. */
    private static final AttributeKey<MasterRead> WAITING = AttributeKey.valueOf("dorm.read");

    private final ServiceManager services;
    private final Duration timeout;
    private final ServerEpochs epochs;
    private final Server server;
    private final List<RedisCommandCall> calls;

    /** Of a single command its reply, of several nothing but that all were answered. */
    private final CompletableFuture<@Nullable Object> answered = new CompletableFuture<>();

    private @Nullable Several several;
    private volatile @Nullable Arrivals arrivals;

    /** What was sent when it was more than one command: the reads, and on which unknown connection it was asked. */
    private record Several(List<CommandData<?, ?>> all, @Nullable Channel unknown) {}

    MasterRead(
            ServiceManager services,
            RetryPolicy retries,
            ServerEpochs epochs,
            Server server,
            List<RedisCommandCall> calls) {
        this.services = services;
        this.timeout = retries.timeout();
        this.epochs = epochs;
        this.server = server;
        this.calls = calls;
    }

    /** Returns the replies in the order of the calls; for a read that belongs elsewhere, the exception that says where. */
    CompletableFuture<List<@Nullable Object>> run() {
        if (services.isShuttingDown()) {
            return CompletableFuture.failedFuture(shutDown());
        }
        long begin = System.nanoTime();
        Timeout timer = services.newTimeout(due -> due(begin), timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<RedisConnection> connecting = server.connect();
        CompletableFuture<List<@Nullable Object>> replies = answered.handle((reply, failure) -> {
            timer.cancel();
            release(connecting);
            return replies(reply, failure);
        });
        writeTo(connecting);
        return replies;
    }

    /**
     * Returns what {@link #run} does, waiting: then Redisson's threads have nothing to do but to wake this one.
     *
     * @throws CompletionException when a read failed
     * @throws dev.dorm.cache.backend.BackendException when none was answered in time
     */
    List<@Nullable Object> await() {
        if (services.isShuttingDown()) {
            throw new CompletionException(shutDown());
        }
        CompletableFuture<RedisConnection> connecting = server.connect();
        try {
            CompletableFuture<@Nullable Object> settled =
                    answered.handle((reply, failure) -> failure == null ? reply : failure);
            writeTo(connecting);
            Object reply = await(timeout, settled);
            return reply instanceof Throwable failure ? replies(null, failure) : replies(reply, null);
        } finally {
            release(connecting);
        }
    }

    private void writeTo(CompletableFuture<RedisConnection> connecting) {
        var unused = connecting.whenComplete((connection, failure) -> {
            if (failure == null) {
                write(connection.getChannel());
            } else {
                fail(failure);
            }
        });
    }

    private void release(CompletableFuture<RedisConnection> connecting) {
        // One that arrives after this goes back by itself.
        if (!connecting.cancel(false) && !connecting.isCompletedExceptionally()) {
            RedisConnection connection = connecting.join();
            connection.getChannel().attr(WAITING).compareAndSet(this, null);
            server.release(connection);
        }
    }

    /** Gives the reply up, unless it is still coming. */
    private void due(long begin) {
        long rest = rest(begin, timeout);
        if (rest <= 0) {
            fail(late());
        } else if (!answered.isDone()) {
            services.newTimeout(due -> due(begin), rest, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public long idle() {
        Arrivals known = arrivals;
        return known == null || answered.isDone() ? Long.MAX_VALUE : known.idle();
    }

    private void fail(Throwable failure) {
        answered.completeExceptionally(failure);
    }

    private RedisTimeoutException late() {
        return new RedisTimeoutException("no reply of " + server + " within " + timeout.toMillis() + " ms");
    }

    private static RedissonShutdownException shutDown() {
        return new RedissonShutdownException("Redisson is shutdown");
    }

    /** A connection that is lost gets another channel; what is sent on this one is answered on it or never. */
    private void write(Channel channel) {
        channel.attr(WAITING).set(this);
        arrivals = Arrivals.on(channel);
        boolean known = epochs.isKnown(channel.id());
        if (!known) {
            channel.closeFuture().addListener(closed -> lost(channel));
        }
        send(
                channel,
                known && calls.size() == 1 && !server.asking()
                        ? data(calls.get(0), answered)
                        : several(known ? null : channel));
    }

    /** Redisson lets what was sent wait for its answer, also when the connection has ended that would bring it. */
    private static void lost(Channel channel) {
        MasterRead waiting = channel.attr(WAITING).getAndSet(null);
        if (waiting != null) {
            waiting.fail(new RedisConnectionException("the connection to " + waiting.server + " was lost"));
        }
    }

    private void send(Channel channel, QueueCommand command) {
        channel.writeAndFlush(command).addListener(written -> {
            if (!written.isSuccess()) {
                fail(new WriteRedisConnectionException("a read cannot be sent", written.cause()));
            }
        });
    }

    @SuppressWarnings("unchecked") // answered without a value
    private CommandsData several(@Nullable Channel unknown) {
        List<CommandData<?, ?>> all = new ArrayList<>();
        if (unknown != null) {
            all.add(data(RedisCommandCall.replication(calls.get(0).route()), new CompletableFuture<>()));
        }
        for (RedisCommandCall call : calls) {
            if (server.asking()) {
                all.add(data(RedisCommandCall.asking(call.route()), new CompletableFuture<>()));
            }
            all.add(data(call, new CompletableFuture<>()));
        }
        several = new Several(all, unknown);
        return new CommandsData((CompletableFuture<Void>) (CompletableFuture<?>) answered, all, false, false);
    }

    private static CommandData<Object, @Nullable Object> data(
            RedisCommandCall call, CompletableFuture<@Nullable Object> reply) {
        return new CommandData<>(reply, ByteArrayCodec.INSTANCE, call.command(), call.params());
    }

    private List<@Nullable Object> replies(@Nullable Object reply, @Nullable Throwable failure) {
        Several sent = several;
        if (sent == null) {
            return Arrays.asList(failure == null ? reply : redirected(failure));
        }
        int before = sent.unknown == null ? 0 : 1;
        int each = server.asking() ? 2 : 1;
        @Nullable Object[] replies = new @Nullable Object[calls.size()];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = reply(sent.all.get(before + each * (i + 1) - 1), failure);
        }
        if (sent.unknown != null) {
            // Before anybody believes what came with it.
            epochs.looked(sent.unknown.id(), requireNonNull(reply(sent.all.get(0), failure)));
        }
        return Arrays.asList(replies);
    }

    private static @Nullable Object reply(CommandData<?, ?> command, @Nullable Throwable failure) {
        CompletableFuture<?> reply = command.getPromise();
        Throwable cause = Failures.of(reply);
        if (cause != null) {
            return redirected(cause);
        }
        if (!reply.isDone()) {
            throw new CompletionException(failure);
        }
        return reply.getNow(null);
    }

    private static Throwable redirected(Throwable failure) {
        if (failure instanceof RedisRedirectException) {
            return failure;
        }
        throw new CompletionException(failure);
    }
}
