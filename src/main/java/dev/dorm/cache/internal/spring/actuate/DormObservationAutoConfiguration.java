package dev.dorm.cache.internal.spring.actuate;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Observations of the calls of Redis, where the application asks for them. */
@AutoConfiguration(
        after = DormManagementAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty("dorm.cache.management.observations")
@ConditionalOnBean({Caches.class, ObservationRegistry.class})
public class DormObservationAutoConfiguration {

    /** Creates it, for Spring. */
    public DormObservationAutoConfiguration() {}

    /** Begins when all entity manager factories are there. */
    @Bean
    SmartInitializingSingleton dormCacheObservations(Caches caches, ObservationRegistry registry) {
        return () -> caches.running().forEach(cache -> {
            StepNames names =
                    new StepNames(cache.factory().getSessionFactoryOptions().getCacheRegionPrefix());
            cache.runtime().observe(alias -> new ObservedCalls(registry, names, cache.name(), alias));
        });
    }
}
