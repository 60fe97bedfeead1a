package dev.dorm.cache.benchmark.stampede;

import java.util.Arrays;

/**
 * What has happened in a phase, in one process or in all.
 *
 * @param statements that went to the database
 * @param outages misses of this library because Redis did not answer, or was not asked
 * @param reads that found what they should
 * @param failed reads
 * @param longestMillis how long a read took at the most, those among them that had not come to their end yet
 */
record Tally(long statements, long outages, long reads, long failed, long longestMillis) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

    /** Reads one that {@link #line} has written. */
    static Tally parse(String line) {
        long[] numbers =
                Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Tally(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    String line() {
        return statements + " " + outages + " " + reads + " " + failed + " " + longestMillis;
    }

    /** Returns that of two processes. */
    Tally plus(Tally other) {
        return new Tally(
                statements + other.statements,
                outages + other.outages,
                reads + other.reads,
                failed + other.failed,
                Math.max(longestMillis, other.longestMillis));
    }
}
