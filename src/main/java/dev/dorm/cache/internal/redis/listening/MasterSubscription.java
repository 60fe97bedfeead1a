package dev.dorm.cache.internal.redis.listening;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.Listener;
import io.netty.channel.ChannelPipeline;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.redisson.client.ChannelName;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.client.RedisPubSubListener;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.CommandPubSubDecoder;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.pubsub.PubSubType;
import org.redisson.connection.ServiceManager;

/**
 * A connection of our own on which one master's messages come. When it ends, this subscription is lost for good: Redisson's would
 * be made anew, and nobody could say what was missed meanwhile. Thread-safe.
 */
final class MasterSubscription {

    private final ServiceManager services;
    private final Listener listener;
    private final Duration timeout;
    private final CompletableFuture<RedisPubSubConnection> subscribed;
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile long lostAt;

    MasterSubscription(ServiceManager services, RedisClient master, Listener listener, Duration timeout) {
        this.services = services;
        this.listener = listener;
        this.timeout = timeout;
        this.subscribed = master.connectPubSubAsync().toCompletableFuture().thenCompose(this::subscribe);
        var unused = subscribed.whenComplete((connection, failure) -> {
            if (failure != null) {
                lose();
            }
        });
    }

    private CompletableFuture<RedisPubSubConnection> subscribe(RedisPubSubConnection connection) {
        loseWith(connection);
        ChannelPipeline pipeline = connection.getChannel().pipeline();
        pipeline.addBefore(
                pipeline.context(CommandPubSubDecoder.class).name(), "dorm-whole-replies", new WholeReplies());
        CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        ChannelName channel = new ChannelName(Keys.CHANNEL);
        connection.addListener(channel, new Subscription(answer));
        // A user who may not subscribe gets no answer that Redisson knows for one, and waits in vain.
        var unused = connection.subscribe(new CompletableFuture<>(), new MessageDecoder(this::received), channel);
        Timeout timer = services.newTimeout(
                late -> answer.completeExceptionally(new TimeoutException("no answer within " + timeout)),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        return answer.handle((done, failure) -> {
            timer.cancel();
            if (failure != null) {
                close(connection);
                throw new BackendException("cannot listen to Redis: " + failure, failure);
            }
            return connection;
        });
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

    private record Subscription(CompletableFuture<@Nullable Void> answer) implements RedisPubSubListener<Object> {

        @Override
        public void onStatus(PubSubType type, CharSequence channel) {
            answer.complete(null);
        }

        @Override
        public void onMessage(CharSequence channel, Object message) {
            // Received already.
        }
    }

    /** Completes when every message has come that was published before. */
    CompletableFuture<String> ask() {
        if (lost.get() || !subscribed.isDone()) {
            return CompletableFuture.failedFuture(new BackendException("not listening to Redis yet"));
        }
        return subscribed
                .thenCompose(connection ->
                        connection.<String, String>async(timeout.toMillis(), StringCodec.INSTANCE, RedisCommands.PING))
                .whenComplete((pong, failure) -> {
                    if (failure != null) {
                        close();
                    }
                });
    }

    /** Returns whether it is lost, for so long at least. */
    boolean isLostFor(Duration time) {
        return lost.get() && System.nanoTime() - lostAt >= time.toNanos();
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
        var unused = subscribed.thenAccept(MasterSubscription::close);
    }

    private static void close(RedisPubSubConnection connection) {
        var unused = connection.closeAsync();
    }
}
