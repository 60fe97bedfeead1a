package dev.dorm.cache.internal.spring;

import java.util.Map;
import org.hibernate.cache.spi.RegionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** The same for a slice of an application that a test starts, such as {@code @DataJpaTest}: Spring Boot's Redis is no part of it. */
@AutoConfiguration
@ConditionalOnClass({RegionFactory.class, LocalContainerEntityManagerFactoryBean.class})
@EnableConfigurationProperties(DormCacheProperties.class)
public class DormCacheSliceAutoConfiguration {

    /** Creates it, for Spring. */
    public DormCacheSliceAutoConfiguration() {}

    @Bean
    static SecondLevelCachePostProcessor dormSecondLevelCachePostProcessor(
            ObjectProvider<DormCacheProperties> properties, Environment environment) {
        return new SecondLevelCachePostProcessor(
                () -> {
                    UnknownProperties.refuse(environment);
                    return properties.getObject();
                },
                Map::of,
                Map::of,
                environment.getProperty("spring.jmx.enabled", Boolean.class, false));
    }
}
