package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.CacheStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Statistics as meters of Micrometer's global registry; the only class that knows Micrometer. */
public final class MicrometerBinder implements AutoCloseable {

    private final CacheStatistics statistics;
    private final Tags factory;
    private final List<Meter> meters = new ArrayList<>();

    MicrometerBinder(String name, CacheStatistics statistics) {
        this.statistics = statistics;
        this.factory = Tags.of("factory", name);
        count("dorm.cache.hits", CacheStatistics::getHits);
        count("dorm.cache.hits.near", CacheStatistics::getNearHits);
        countByReason("dorm.cache.misses", CacheStatistics::getMisses);
        count("dorm.cache.puts", CacheStatistics::getPuts);
        countByReason("dorm.cache.puts.refused", CacheStatistics::getRefusedPuts);
        countByReason("dorm.cache.entries.rejected", CacheStatistics::getRejectedEntries);
        count("dorm.cache.locks", CacheStatistics::getLocks);
        count("dorm.cache.invalidations", CacheStatistics::getInvalidations);
        count("dorm.cache.bumps", CacheStatistics::getBumps);
        count("dorm.cache.renewals", CacheStatistics::getRenewals);
        count("dorm.cache.calls", CacheStatistics::getCalls);
        count("dorm.cache.breaker.openings", CacheStatistics::getBreakerOpenings);
        count("dorm.cache.calls.failed", CacheStatistics::getFailedCalls);
        count("dorm.cache.calls.bypassed", CacheStatistics::getBypassedCalls);
        gauge("dorm.cache.pending.bumps", factory, CacheStatistics::getPendingBumps);
        for (String alias : statistics.getBreakers().keySet()) {
            gauge("dorm.cache.breaker.open", factory.and("alias", alias), now -> open(now, alias) ? 1 : 0);
        }
    }

    private static boolean open(CacheStatistics now, String alias) {
        return !Objects.equals(now.getBreakers().get(alias), "CLOSED");
    }

    private void countByReason(String name, Function<CacheStatistics, Map<String, Long>> counts) {
        for (String reason : counts.apply(statistics).keySet()) {
            count(name, factory.and("reason", reason), now -> counts.apply(now).getOrDefault(reason, 0L));
        }
    }

    private void count(String name, ToDoubleFunction<CacheStatistics> count) {
        count(name, factory, count);
    }

    private void count(String name, Tags tags, ToDoubleFunction<CacheStatistics> count) {
        meters.add(FunctionCounter.builder(name, statistics, count).tags(tags).register(Metrics.globalRegistry));
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<CacheStatistics> value) {
        meters.add(Gauge.builder(name, statistics, value).tags(tags).register(Metrics.globalRegistry));
    }

    @Override
    public void close() {
        meters.forEach(Metrics.globalRegistry::remove);
    }
}
