package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.CacheStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The statistics of one session factory's cache. */
public final class RuntimeStatistics implements CacheStatistics {

    private final Counters counters;
    private final Supplier<Map<String, BreakerState>> breakers;
    private final LongSupplier pendingBumps;

    /**
     * Creates statistics.
     *
     * @param counters what was counted
     * @param breakers the states of the circuit breakers, by alias
     * @param pendingBumps how many invalidations are owed
     */
    public RuntimeStatistics(
            Counters counters, Supplier<Map<String, BreakerState>> breakers, LongSupplier pendingBumps) {
        this.counters = counters;
        this.breakers = breakers;
        this.pendingBumps = pendingBumps;
    }

    @Override
    public long getHits() {
        return counters.get(Counter.HIT);
    }

    @Override
    public long getNearHits() {
        return counters.get(Counter.NEAR_HIT);
    }

    @Override
    public Map<String, Long> getMisses() {
        return byReason("MISS_");
    }

    @Override
    public long getPuts() {
        return counters.get(Counter.PUT);
    }

    @Override
    public Map<String, Long> getRefusedPuts() {
        return byReason("PUT_REFUSED_");
    }

    @Override
    public Map<String, Long> getRejectedEntries() {
        Map<String, Long> rejected = byReason("REJECTED_");
        rejected.put("undecodable", counters.get(Counter.MISS_UNDECODABLE));
        return rejected;
    }

    private Map<String, Long> byReason(String prefix) {
        Map<String, Long> counts = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            if (counter.name().startsWith(prefix)) {
                counts.put(counter.name().substring(prefix.length()).toLowerCase(Locale.ROOT), counters.get(counter));
            }
        }
        return counts;
    }

    @Override
    public long getLocks() {
        return counters.get(Counter.LOCK);
    }

    @Override
    public long getInvalidations() {
        return counters.get(Counter.INVALIDATION);
    }

    @Override
    public long getBumps() {
        return counters.get(Counter.BUMP);
    }

    @Override
    public long getRenewals() {
        return counters.get(Counter.RENEWAL);
    }

    @Override
    public long getCalls() {
        return counters.get(Counter.CALL);
    }

    @Override
    public long getBreakerOpenings() {
        return counters.get(Counter.BREAKER_OPENED);
    }

    @Override
    public long getFailedCalls() {
        return counters.get(Counter.OUTAGE);
    }

    @Override
    public long getBypassedCalls() {
        return counters.get(Counter.BYPASSED);
    }

    @Override
    public Map<String, String> getBreakers() {
        Map<String, String> states = new TreeMap<>();
        breakers.get().forEach((alias, state) -> states.put(alias, state.name()));
        return states;
    }

    @Override
    public long getPendingBumps() {
        return pendingBumps.getAsLong();
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return "CacheStatistics[hits=%d, nearHits=%d, misses=%s, puts=%d, refusedPuts=%s, rejectedEntries=%s, locks=%d, invalidations=%d, bumps=%d, renewals=%d, calls=%d, failedCalls=%d, bypassedCalls=%d, breakers=%s, pendingBumps=%d]"
                .formatted(
                        getHits(),
                        getNearHits(),
                        counted(getMisses()),
                        getPuts(),
                        counted(getRefusedPuts()),
                        counted(getRejectedEntries()),
                        getLocks(),
                        getInvalidations(),
                        getBumps(),
                        getRenewals(),
                        getCalls(),
                        getFailedCalls(),
                        getBypassedCalls(),
                        getBreakers(),
                        getPendingBumps());
    }

    private static Map<String, Long> counted(Map<String, Long> counts) {
        Map<String, Long> some = new TreeMap<>(counts);
        some.values().removeIf(count -> count == 0);
        return some;
    }
}
