package dev.dorm.cache.history;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a run has counted and found. */
final class Outcome {

    private static final int SHOWN = Integer.getInteger("history.shown", 12);

    private final String title;
    private final String findings;
    private final long[] lags;
    private final Map<Tally, Long> counts = new EnumMap<>(Tally.class);

    Outcome(String title, Ledger ledger, String findings) {
        this.title = title;
        this.findings = findings;
        this.lags = ledger.lags();
        Arrays.stream(Tally.values()).forEach(tally -> counts.put(tally, ledger.of(tally)));
    }

    long of(Tally tally) {
        return counts.get(tally);
    }

    long violations() {
        return sum(Tally::isViolation);
    }

    long windows() {
        return sum(Tally::isWindow);
    }

    private long sum(Predicate<Tally> which) {
        return Arrays.stream(Tally.values())
                .filter(which)
                .mapToLong(counts::get)
                .sum();
    }

    double hitRatio() {
        return (double) of(Tally.CACHE_HITS) / Math.max(1, of(Tally.CACHE_HITS) + of(Tally.CACHE_MISSES));
    }

    /** Returns all that the processes printed. */
    String all() {
        return findings;
    }

    /** Returns the findings that are shown: the first of each kind. */
    String findings() {
        return findings.lines().limit(SHOWN).collect(Collectors.joining("\n"));
    }

    private double lag(double part) {
        return lags[(int) Math.round(part * (lags.length - 1))] / 1e6;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("History of " + title + "\n");
        counts.forEach((tally, count) -> table.append("  %-20s %,10d%n"
                .formatted(tally.name().toLowerCase(Locale.ROOT).replace('_', ' '), count)));
        table.append("  %-20s %9.1f%%%n".formatted("hit ratio", 100 * hitRatio()));
        if (lags.length > 0) {
            table.append("  near window of %d: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n"
                    .formatted(lags.length, lag(0.5), lag(0.99), lag(1)));
        }
        return table + (findings.isEmpty() ? "" : findings() + "\n");
    }
}
