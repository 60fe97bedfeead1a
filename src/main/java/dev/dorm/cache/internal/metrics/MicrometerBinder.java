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
        Of<RegionStatistics> of = new Of<>(region, factory.and("alias", region.getAlias(), "region", name));
        of.count("dorm.cache.hits", EntryStatistics::getHits);
        of.count("dorm.cache.hits.near", EntryStatistics::getNearHits);
        of.countByReason("dorm.cache.misses", EntryStatistics::getMisses);
        of.count("dorm.cache.puts", EntryStatistics::getPuts);
        of.countByReason("dorm.cache.puts.refused", EntryStatistics::getRefusedPuts);
        of.countByReason("dorm.cache.entries.rejected", EntryStatistics::getRejectedEntries);
        of.count("dorm.cache.locks", EntryStatistics::getLocks);
        of.count("dorm.cache.invalidations", EntryStatistics::getInvalidations);
    }

    @Override
    public void alias(String name, AliasStatistics alias) {
        Of<AliasStatistics> of = new Of<>(alias, factory.and("alias", name));
        of.count("dorm.cache.bumps", BackendStatistics::getBumps);
        of.count("dorm.cache.renewals", BackendStatistics::getRenewals);
        of.count("dorm.cache.calls", BackendStatistics::getCalls);
        of.count("dorm.cache.calls.failed", BackendStatistics::getFailedCalls);
        of.count("dorm.cache.calls.bypassed", BackendStatistics::getBypassedCalls);
        of.count("dorm.cache.breaker.openings", BackendStatistics::getBreakerOpenings);
        of.gauge("dorm.cache.breaker.open", now -> now.getBreaker().equals("CLOSED") ? 0 : 1);
        of.gauge("dorm.cache.pending.invalidations", BackendStatistics::getPendingInvalidations);
    }

    /** The meters of one region or alias: all with its tags. */
    private final class Of<T> {

        private final T statistics;
        private final Tags tags;

        Of(T statistics, Tags tags) {
            this.statistics = statistics;
            this.tags = tags;
        }

        void count(String name, ToDoubleFunction<? super T> count) {
            count(name, tags, count);
        }

        void countByReason(String name, Function<? super T, Map<String, Long>> counts) {
            for (String reason : counts.apply(statistics).keySet()) {
                count(name, tags.and("reason", reason), now -> counts.apply(now).getOrDefault(reason, 0L));
            }
        }

        private void count(String name, Tags tagged, ToDoubleFunction<? super T> count) {
            add(FunctionCounter.builder(name, statistics, count::applyAsDouble).tags(tagged)
                    .register(Metrics.globalRegistry));
        }

        void gauge(String name, ToDoubleFunction<? super T> value) {
            add(Gauge.builder(name, statistics, value::applyAsDouble).tags(tags).register(Metrics.globalRegistry));
        }
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
