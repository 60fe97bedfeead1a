package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.RegionStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The statistics of one session factory's cache: its totals are added up when they are read. Thread-safe. */
public final class RuntimeStatistics extends BackendCounts implements CacheStatistics {

    private final Map<String, RegionCounts> regions = new ConcurrentSkipListMap<>();
    private final Map<String, AliasCounts> aliases = new ConcurrentSkipListMap<>();
    private @Nullable Watcher watcher;

    /** Is shown what is counted for itself. */
    interface Watcher {

        void region(String name, RegionStatistics region);

        void alias(String name, AliasStatistics alias);
    }

    /**
     * Returns where a region counts; one of the same name counts there, too.
     *
     * @param name its name in Hibernate's statistics
     * @param alias where it is kept
     */
    public synchronized Counters region(String name, String alias) {
        RegionCounts region = regions.get(name);
        if (region == null) {
            region = new RegionCounts(alias);
            regions.put(name, region);
            if (watcher != null) {
                watcher.region(name, region);
            }
        }
        return region.counters();
    }

    /** Returns the statistics of an alias. */
    public synchronized AliasCounts alias(String name) {
        AliasCounts alias = aliases.get(name);
        if (alias == null) {
            alias = new AliasCounts(counter -> regions.values().stream()
                    .filter(region -> region.getAlias().equals(name))
                    .mapToLong(region -> region.get(counter))
                    .sum());
            aliases.put(name, alias);
            if (watcher != null) {
                watcher.alias(name, alias);
            }
        }
        return alias;
    }

    /** Shows all regions and aliases to a watcher, and from now on each that comes. */
    synchronized void watch(Watcher by) {
        regions.forEach(by::region);
        aliases.forEach(by::alias);
        watcher = by;
    }

    @Override
    long get(Counter counter) {
        return counter.of() == Counter.Of.REGION
                ? regions.values().stream()
                        .mapToLong(region -> region.get(counter))
                        .sum()
                : aliases.values().stream()
                        .mapToLong(alias -> alias.get(counter))
                        .sum();
    }

    @Override
    public long getPendingInvalidations() {
        return aliases.values().stream()
                .mapToLong(AliasCounts::getPendingInvalidations)
                .sum();
    }

    @Override
    public Map<String, String> getBreakers() {
        Map<String, String> states = new TreeMap<>();
        aliases.forEach((name, alias) -> states.put(name, alias.getBreaker()));
        return states;
    }

    @Override
    public Map<String, RegionStatistics> getRegions() {
        return new TreeMap<>(regions);
    }

    @Override
    public Map<String, AliasStatistics> getAliases() {
        return new TreeMap<>(aliases);
    }

    /** All totals in one line. */
    @Override
    public String toString() {
        return "CacheStatistics[%s, %s, breakers=%s]".formatted(entries(), backends(), getBreakers());
    }
}
