package dev.dorm.cache.internal.spring;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Keeps secrets of the cache out of what the actuator shows. */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class DormCacheActuatorAutoConfiguration {

    /** Creates it, for Spring. */
    public DormCacheActuatorAutoConfiguration() {}

    @Bean
    SanitizingFunction dormSecretSettings() {
        return new SecretSettings();
    }
}
