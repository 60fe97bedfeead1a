package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.RegionStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/**
 * Regions under the names that Micrometer gives to any cache, so that dashboards made for others show them. The tags are those
 * of Spring Boot's caches, since Prometheus takes no meter whose tags differ from those of another of its name. Thread-safe.
 */
public final class CacheMeters implements RuntimeStatistics.Watcher, AutoCloseable {

    private final RuntimeStatistics statistics;
    private final Meters meters;

    /** Binds them to a registry, until this is closed. */
    public CacheMeters(RuntimeStatistics statistics, MeterRegistry registry) {
        this.statistics = statistics;
        this.meters = new Meters(registry);
        statistics.watch(this);
    }

    @Override
    public void region(String name, RegionStatistics region) {
        Tags tags = tags(name);
        meters.count("cache.gets", tags.and("result", "hit"), region, EntryStatistics::getHits);
        meters.count("cache.gets", tags.and("result", "miss"), region, now -> sum(now.getMisses()));
        meters.count("cache.puts", tags, region, EntryStatistics::getPuts);
    }

    @Override
    public void held(String name, RegionStatistics region) {
        meters.count("cache.evictions", tags(name), region, now -> sum(now.getEvictions()));
        meters.gauge("cache.size", tags(name), region, RegionStatistics::getSize);
    }

    private Tags tags(String region) {
        return Tags.of("cache", region, "name", region, "cache.manager", statistics.name());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void alias(String name, AliasStatistics alias) {}

    @Override
    public void close() {
        statistics.unwatch(this);
        meters.close();
    }
}
