package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.EntryStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the statistics of entries from what was counted of one region, or of several. */
abstract class EntryCounts implements EntryStatistics {

    /** Returns how often something happened. */
    abstract long get(Counter counter);

    @Override
    public final long getHits() {
        return get(Counter.HIT);
    }

    @Override
    public final long getNearHits() {
        return get(Counter.NEAR_HIT);
    }

    @Override
    public final Map<String, Long> getMisses() {
        return byReason("MISS_");
    }

    @Override
    public final long getAwaitedLoads() {
        return get(Counter.LOAD_AWAITED);
    }

    @Override
    public final long getPuts() {
        return get(Counter.PUT);
    }

    @Override
    public final Map<String, Long> getRefusedPuts() {
        return byReason("PUT_REFUSED_");
    }

    @Override
    public final Map<String, Long> getRejectedEntries() {
        Map<String, Long> rejected = byReason("REJECTED_");
        rejected.put("undecodable", get(Counter.MISS_UNDECODABLE));
        return rejected;
    }

    private Map<String, Long> byReason(String prefix) {
        Map<String, Long> counts = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            if (counter.name().startsWith(prefix)) {
                counts.put(counter.name().substring(prefix.length()).toLowerCase(Locale.ROOT), get(counter));
            }
        }
        return counts;
    }

    @Override
    public final long getLocks() {
        return get(Counter.LOCK);
    }

    @Override
    public final long getInvalidations() {
        return get(Counter.INVALIDATION);
    }

    /** What was counted, for one line; of the reasons only those that were met. */
    final String entries() {
        return "hits=%d, nearHits=%d, misses=%s, awaitedLoads=%d, puts=%d, refusedPuts=%s, rejectedEntries=%s, locks=%d, invalidations=%d"
                .formatted(
                        getHits(),
                        getNearHits(),
                        counted(getMisses()),
                        getAwaitedLoads(),
                        getPuts(),
                        counted(getRefusedPuts()),
                        counted(getRejectedEntries()),
                        getLocks(),
                        getInvalidations());
    }

    private static Map<String, Long> counted(Map<String, Long> counts) {
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
