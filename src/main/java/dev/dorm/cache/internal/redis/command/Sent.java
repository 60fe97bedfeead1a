package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.ability.Ability;
import dev.dorm.cache.internal.redis.ability.Look;
import dev.dorm.cache.internal.redis.proof.ReplicationInfo;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
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
final class Sent implements Proving.Answer {

    final Channel channel;
    private final int calls;
    private final int each;
    private final int before;
    private final boolean looking;
    private final Look look;
    private final @Nullable Proving proving;
    private final Abilities abilities;
    private final RedisCommandCall.Terms terms;
    private final List<CommandData<?, ?>> all;

    /** What each of them is, as the server takes it. */
    private final List<RedisCommandCall> forms;

    private final QueueCommand command;

    /** Where the question for proof stands among them, and whether the server is asked what it is before it, and behind it. */
    private int proofAt = -1;

    /** Where the script of that question is made known, or -1. */
    private int loadingAt = -1;

    private final boolean between;

    private Sent(
            Channel channel,
            Server server,
            List<RedisCommandCall> calls,
            boolean looking,
            @Nullable Proving proving,
            RedisCommandCall.Terms terms,
            CompletableFuture<@Nullable Object> answered) {
        this.channel = channel;
        this.calls = calls.size();
        this.abilities = terms.abilities();
        this.terms = terms;
        this.look = abilities.look();
        this.looking = looking;
        this.proving = proving;
        this.each = server.asking() ? 2 : 1;
        this.all = new ArrayList<>(calls.size() * each + 5);
        this.forms = new ArrayList<>(calls.size() * each + 5);
        // A script that may not ask what the server is stands between two questions for it.
        this.between = proving != null && look != Look.NONE && terms.tellsId();
        if (look != Look.NONE && (looking || between)) {
            add(RedisCommandCall.question(look, calls.get(0).route()));
        }
        if (proving != null) {
            add(server, proving);
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

    private void add(Server server, Proving proof) {
        if (proof.load() && abilities.has(Ability.SCRIPT_LOAD)) {
            loadingAt = all.size();
            add(proof.loading());
        }
        if (server.asking()) {
            add(RedisCommandCall.asking(proof.key()));
        }
        proofAt = all.size();
        add(proof.call());
        if (between) {
            add(RedisCommandCall.question(look, proof.key()));
        }
    }

    private Sent(
            Channel channel,
            RedisCommandCall call,
            RedisCommandCall.Terms terms,
            CompletableFuture<@Nullable Object> answered) {
        this.channel = channel;
        this.calls = 1;
        this.each = 1;
        this.before = 0;
        this.between = false;
        this.look = Look.NONE;
        this.looking = false;
        this.proving = null;
        this.abilities = terms.abilities();
        this.terms = terms;
        this.all = List.of();
        RedisCommandCall form = terms.form(call);
        this.forms = List.of(form);
        this.command = data(form, answered);
    }

    static Sent of(
            Channel channel,
            Server server,
            List<RedisCommandCall> calls,
            boolean looking,
            @Nullable Proving proving,
            RedisCommandCall.Terms terms,
            CompletableFuture<@Nullable Object> answered) {
        return calls.size() == 1 && !looking && proving == null && !server.asking()
                ? new Sent(channel, calls.get(0), terms, answered)
                : new Sent(channel, server, calls, looking, proving, terms, answered);
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
        RedisCommandCall form = terms.form(call);
        forms.add(form);
        all.add(data(form, new CompletableFuture<>()));
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
        return look == Look.NONE ? ReplicationInfo.NOTHING : said(0, failure);
    }

    private ReplicationInfo said(int at, @Nullable Throwable failure) {
        Object reply = reply(all.get(at), failure);
        if (reply instanceof Throwable cause) {
            throw forms.get(at).learn(abilities, cause)
                    ? new Proving.Missing("the server refuses to say what it is")
                    : new CompletionException(cause);
        }
        return switch (look) {
            case INFO -> ReplicationInfo.of((byte[]) requireNonNull(reply));
            case ROLE -> ReplicationInfo.ofRole((List<?>) requireNonNull(reply));
            case HELLO -> ReplicationInfo.ofHello((List<?>) requireNonNull(reply));
            case NONE -> ReplicationInfo.NOTHING;
        };
    }

    /**
     * Returns what the server was, in whose script the proof was not told: the same before it as behind it, so it was the same
     * meanwhile. Null when the proof tells it.
     */
    @Override
    public @Nullable ReplicationInfo saidAround(@Nullable Throwable failure) {
        if (scriptAsked()) {
            return null;
        }
        if (!between) {
            return ReplicationInfo.NOTHING;
        }
        ReplicationInfo first = said(0, failure);
        ReplicationInfo last = said(proofAt + 1, failure);
        if (!first.id().equals(last.id())) {
            throw new Proving.Missing("the server has become another one just now");
        }
        return last.replica() ? last : first;
    }

    /** Returns whether the script that asked for proof was to ask what the server is. */
    private boolean scriptAsked() {
        Object[] params = forms.get(proofAt).params();
        return "".equals(params[params.length - 1]);
    }

    @Override
    public Object connection() {
        return channel.id();
    }

    /** Says when the connection has ended. */
    void whenClosed(Consumer<Object> ended) {
        channel.closeFuture().addListener(closed -> ended.accept(channel.id()));
    }

    /** Returns the answer to the question for proof, or how it failed. */
    @Override
    public @Nullable Object proof(@Nullable Throwable failure) {
        if (loadingAt >= 0 && reply(all.get(loadingAt), failure) instanceof Throwable refused) {
            // Or else it would be tried again with each question, and the script would never be known.
            var unused = forms.get(loadingAt).learn(abilities, refused);
        }
        Object answer = reply(all.get(proofAt), failure);
        Throwable cause = answer instanceof Throwable each ? each : null;
        return forms.get(proofAt).learn(abilities, cause) ? new RedisCommandCall.Refused() : answer;
    }

    /** Returns the calls' replies, and exceptions where another try may help; throws any other. */
    List<@Nullable Object> replies(@Nullable Object reply, @Nullable Throwable failure) {
        if (all.isEmpty()) {
            return Arrays.asList(outcome(0, failure == null ? reply : failure));
        }
        @Nullable Object[] replies = new @Nullable Object[calls];
        for (int i = 0; i < calls; i++) {
            int at = before + each * (i + 1) - 1;
            replies[i] = outcome(at, reply(all.get(at), failure));
        }
        return Arrays.asList(replies);
    }

    private @Nullable Object outcome(int at, @Nullable Object reply) {
        RedisCommandCall form = forms.get(at);
        Throwable failure = reply instanceof Throwable each ? each : null;
        if (form.learn(abilities, failure)) {
            // Where scripts may not be made known, they are sent whole.
            return form.isLoading() ? null : new RedisCommandCall.Refused();
        }
        return failure == null ? reply : mendable(failure);
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
