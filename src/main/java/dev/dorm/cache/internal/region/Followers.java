package dev.dorm.cache.internal.region;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a lazy collection is mostly read when its owner has been: the score rises by two with each collection that is read, and
 * falls by one with each owner. So it stays low while fewer than half of the owners are followed by their collection. Thread-safe.
 */
final class Followers {

    private static final int HIGHEST = 16;

    /** From here on an owner brings its collection along. */
    private static final int LIKELY = 6;

    private final AtomicInteger score = new AtomicInteger();

    /** Takes note that a collection was read. */
    void read() {
        int now = score.get();
        if (now < HIGHEST) {
            // Another thread may count in between: then this one does not, for it is a guess anyway.
            score.compareAndSet(now, Math.min(HIGHEST, now + 2));
        }
    }

    /** Takes note that an owner is read; returns whether its collection is likely to be read next. */
    boolean owner() {
        int now = score.get();
        if (now > 0) {
            score.compareAndSet(now, now - 1);
        }
        return now >= LIKELY;
    }
}
