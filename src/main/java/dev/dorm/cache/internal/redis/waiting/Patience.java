package dev.dorm.cache.internal.redis.waiting;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * For how long a connection to one master may be silent before whoever shares it takes it for held up: for a moment, and some
 * times as long as replies of that master usually take. Thread-safe.
 */
public final class Patience {

    /** The moment. */
    public static final Duration LEAST = Duration.ofMillis(5);

    private static final int TIMES = 4;

    /** So little of what is usual one reply says. */
    private static final int MEMORY = 8;

    private final Duration least;
    private final LongSupplier clock;
    private volatile long usual;

    /**
     * Creates one that knows of no reply.
     *
     * @param least the moment
     * @param clock this process's monotonic clock, in nanoseconds
     */
    public Patience(Duration least, LongSupplier clock) {
        this.least = least;
        this.clock = clock;
    }

    /** Returns the time by its clock. */
    public long now() {
        return clock.getAsLong();
    }

    /** Returns how many nanoseconds it lasts. */
    public long nanos() {
        return least.toNanos() + TIMES * usual;
    }

    /** Returns whether it is over for what is silent since a time. */
    public boolean isOverSince(long time) {
        return now() - time > nanos();
    }

    /** Takes note of how many nanoseconds a reply took. One that was held up does not count for longer than this lasts. */
    public void took(long nanos) {
        long known = usual;
        becomes(known + (Math.min(nanos, nanos()) - known) / MEMORY);
    }

    /** What two notes at once make of it is near enough. */
    private void becomes(long nanos) {
        usual = nanos;
    }
}
