package dev.dorm.cache.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The share of cache reads that hit, second by second. */
final class HitRatios {

    private static final long SLICE = Duration.ofSeconds(1).toNanos();
    private static final double RECOVERED = 0.8;

    private final Ledger ledger;
    private final List<Sample> samples = new ArrayList<>();
    private long steadyFrom;
    private long outageAt;
    private long backAt;

    HitRatios(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What was counted up to a moment. */
    private record Sample(long at, long hits, long misses) {}

    void sample() {
        samples.add(new Sample(Ledger.now(), ledger.of(Tally.CACHE_HITS), ledger.of(Tally.CACHE_MISSES)));
    }

    void steadyFrom(long at) {
        steadyFrom = at;
    }

    void outage(long at) {
        outageAt = at;
    }

    /** Says that Redis serves again; the first time counts. */
    void back(long at) {
        backAt = backAt == 0 ? at : backAt;
    }

    long backAt() {
        return backAt;
    }

    /** Returns the ratio from when it is steady to the outage. */
    double steady() {
        return ratio(steadyFrom, outageAt);
    }

    double after() {
        return ratio(backAt + recovery().orElse(Duration.ZERO).toNanos(), Long.MAX_VALUE);
    }

    /** Returns the time from Redis's return to the end of the first second that hits four fifths of what it did. */
    Optional<Duration> recovery() {
        return samples.stream()
                .filter(sample -> backAt != 0 && sample.at - SLICE >= backAt)
                .filter(sample -> ratio(sample.at - SLICE, sample.at) >= RECOVERED * steady())
                .findFirst()
                .map(sample -> Duration.ofNanos(sample.at - backAt));
    }

    private double ratio(long from, long to) {
        List<Sample> slice = samples.stream()
                .filter(sample -> sample.at - from >= 0 && sample.at <= to)
                .toList();
        if (slice.size() < 2) {
            return 0;
        }
        Sample first = slice.get(0);
        Sample last = slice.get(slice.size() - 1);
        long hits = last.hits - first.hits;
        return (double) hits / Math.max(1, hits + last.misses - first.misses);
    }
}
