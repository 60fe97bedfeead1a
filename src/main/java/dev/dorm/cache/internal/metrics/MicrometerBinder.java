package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.BackendStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.RegionStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Statistics as meters of Micrometer's global registry; the only class that knows Micrometer. Thread-safe. */
final class MicrometerBinder implements RuntimeStatistics.Watcher, AutoCloseable {

    private final Tags factory;
    private final List<Meter> meters = new ArrayList<>();
    private boolean closed;

    MicrometerBinder(String name, RuntimeStatistics statistics) {
        this.factory = Tags.of("factory", name);
        statistics.watch(this);
    }

    @Override
    public void region(String name, RegionStatistics region) {
        Tags tags = factory.and("alias", region.getAlias(), "region", name);
        count("dorm.cache.hits", tags, region, EntryStatistics::getHits);
        count("dorm.cache.hits.near", tags, region, EntryStatistics::getNearHits);
        countByReason("dorm.cache.misses", tags, region, EntryStatistics::getMisses);
        count("dorm.cache.loads.awaited", tags, region, EntryStatistics::getAwaitedLoads);
        count("dorm.cache.puts", tags, region, EntryStatistics::getPuts);
        countByReason("dorm.cache.puts.refused", tags, region, EntryStatistics::getRefusedPuts);
        countByReason("dorm.cache.entries.rejected", tags, region, EntryStatistics::getRejectedEntries);
        count("dorm.cache.locks", tags, region, EntryStatistics::getLocks);
        count("dorm.cache.invalidations", tags, region, EntryStatistics::getInvalidations);
    }

    @Override
    public void alias(String name, AliasStatistics alias) {
        Tags tags = factory.and("alias", name);
        count("dorm.cache.bumps", tags, alias, BackendStatistics::getBumps);
        count("dorm.cache.renewals", tags, alias, BackendStatistics::getRenewals);
        count("dorm.cache.calls", tags, alias, BackendStatistics::getCalls);
        count("dorm.cache.settlements", tags, alias, BackendStatistics::getSettlements);
        count("dorm.cache.settlements.awaited", tags, alias, BackendStatistics::getAwaitedSettlements);
        count("dorm.cache.calls.failed", tags, alias, BackendStatistics::getFailedCalls);
        count("dorm.cache.calls.bypassed", tags, alias, BackendStatistics::getBypassedCalls);
        count("dorm.cache.breaker.openings", tags, alias, BackendStatistics::getBreakerOpenings);
        gauge("dorm.cache.breaker.open", tags, alias, now -> now.getBreaker().equals("CLOSED") ? 0 : 1);
        gauge("dorm.cache.pending.invalidations", tags, alias, BackendStatistics::getPendingInvalidations);
    }

    private <T> void count(String name, Tags tags, T statistics, ToDoubleFunction<T> count) {
        add(FunctionCounter.builder(name, statistics, count).tags(tags).register(Metrics.globalRegistry));
    }

    private <T> void countByReason(String name, Tags tags, T statistics, Function<T, Map<String, Long>> counts) {
        for (String reason : counts.apply(statistics).keySet()) {
            count(name, tags.and("reason", reason), statistics, now -> counts.apply(now)
                    .getOrDefault(reason, 0L));
        }
    }

    private <T> void gauge(String name, Tags tags, T statistics, ToDoubleFunction<T> value) {
        add(Gauge.builder(name, statistics, value).tags(tags).register(Metrics.globalRegistry));
    }

    private synchronized void add(Meter meter) {
        meters.add(meter);
        if (closed) {
            Metrics.globalRegistry.remove(meter);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        meters.forEach(Metrics.globalRegistry::remove);
    }
}
