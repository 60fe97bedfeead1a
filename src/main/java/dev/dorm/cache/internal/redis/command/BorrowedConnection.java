package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.internal.redis.waiting.Arrivals;
import dev.dorm.cache.internal.redis.waiting.LargeReplies;
import dev.dorm.cache.internal.redis.waiting.Patience;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;

/**
 * A connection of Redisson's pool for as long as something is under way on it: commands of one call, or several reads. Redis
 * answers in order, so each finds its own reply. Thread-safe.
 */
final class BorrowedConnection {

    /** So many reads at the most are under way on one connection. */
    static final int MOST = 64;

    /** After so many that have joined it is given back to the pool, which may know better by now. */
    static final int MOST_JOINED = 1_000;

    private static final AttributeKey<Boolean> TOGETHER = AttributeKey.valueOf("dorm.together");

    private final CompletableFuture<RedisConnection> connecting;
    private final Consumer<CompletableFuture<RedisConnection>> giveBack;
    private final Patience patience;
    private final long begin;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicInteger joined = new AtomicInteger();
    private volatile @Nullable Channel spoilt;

    /**
     * Creates it, for one user.
     *
     * @param connecting the connection, or the one that comes yet
     * @param giveBack what gives it back
     * @param patience says when it is held up
     */
    BorrowedConnection(
            CompletableFuture<RedisConnection> connecting,
            Consumer<CompletableFuture<RedisConnection>> giveBack,
            Patience patience) {
        this.connecting = connecting;
        this.giveBack = giveBack;
        this.patience = patience;
        this.begin = patience.now();
    }

    CompletableFuture<RedisConnection> connecting() {
        return connecting;
    }

    Patience patience() {
        return patience;
    }

    /**
     * Returns whether there is one more user: only if it is open, in use, and not held up, and nothing large is on its way on
     * it.
     */
    boolean join() {
        Channel channel = open();
        return channel != null && joined.get() < MOST_JOINED && !isHeldUp(Arrivals.on(channel)) && enter(channel);
    }

    /**
     * Returns whether there is one more user, whose commands are to come behind those that are under way on it: then it is no
     * matter whether it is held up, for those are waited for anyway.
     */
    boolean joinBehind() {
        Channel channel = open();
        return channel != null && enter(channel);
    }

    /** Returns whether commands may be written behind those that are under way on it. */
    boolean keepsOrder() {
        return open() != null && users.get() < MOST;
    }

    /** Returns its channel; null when it has none yet, or none that is to be used. */
    private @Nullable Channel open() {
        if (spoilt != null || !connecting.isDone() || connecting.isCompletedExceptionally()) {
            return null;
        }
        Channel channel = connecting.join().getChannel();
        return channel.isActive() ? channel : null;
    }

    private boolean enter(Channel channel) {
        for (int before = users.get(); before > 0 && before < MOST; before = users.get()) {
            if (users.compareAndSet(before, before + 1)) {
                joined.incrementAndGet();
                together(channel);
                return true;
            }
        }
        return false;
    }

    /** Returns whether it is silent since it was borrowed, or since the last reply, or kept by a large reply. */
    private boolean isHeldUp(Arrivals arrivals) {
        long last = arrivals.last();
        return arrivals.passing() > LargeReplies.LARGE || patience.isOverSince(last - begin > 0 ? last : begin);
    }

    /** Lets what is written while other writes wait go out with them. */
    private static void together(Channel channel) {
        if (channel.attr(TOGETHER).get() == null && channel.attr(TOGETHER).setIfAbsent(true) == null) {
            channel.pipeline()
                    .addFirst(new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        }
    }

    /** Says that something was not answered on its channel: nobody is to use it after those who do. */
    void spoil(Channel channel) {
        spoilt = channel;
    }

    /** Ends a use; returns whether it was the last. */
    boolean leave() {
        if (users.decrementAndGet() > 0) {
            return false;
        }
        Channel channel = spoilt;
        if (channel != null) {
            // What comes on it yet would be in the way of the next reply.
            var unused = channel.close();
        }
        giveBack.accept(connecting);
        return true;
    }
}
