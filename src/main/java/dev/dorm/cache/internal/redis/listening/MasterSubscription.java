package dev.dorm.cache.internal.redis.listening;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.ability.Ability;
import dev.dorm.cache.internal.redis.ability.Refusal;
import dev.dorm.cache.internal.redis.command.Router;
import dev.dorm.cache.internal.redis.listening.Registrations.Question;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.redisson.client.ChannelName;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.client.RedisPubSubListener;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.CommandPubSubDecoder;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.pubsub.PubSubType;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.connection.ServiceManager;

/**
 * A connection of our own on which one master's messages come. When it ends, this subscription is lost for good: Redisson's would
 * be made anew, and nobody could say what was missed meanwhile. Thread-safe.
 */
final class MasterSubscription {

    /** From when it is lost until it is made anew. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** The same, where the server refuses it: rights may be granted yet. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

    private final ServiceManager services;
    private final Listener listener;
    private final Duration timeout;
    private final Supplier<Abilities> abilities;
    private final CompletableFuture<RedisPubSubConnection> connected;
    private final Registrations registrations;
    private final RegistrationCalls calls;
    private final Set<String> asked = new HashSet<>();

    /** The channels on which messages come. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile long lostAt;
    private volatile boolean refused;

    MasterSubscription(
            ServiceManager services,
            RedisClient master,
            Listener listener,
            Duration timeout,
            Supplier<Abilities> abilities) {
        this.abilities = abilities;
        this.services = services;
        this.listener = listener;
        this.timeout = timeout;
        this.registrations = new Registrations(listener);
        this.calls = new RegistrationCalls(master, abilities);
        this.connected = master.connectPubSubAsync().toCompletableFuture().thenApply(this::connected);
        var unused = connected.whenComplete((connection, failure) -> {
            if (failure != null) {
                lose();
            }
        });
    }

    private RedisPubSubConnection connected(RedisPubSubConnection connection) {
        loseWith(connection);
        ChannelPipeline pipeline = connection.getChannel().pipeline();
        pipeline.addBefore(
                pipeline.context(CommandPubSubDecoder.class).name(),
                "dorm-whole-replies",
                new WholeReplies(this::refused));
        pipeline.addLast("dorm-no-gap", NoGap.INSTANCE);
        return connection;
    }

    /** Returns whether an error was the answer to SUBSCRIBE, for which Redisson knows none. */
    private boolean refused(String said) {
        RedisException failure = new RedisException(said);
        boolean subscribing = Refusal.of("subscribe", failure) || Refusal.ofChannels(failure);
        if (subscribing) {
            refused = true;
            abilities.get().refused(Ability.SUBSCRIBE, said);
            close();
        }
        return subscribing;
    }

    /** Asks for messages on channels that are new. */
    private synchronized void subscribe(RedisPubSubConnection connection, Collection<String> channels) {
        List<String> fresh = channels.stream().filter(asked::add).toList();
        if (fresh.isEmpty()) {
            return;
        }
        for (String each : fresh) {
            ChannelName channel = new ChannelName(each);
            connection.addListener(channel, new Subscription(open));
            var unused = connection.subscribe(new CompletableFuture<>(), new MessageDecoder(this::received), channel);
        }
        // A user who may not subscribe gets no answer that Redisson knows for one, and waits in vain.
        services.newTimeout(
                due -> {
                    if (!open.containsAll(fresh)) {
                        close();
                    }
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What still comes while the connection is being closed is for nobody. */
    private void received(String key) {
        if (!lost.get()) {
            listener.changed(key);
        }
    }

    private void loseWith(RedisPubSubConnection connection) {
        var unused = connection.getChannel().closeFuture().addListener(closed -> {
            // Before Redisson sees it, who else would connect again.
            close(connection);
            lose();
        });
    }

    private record Subscription(Set<String> open) implements RedisPubSubListener<Object> {

        @Override
        public void onStatus(PubSubType type, CharSequence channel) {
            open.add(channel.toString());
        }

        @Override
        public void onMessage(CharSequence channel, Object message) {
            // Received already.
        }
    }

    /**
     * Returns those of the channels on which every message has come that was published before, and every change was published.
     * The question for that goes beside the PING: each of them tells of all that was before both.
     */
    CompletableFuture<Set<String>> beat(Collection<String> channels, Router router, MasterSlaveEntry entry) {
        if (lost.get() || !connected.isDone()) {
            return CompletableFuture.failedFuture(new BackendException("not listening to Redis yet"));
        }
        return connected.thenCompose(connection -> {
            List<String> heard = channels.stream().filter(open::contains).toList();
            subscribe(connection, channels);
            Question question = registrations.ask(heard, System.nanoTime());
            if (heard.isEmpty()) {
                return CompletableFuture.completedFuture(Set.of());
            }
            return calls.names(question, router, entry)
                    .thenCombine(ping(connection), (names, pong) -> registrations.answered(question, names));
        });
    }

    private CompletableFuture<String> ping(RedisPubSubConnection connection) {
        return connection
                .<String, String>async(timeout.toMillis(), StringCodec.INSTANCE, RedisCommands.PING)
                .toCompletableFuture()
                .whenComplete((pong, failure) -> {
                    if (failure != null) {
                        if (Refusal.of("ping", failure)) {
                            refused = true;
                            abilities.get().refused(Ability.PING_WHERE_MESSAGES_COME, Refusal.words(failure));
                        }
                        close();
                    }
                });
    }

    /** Returns whether it was lost, so long ago that another is to be made. */
    boolean isOver() {
        return lost.get() && System.nanoTime() - lostAt >= (refused ? LONG_PAUSE : PAUSE).toNanos();
    }

    private void lose() {
        if (!lost.get()) {
            lostAt = System.nanoTime();
            lost.set(true);
            listener.lost();
        }
    }

    void close() {
        lose();
        var unused = connected.thenAccept(MasterSubscription::close);
    }

    private static void close(RedisPubSubConnection connection) {
        var unused = connection.closeAsync();
    }
}
