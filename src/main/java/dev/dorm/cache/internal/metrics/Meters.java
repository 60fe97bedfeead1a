package dev.dorm.cache.internal.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Meters of one registry that are removed together. Thread-safe. */
final class Meters implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private boolean closed;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    <T> void count(String name, Tags tags, T statistics, ToDoubleFunction<T> count) {
        add(FunctionCounter.builder(name, statistics, count).tags(tags).register(registry));
    }

    <T> void countByReason(String name, Tags tags, T statistics, Function<T, Map<String, Long>> counts) {
        for (String reason : counts.apply(statistics).keySet()) {
            count(name, tags.and("reason", reason), statistics, now -> counts.apply(now)
                    .getOrDefault(reason, 0L));
        }
    }

    <T> void time(String name, Tags tags, T statistics, ToLongFunction<T> count, ToDoubleFunction<T> nanos) {
        add(FunctionTimer.builder(name, statistics, count, nanos, TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry));
    }

    <T> void gauge(String name, Tags tags, T statistics, ToDoubleFunction<T> value) {
        add(Gauge.builder(name, statistics, value).tags(tags).register(registry));
    }

    private synchronized void add(Meter meter) {
        meters.add(meter);
        if (closed) {
            registry.remove(meter);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        meters.forEach(registry::remove);
    }
}
