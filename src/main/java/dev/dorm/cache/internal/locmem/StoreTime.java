package dev.dorm.cache.internal.locmem;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The store's clock: it starts at the time of day and never goes back. */
final class StoreTime {

    private final LongSupplier nanoTime;
    private final long nanosAtStart;
    private final long microsAtStart;
    private final AtomicLong highest = new AtomicLong();

    StoreTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanosAtStart = nanoTime.getAsLong();
        this.microsAtStart = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }

    /** Returns nanoseconds since some moment. */
    long nanos() {
        return nanoTime.getAsLong();
    }

    /** Returns microseconds since 1970, or more: a number above all that a counter has had. */
    long seed() {
        return highest.updateAndGet(last -> Math.max(last + 1, micros()));
    }

    /** Says that a counter has a number: in process one can count faster than the time goes. */
    void counted(long number) {
        highest.accumulateAndGet(number, Math::max);
    }

    /** Returns microseconds since 1970. */
    long micros() {
        return microsAtStart + (nanos() - nanosAtStart) / 1000;
    }
}
