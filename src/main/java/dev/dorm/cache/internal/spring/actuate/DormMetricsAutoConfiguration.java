package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.internal.spring.ManagementProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters, where the application has Micrometer. */
@AutoConfiguration(after = DormManagementAutoConfiguration.class)
@ConditionalOnClass({MeterRegistry.class, MeterBinder.class})
@ConditionalOnBean(Caches.class)
public class DormMetricsAutoConfiguration {

    /** Creates it, for Spring. */
    public DormMetricsAutoConfiguration() {}

    @Bean
    MeterBinder dormCacheMeters(Caches caches, ManagementProperties properties) {
        return new RegionMeters(caches, properties.cacheMeters());
    }
}
