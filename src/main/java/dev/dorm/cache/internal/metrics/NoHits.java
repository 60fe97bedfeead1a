package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.EntryStatistics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that an alias has no hits, after a minute of use, and what is known of why. Thread-safe. */
final class NoHits {

    /** For how long there may be none: after a start everything is loaded first. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So many misses at least are some use. */
    static final int SOME = 20;

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String alias;
    private final EntryStatistics counts;
    private final Supplier<?> refusals;
    private final LongSupplier ticker;
    private final long since;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Begins to wait.
     *
     * @param alias its name
     * @param counts what happened there
     * @param refusals what its servers refuse
     * @param ticker this process's monotonic clock, in nanoseconds
     */
    NoHits(String alias, EntryStatistics counts, Supplier<?> refusals, LongSupplier ticker) {
        this.alias = alias;
        this.counts = counts;
        this.refusals = refusals;
        this.ticker = ticker;
        this.since = ticker.getAsLong();
    }

    /** Looks, with each call; returns whether there is nothing more to be said. */
    boolean isOver() {
        if (ticker.getAsLong() - since < PATIENCE.toNanos()) {
            return false;
        }
        if (counts.getHits() > 0) {
            return true;
        }
        Map<String, Long> misses = counts.getMisses();
        long missed = misses.values().stream().mapToLong(Long::longValue).sum();
        if (missed < SOME) {
            return false;
        }
        if (over.compareAndSet(false, true)) {
            LOG.warn(
                    "The cache '{}' had no hit yet: {} misses ({}), {} entries stored, others refused ({}); refused by servers:"
                            + " {}. See troubleshooting.md, 'There are no hits'",
                    alias,
                    missed,
                    shown(misses),
                    counts.getPuts(),
                    shown(counts.getRefusedPuts()),
                    refusals.get());
        }
        return true;
    }

    private static String shown(Map<String, Long> byReason) {
        String some = byReason.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return some.isEmpty() ? "none" : some;
    }
}
