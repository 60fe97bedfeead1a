package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.RegionStatistics;
import dev.dorm.cache.backend.NamespaceStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The statistics of one region. */
final class RegionCounts extends EntryCounts implements RegionStatistics {

    private final Counters counters = Counters.ofRegion();
    private final List<Supplier<@Nullable NamespaceStatistics>> holdings = new CopyOnWriteArrayList<>();
    private final String alias;

    RegionCounts(String alias) {
        this.alias = alias;
    }

    Counters counters() {
        return counters;
    }

    /** Adds what is held of it; returns whether it is the first. */
    boolean add(Supplier<@Nullable NamespaceStatistics> holding) {
        holdings.add(holding);
        return holdings.size() == 1;
    }

    boolean isHeld() {
        return !holdings.isEmpty();
    }

    @Override
    long get(Counter counter) {
        return counters.get(counter);
    }

    @Override
    public String getAlias() {
        return alias;
    }

    @Override
    public long getSize() {
        return isHeld() ? sum(NamespaceStatistics::entries) : -1;
    }

    @Override
    public Map<String, Long> getEvictions() {
        return new TreeMap<>(
                Map.of("size", sum(NamespaceStatistics::evicted), "expired", sum(NamespaceStatistics::expired)));
    }

    private long sum(ToLongFunction<NamespaceStatistics> number) {
        long sum = 0;
        for (Supplier<@Nullable NamespaceStatistics> each : holdings) {
            NamespaceStatistics holding = each.get();
            sum += holding == null ? 0 : number.applyAsLong(holding);
        }
        return sum;
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return "RegionStatistics[alias=%s, %s, size=%d, evictions=%s]"
                .formatted(alias, entries(), getSize(), getEvictions());
    }
}
