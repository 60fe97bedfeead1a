package dev.dorm.cache.internal.spring;

import org.hibernate.cache.spi.RegionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Turns the second-level cache on for every entity manager factory of a Spring Boot application, with the settings {@code
 * dorm.cache.*}. {@code dorm.cache.enabled=false} turns it off.
 */
@AutoConfiguration
@ConditionalOnClass({RegionFactory.class, LocalContainerEntityManagerFactoryBean.class})
@EnableConfigurationProperties(DormCacheProperties.class)
public class DormCacheAutoConfiguration {

    /** Creates it, for Spring. */
    public DormCacheAutoConfiguration() {}

    /** It is static so that it is there before the beans that it is about. */
    @Bean
    static SecondLevelCachePostProcessor dormSecondLevelCachePostProcessor(
            ObjectProvider<DormCacheProperties> properties,
            Environment environment,
            ConfigurableListableBeanFactory beans) {
        RedisPlace place = new RedisPlace(environment, beans);
        return new SecondLevelCachePostProcessor(
                () -> {
                    UnknownProperties.refuse(environment);
                    return properties.getObject();
                },
                place::settings,
                place::login,
                environment.getProperty("spring.jmx.enabled", Boolean.class, false));
    }
}
