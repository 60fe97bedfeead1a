package dev.dorm.cache.internal.loading;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One thread loads what it has missed. It is over when it ends, or when nobody waits for it any more. Thread-safe. */
final class Load {

    final Object key;
    private final LongSupplier clock;
    private final long until;
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    private volatile long ended;

    Load(Object key, LongSupplier clock, Duration bound) {
        this.key = key;
        this.clock = clock;
        this.until = clock.getAsLong() + bound.toNanos();
    }

    /** Says that whatever it has for the cache was sent, or that there is nothing. Idempotent. */
    void end() {
        if (!over.isDone()) {
            ended = clock.getAsLong();
            over.complete(null);
        }
    }

    boolean isOver() {
        return over.isDone() || left() <= 0;
    }

    /** Returns whether who read since some time may have missed what it has stored. */
    boolean endedSince(long time) {
        return over.isDone() && ended - time >= 0;
    }

    /** Returns for how many nanoseconds somebody may wait for it, from now on. */
    long left() {
        return until - clock.getAsLong();
    }

    /** Returns what is done when it has ended. */
    CompletableFuture<@Nullable Void> over() {
        return over;
    }
}
