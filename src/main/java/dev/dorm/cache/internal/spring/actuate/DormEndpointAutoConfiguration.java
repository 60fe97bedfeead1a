package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.internal.spring.ManagementProperties;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The actuator's endpoint {@code dormcache}. */
@AutoConfiguration(after = DormManagementAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Caches.class)
public class DormEndpointAutoConfiguration {

    /** Creates it, for Spring. */
    public DormEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = DormCacheEndpoint.class)
    DormCacheEndpoint dormCacheEndpoint(Caches caches, ManagementProperties properties) {
        return properties.endpointWrites() ? new WritableDormCacheEndpoint(caches) : new DormCacheEndpoint(caches);
    }
}
