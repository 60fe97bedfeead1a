package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.internal.spring.ManagementProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** What the health indicators of both releases of Spring Boot begin with. */
@AutoConfiguration(after = DormManagementAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
@ConditionalOnBean(Caches.class)
public class DormHealthAutoConfiguration {

    /** Creates it, for Spring. */
    public DormHealthAutoConfiguration() {}

    @Bean
    CacheHealth dormCacheHealth(Caches caches, ManagementProperties properties) {
        return new CacheHealth(caches, properties.bypassedStatus());
    }
}
