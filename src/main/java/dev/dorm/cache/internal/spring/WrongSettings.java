package dev.dorm.cache.internal.spring;

import dev.dorm.cache.SettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the cache's settings in Spring Boot's own way, instead of the trace of a bean's creation. */
final class WrongSettings extends AbstractFailureAnalyzer<SettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the setting under dorm.cache.* or spring.jpa.properties.hibernate.cache.dorm.*, or set"
                        + " dorm.cache.enabled=false to start without the cache.",
                cause);
    }
}
