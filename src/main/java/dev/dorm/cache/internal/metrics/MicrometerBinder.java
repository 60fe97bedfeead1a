package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.BackendStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.RegionStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;

/** Statistics as meters of a registry, under names that begin with {@code dorm.cache.}. Thread-safe. */
public final class MicrometerBinder implements RuntimeStatistics.Watcher, AutoCloseable {

    private final Tags factory;
    private final RuntimeStatistics statistics;
    private final Meters meters;

    /** Binds them to Micrometer's global registry. */
    MicrometerBinder(RuntimeStatistics statistics) {
        this(statistics, Metrics.globalRegistry);
    }

    /** Binds them to a registry, until this is closed. */
    public MicrometerBinder(RuntimeStatistics statistics, MeterRegistry registry) {
        this.factory = Tags.of("factory", statistics.name());
        this.statistics = statistics;
        this.meters = new Meters(registry);
        statistics.watch(this);
    }

    @Override
    public void region(String name, RegionStatistics region) {
        Tags tags = tags(name, region);
        meters.count("dorm.cache.hits", tags, region, EntryStatistics::getHits);
        meters.count("dorm.cache.hits.near", tags, region, EntryStatistics::getNearHits);
        meters.countByReason("dorm.cache.misses", tags, region, EntryStatistics::getMisses);
        meters.count("dorm.cache.loads.awaited", tags, region, EntryStatistics::getAwaitedLoads);
        meters.count("dorm.cache.puts", tags, region, EntryStatistics::getPuts);
        meters.countByReason("dorm.cache.puts.refused", tags, region, EntryStatistics::getRefusedPuts);
        meters.countByReason("dorm.cache.entries.rejected", tags, region, EntryStatistics::getRejectedEntries);
        meters.count("dorm.cache.locks", tags, region, EntryStatistics::getLocks);
        meters.count("dorm.cache.invalidations", tags, region, EntryStatistics::getInvalidations);
    }

    @Override
    public void held(String name, RegionStatistics region) {
        Tags tags = tags(name, region);
        meters.gauge("dorm.cache.size", tags, region, RegionStatistics::getSize);
        meters.countByReason("dorm.cache.evictions", tags, region, RegionStatistics::getEvictions);
    }

    private Tags tags(String name, RegionStatistics region) {
        return factory.and("alias", region.getAlias(), "region", name);
    }

    @Override
    public void alias(String name, AliasStatistics alias) {
        Tags tags = factory.and("alias", name);
        meters.count("dorm.cache.bumps", tags, alias, BackendStatistics::getBumps);
        meters.count("dorm.cache.renewals", tags, alias, BackendStatistics::getRenewals);
        meters.count("dorm.cache.calls", tags, alias, BackendStatistics::getCalls);
        meters.time(
                "dorm.cache.calls.answered",
                tags,
                alias,
                BackendStatistics::getAnsweredCalls,
                BackendStatistics::getAnsweredNanos);
        meters.count("dorm.cache.settlements", tags, alias, BackendStatistics::getSettlements);
        meters.count("dorm.cache.settlements.awaited", tags, alias, BackendStatistics::getAwaitedSettlements);
        meters.count("dorm.cache.calls.failed", tags, alias, BackendStatistics::getFailedCalls);
        meters.count("dorm.cache.calls.bypassed", tags, alias, BackendStatistics::getBypassedCalls);
        meters.count("dorm.cache.breaker.openings", tags, alias, BackendStatistics::getBreakerOpenings);
        meters.gauge(
                "dorm.cache.breaker.open", tags, alias, now -> now.getBreaker().equals("CLOSED") ? 0 : 1);
        meters.gauge("dorm.cache.pending.invalidations", tags, alias, BackendStatistics::getPendingInvalidations);
    }

    @Override
    public void close() {
        statistics.unwatch(this);
        meters.close();
    }
}
