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
    private final Map<Tally, Long> counts = new EnumMap<>(Tally.class);

    Outcome(String title, Ledger ledger, String findings) {
        this.title = title;
        this.findings = findings;
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

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("History of " + title + "\n");
        counts.forEach((tally, count) -> table.append("  %-20s %,10d%n"
                .formatted(tally.name().toLowerCase(Locale.ROOT).replace('_', ' '), count)));
        table.append("  %-20s %9.1f%%%n".formatted("hit ratio", 100 * hitRatio()));
        return table + (findings.isEmpty() ? "" : findings() + "\n");
    }
}
