package dev.dorm.cache.internal.lifetime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the entries of a region live. Each lives a little shorter than the longest, by chance: what was cached together
 * does not end together, so that it is not all loaded anew at one moment. Thread-safe.
 *
 * @param longest the time to live; {@link Duration#ZERO} means until invalidated
 * @param jitter by how many percent an entry may live shorter, up to {@value #MOST_JITTER}
 */
public record Lifetime(Duration longest, int jitter) {

    /** The most that a process may ask for. */
    public static final int MOST_JITTER = 50;

    public static final int DEFAULT_JITTER = 10;

    /** Finer than this the lives are not told apart. */
    private static final int PARTS = 10_000;

    /** Returns how long one entry lives. */
    public Duration next() {
        int most = jitter * (PARTS / 100);
        return most == 0
                ? longest
                : longest.minus(longest.dividedBy(PARTS)
                        .multipliedBy(ThreadLocalRandom.current().nextInt(most + 1)));
    }

    /** Returns the shortest life that any process gives to such an entry, whatever its jitter. */
    public Duration shortest() {
        return longest.multipliedBy(100 - MOST_JITTER).dividedBy(100);
    }
}
