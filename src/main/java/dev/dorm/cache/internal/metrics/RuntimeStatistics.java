package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.RegionStatistics;
import dev.dorm.cache.backend.NamespaceStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The statistics of one session factory's cache: its totals are added up when they are read. Thread-safe. */
public final class RuntimeStatistics extends BackendCounts implements CacheStatistics {

    private final Map<String, RegionCounts> regions = new ConcurrentSkipListMap<>();
    private final Map<String, AliasCounts> aliases = new ConcurrentSkipListMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private volatile String name = "default";

    /** Is shown what is counted for itself. */
    interface Watcher {

        void region(String name, RegionStatistics region);

        /** Of a region it is known what is held of it. */
        void held(String name, RegionStatistics region);

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
            for (Watcher watcher : watchers) {
                watcher.region(name, region);
            }
        }
        return region.counters();
    }

    /** Returns the statistics of an alias. */
    public synchronized AliasCounts alias(String name) {
        AliasCounts alias = aliases.get(name);
        if (alias == null) {
            alias = new AliasCounts(name, counter -> regions.values().stream()
                    .filter(region -> region.getAlias().equals(name))
                    .mapToLong(region -> region.get(counter))
                    .sum());
            aliases.put(name, alias);
            for (Watcher watcher : watchers) {
                watcher.alias(name, alias);
            }
        }
        return alias;
    }

    /**
     * Adds what is held of a region.
     *
     * @param name its name in Hibernate's statistics
     * @param holding asked whenever the statistics are; null when it is not there any more
     */
    public synchronized void hold(String name, Supplier<@Nullable NamespaceStatistics> holding) {
        RegionCounts region = regions.get(name);
        if (region != null && region.add(holding)) {
            for (Watcher watcher : watchers) {
                watcher.held(name, region);
            }
        }
    }

    /** Shows all regions and aliases to a watcher, and from now on each that comes. */
    synchronized void watch(Watcher by) {
        regions.forEach((region, counts) -> {
            by.region(region, counts);
            if (counts.isHeld()) {
                by.held(region, counts);
            }
        });
        aliases.forEach(by::alias);
        watchers.add(by);
    }

    synchronized void unwatch(Watcher by) {
        watchers.remove(by);
    }

    /** Says under which name all this is shown. */
    void name(String shown) {
        name = shown;
    }

    /** Returns the name under which all this is shown: that of the session factory, which no other has in this process. */
    public String name() {
        return name;
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
    public Map<String, Map<String, String>> getRefusals() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        aliases.values().forEach(alias -> all.putAll(alias.refusals()));
        return all;
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
