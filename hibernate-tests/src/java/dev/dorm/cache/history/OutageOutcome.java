package dev.dorm.cache.history;

import dev.dorm.cache.history.Timings.Side;
import dev.dorm.cache.history.Timings.Stage;
import java.time.Duration;
import java.util.List;

/**
 * What an outage cost.
 *
 * @param title what the run is called
 * @param cached what the oracle counted with a cache
 * @param uncached what it counted without
 * @param timings how long transactions took
 * @param ratios how many reads hit
 * @param healing how long each process went without a hit after Redis was back
 * @param owed how long invalidations were owed
 * @param neverCommitted how many values stand in the database whose transactions never committed
 */
record OutageOutcome(
        String title,
        Outcome cached,
        Outcome uncached,
        Timings timings,
        HitRatios ratios,
        Healing healing,
        OwedWindow owed,
        long neverCommitted) {

    /** Returns how much longer than without a cache the slowest hundredth of the transactions took, at least. */
    double slowdown(Stage stage) {
        return (double) timings.percentile(Side.CACHED, stage, 99).toNanos()
                / timings.percentile(Side.UNCACHED, stage, 99).toNanos();
    }

    /** Returns how the writes that did not happen were refused, each way once. */
    List<String> refusals() {
        return cached.all()
                .lines()
                .filter(line -> line.startsWith("REFUSED "))
                .map(line -> line.substring("REFUSED ".length()))
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Outage: " + title + "\n");
        for (Stage stage : List.of(Stage.BEFORE, Stage.OUTAGE, Stage.AFTER)) {
            text.append("  %-7s with a cache %s; without %s; p99 ratio %.2f%n"
                    .formatted(stage, times(Side.CACHED, stage), times(Side.UNCACHED, stage), slowdown(stage)));
        }
        text.append("  commits %,d, failed %d (without a cache %d), refused %d, rolled back for others' writes %d%n"
                .formatted(
                        cached.of(Tally.COMMITS),
                        cached.of(Tally.ERRORS),
                        uncached.of(Tally.ERRORS),
                        cached.of(Tally.REFUSED),
                        cached.of(Tally.ROLLBACKS) - cached.of(Tally.REFUSED)));
        text.append("  reads %,d, hits %,d (near %,d), stale %d; never committed in the database %d%n"
                .formatted(
                        cached.of(Tally.READS),
                        cached.of(Tally.CACHE_HITS),
                        cached.of(Tally.NEAR_HITS),
                        cached.violations(),
                        neverCommitted));
        text.append("  in the windows: owed %d, first second %d, lost locks %d, near %d%n"
                .formatted(
                        cached.of(Tally.WINDOW_OUTAGE),
                        cached.of(Tally.WINDOW_LEASE),
                        cached.of(Tally.WINDOW_FLUSH),
                        cached.of(Tally.WINDOW_NEAR)));
        text.append("  every process hits again after %s%n"
                .formatted(
                        healing.longest().map(time -> time.toMillis() + " ms").orElse("never")));
        text.append("  owed %s%n".formatted(owed));
        text.append("  calls of the cache failed or passed by %,d%n".formatted(cached.of(Tally.OUTAGES)));
        text.append("  hit ratio %.1f%% before, %.1f%% after; four fifths of it again after %s%n"
                .formatted(
                        100 * ratios.steady(),
                        100 * ratios.after(),
                        ratios.recovery()
                                .map(time -> "%.1f s".formatted(time.toMillis() / 1_000.0))
                                .orElse("never")));
        refusals().forEach(refusal -> text.append("  refused: ").append(refusal).append('\n'));
        return text + (cached.findings().isEmpty() ? "" : cached.findings() + "\n");
    }

    private String times(Side side, Stage stage) {
        return "%,d, p50 %s, p99 %s"
                .formatted(
                        timings.count(side, stage),
                        millis(timings.percentile(side, stage, 50)),
                        millis(timings.percentile(side, stage, 99)));
    }

    private static String millis(Duration time) {
        return "%.1f ms".formatted(time.toNanos() / 1e6);
    }
}
