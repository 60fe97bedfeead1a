package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.internal.spring.ManagementProperties;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.cache.spi.RegionFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What meters, spans, health and the endpoint begin with. */
@AutoConfiguration
@ConditionalOnClass({EntityManagerFactory.class, RegionFactory.class})
@ConditionalOnBooleanProperty(name = "dorm.cache.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ManagementProperties.class)
public class DormManagementAutoConfiguration {

    /** Creates it, for Spring. */
    public DormManagementAutoConfiguration() {}

    @Bean
    Caches dormCaches(ListableBeanFactory beans) {
        return new Caches(beans);
    }
}
