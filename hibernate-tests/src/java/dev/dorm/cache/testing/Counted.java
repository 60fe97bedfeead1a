package dev.dorm.cache.testing;

import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.internal.metrics.Counter;
import java.util.Locale;
import java.util.Map;

/** One of the library's counts, by the statistics that everybody sees. */
final class Counted {

    private Counted() {}

    static long of(Counter counter, CacheStatistics statistics) {
        return switch (counter) {
            case HIT -> statistics.getHits();
            case NEAR_HIT -> statistics.getNearHits();
            case LOAD_AWAITED -> statistics.getAwaitedLoads();
            case PUT -> statistics.getPuts();
            case LOCK -> statistics.getLocks();
            case INVALIDATION -> statistics.getInvalidations();
            case BUMP -> statistics.getBumps();
            case RENEWAL -> statistics.getRenewals();
            case CALL -> statistics.getCalls();
            case ANSWER -> statistics.getAnsweredCalls();
            case ANSWER_NANOS -> statistics.getAnsweredNanos();
            case SETTLEMENT -> statistics.getSettlements();
            case SETTLEMENT_AWAITED -> statistics.getAwaitedSettlements();
            case OUTAGE -> statistics.getFailedCalls();
            case BYPASSED -> statistics.getBypassedCalls();
            case BREAKER_OPENED -> statistics.getBreakerOpenings();
            default -> byReason(counter.name(), statistics);
        };
    }

    private static long byReason(String name, CacheStatistics statistics) {
        if (name.startsWith("MISS_")) {
            return reason(name, "MISS_", statistics.getMisses());
        }
        if (name.startsWith("REJECTED_")) {
            return reason(name, "REJECTED_", statistics.getRejectedEntries());
        }
        if (name.startsWith("PUT_REFUSED_")) {
            return reason(name, "PUT_REFUSED_", statistics.getRefusedPuts());
        }
        throw new IllegalArgumentException(name + " is counted, and no statistic shows it");
    }

    private static long reason(String name, String prefix, Map<String, Long> counts) {
        Long count = counts.get(name.substring(prefix.length()).toLowerCase(Locale.ROOT));
        if (count == null) {
            throw new IllegalArgumentException(name + " is not among " + counts.keySet());
        }
        return count;
    }
}
