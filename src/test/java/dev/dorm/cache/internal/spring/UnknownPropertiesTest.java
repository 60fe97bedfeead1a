package dev.dorm.cache.internal.spring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "dorm.cache.tll, dorm.cache.ttl",
        "dorm.cache.max-entrys, dorm.cache.max-entries",
        "dorm.cache.management.observation, dorm.cache.management.observations",
        "dorm.cache.region.ttl, dorm.cache.regions"
    })
    void whatNobodyReadsIsRefusedWithTheNearestName(String given, String meant) {
        assertThatThrownBy(() -> UnknownProperties.refuse(file(Map.of(given, "1"))))
                .isInstanceOf(SettingException.class)
                .hasMessage("Unknown property %s; did you mean %s?".formatted(given, meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dorm.cache.ttl",
                "dorm.cache.max-entries",
                "dorm.cache.management.bypassed-status",
                "dorm.cache.management.cacheMeters",
                "dorm.cache.max_entries",
                "dorm.cache.maxEntries",
                "dorm.cache.regions[com.acme.Product].ttl",
                "dorm.cache.regions.com.acme.Product.ttl",
                "dorm.cache.caches.reports.location",
                "dorm.cache.options.connectTimeout",
                "dorm.cache.allowed-types[0]",
                "dorm.cachet.tll"
            })
    void whatIsReadIsNotRefused(String given) {
        assertThatCode(() -> UnknownProperties.refuse(file(Map.of(given, "1")))).doesNotThrowAnyException();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(
                        () -> UnknownProperties.refuse(file(Map.of("dorm.cache.tll", "1", "dorm.cache.bckend", "1"))))
                .hasMessageContaining("2 settings are wrong")
                .hasMessageContaining("dorm.cache.backend?")
                .hasMessageContaining("dorm.cache.ttl?");
    }

    @Test
    void anEnvironmentVariableOfSomebodyElseStopsNothing() {
        assertThatCode(() -> UnknownProperties.refuse(environment(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("DORM_CACHE_HOME", "/tmp", "DORM_CACHE_MAX_ENTRIES", "1")))))
                .doesNotThrowAnyException();
    }

    private static StandardEnvironment file(Map<String, Object> given) {
        return environment(new MapPropertySource("file", given));
    }

    private static StandardEnvironment environment(MapPropertySource source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(source);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
