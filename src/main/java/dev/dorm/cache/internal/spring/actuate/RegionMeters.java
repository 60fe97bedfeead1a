package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.internal.metrics.CacheMeters;
import dev.dorm.cache.internal.metrics.MicrometerBinder;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;

/**
 * Binds the meters of the application's caches to its registries. What has joined Micrometer's global registry, as Spring Boot's
 * registries do unless they are told not to, has the meters {@code dorm.cache.*} from there.
 */
final class RegionMeters implements MeterBinder, DisposableBean {

    private final Caches caches;
    private final boolean cacheMeters;
    private final List<AutoCloseable> bound = new CopyOnWriteArrayList<>();

    RegionMeters(Caches caches, boolean cacheMeters) {
        this.caches = caches;
        this.cacheMeters = cacheMeters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Caches.One cache : caches.running()) {
            RuntimeStatistics statistics = cache.runtime().statistics();
            if (!isGlobal(registry)) {
                bound.add(new MicrometerBinder(statistics, registry));
            }
            if (cacheMeters) {
                bound.add(new CacheMeters(statistics, registry));
            }
        }
    }

    /** Spring Boot's own composite has not joined itself, but each of its registries has. */
    private static boolean isGlobal(MeterRegistry registry) {
        Set<MeterRegistry> global = Metrics.globalRegistry.getRegistries();
        return registry == Metrics.globalRegistry
                || global.contains(registry)
                || (registry instanceof CompositeMeterRegistry composite
                        && !composite.getRegistries().isEmpty()
                        && global.containsAll(composite.getRegistries()));
    }

    @Override
    public void destroy() throws Exception {
        for (AutoCloseable each : bound) {
            each.close();
        }
        bound.clear();
    }
}
