package dev.dorm.cache.internal.spring.actuate.boot3;

import dev.dorm.cache.internal.spring.actuate.CacheHealth;
import dev.dorm.cache.internal.spring.actuate.DormHealthAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health indicator {@code dormCache} of Spring Boot 3.5. */
@AutoConfiguration(
        after = DormHealthAutoConfiguration.class,
        beforeName = "org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(CacheHealth.class)
@ConditionalOnEnabledHealthIndicator("dormcache")
public class DormHealthOfBoot3AutoConfiguration {

    /** Creates it, for Spring. */
    public DormHealthOfBoot3AutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "dormCacheHealthIndicator")
    HealthIndicator dormCacheHealthIndicator(CacheHealth health) {
        return new Indicator(health);
    }

    private static final class Indicator extends AbstractHealthIndicator {

        private final CacheHealth health;

        Indicator(CacheHealth health) {
            super("The health of the second-level cache could not be told");
            this.health = health;
        }

        @Override
        protected void doHealthCheck(Health.Builder builder) {
            CacheHealth.Found found = health.look();
            builder.status(new Status(found.code())).withDetails(found.details());
        }
    }
}
