package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.RegionStatistics;

/** The statistics of one region. */
final class RegionCounts extends EntryCounts implements RegionStatistics {

    private final Counters counters = Counters.ofRegion();
    private final String alias;

    RegionCounts(String alias) {
        this.alias = alias;
    }

    Counters counters() {
        return counters;
    }

    @Override
    long get(Counter counter) {
        return counters.get(counter);
    }

    @Override
    public String getAlias() {
        return alias;
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return "RegionStatistics[alias=%s, %s]".formatted(alias, entries());
    }
}
