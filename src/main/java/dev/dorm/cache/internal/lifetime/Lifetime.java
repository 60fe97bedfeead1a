package dev.dorm.cache.internal.lifetime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the entries of a region live. Each lives a little shorter than the longest, by chance: what was cached together
 * does not end together, so that it is not all loaded anew at one moment. Thread-safe.
 *
 * @param longest the time to live; {@link Duration#ZERO} means until invalidated
 * @param jitter by how many percent an entry may live shorter, up to {@value #MOST_JITTER}
 * @param aheadPercent how many percent of the longest life before its end an entry that is still read is loaded anew; 0 for never
 * @param salt makes the times at which this process does so unlike those of others
 */
public record Lifetime(Duration longest, int jitter, int aheadPercent, long salt) {

    /** The most that a process may ask for. */
    public static final int MOST_JITTER = 50;

    public static final int DEFAULT_JITTER = 10;

    public static final int DEFAULT_AHEAD = 10;

    public static final int MOST_AHEAD = 50;

    /** Finer than this the lives are not told apart. */
    private static final int PARTS = 10_000;

    /** Up to here a number holds the nanoseconds; {@code Duration} divides with numbers of any size, which cost more than the rest of a put. */
    private static final Duration COUNTED = Duration.ofDays(100_000);

    /** Returns how long one entry lives. */
    public Duration next() {
        int most = jitter * (PARTS / 100);
        if (most == 0) {
            return longest;
        }
        int parts = ThreadLocalRandom.current().nextInt(most + 1);
        return longest.compareTo(COUNTED) > 0
                ? longest.minus(longest.dividedBy(PARTS).multipliedBy(parts))
                : longest.minusNanos(longest.toNanos() / PARTS * parts);
    }

    /** Returns when the first of the entries of this process may end. */
    Duration earliestEnd() {
        return longest.multipliedBy(100 - jitter).dividedBy(100);
    }

    /** Returns how long before its end an entry is loaded anew at the earliest; zero for never. */
    Duration ahead() {
        return longest.multipliedBy(aheadPercent).dividedBy(100);
    }

    /** Returns the shortest life that any process gives to such an entry, whatever its jitter. */
    public Duration shortest() {
        return longest.multipliedBy(100 - MOST_JITTER).dividedBy(100);
    }
}
