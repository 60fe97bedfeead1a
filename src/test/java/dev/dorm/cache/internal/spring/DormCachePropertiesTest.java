package dev.dorm.cache.internal.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.internal.settings.KnownSettings;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class DormCachePropertiesTest {

    /** Those that only Spring Boot's form has; a client is a bean there. */
    private static final Set<String> OF_BOOT =
            Set.of("enabled", "use_query_cache", "region_prefix", "options", "caches", "regions");

    @Test
    void everySettingHasAProperty() {
        Set<String> settings = new TreeSet<>(KnownSettings.OF_BACKENDS);
        settings.addAll(KnownSettings.OF_FACTORIES);
        settings.remove("client");
        Set<String> properties = Arrays.stream(DormCacheProperties.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        properties.removeAll(OF_BOOT);
        assertThat(properties).isEqualTo(settings);
    }

    @Test
    void nothingIsSetThatIsNotGiven() {
        assertThat(bound(Map.of("dorm.cache.enabled", "true")).settings()).isEmpty();
    }

    @Test
    void timesAndSizesMayBeWrittenAsSpringBootWritesThem() {
        Map<String, Object> settings = bound(Map.of(
                        "dorm.cache.ttl", "PT10M",
                        "dorm.cache.timeout", "100ms",
                        "dorm.cache.max-entry-size", "2MB",
                        "dorm.cache.regions[com.acme.Product].ttl", "1d",
                        "dorm.cache.caches.reports.timeout", "2s"))
                .settings();
        assertThat(settings)
                .containsEntry(DormSettings.TTL, Duration.ofMinutes(10))
                .containsEntry(DormSettings.TIMEOUT, Duration.ofMillis(100))
                .containsEntry(DormSettings.MAX_ENTRY_SIZE, 2L << 20)
                .containsEntry(DormSettings.PREFIX + "regions.com.acme.Product.ttl", Duration.ofDays(1))
                .containsEntry(DormSettings.PREFIX + "caches.reports.timeout", Duration.ofSeconds(2));
    }

    @Test
    void aTimeWithoutAUnitIsInSecondsAsItIsForHibernate() {
        assertThat(bound(Map.of("dorm.cache.ttl", "600", "dorm.cache.timeout", "2", "dorm.cache.regions.a.ttl", "60"))
                        .settings())
                .containsEntry(DormSettings.TTL, Duration.ofMinutes(10))
                .containsEntry(DormSettings.TIMEOUT, Duration.ofSeconds(2))
                .containsEntry(DormSettings.PREFIX + "regions.a.ttl", "60");
    }

    @Test
    void whatIsNoFormOfSpringBootsIsLeftToTheLibrary() {
        assertThat(bound(Map.of("dorm.cache.regions.a.max-entry-size", "2MiB", "dorm.cache.regions.b.ttl", "soon"))
                        .settings())
                .containsEntry(DormSettings.PREFIX + "regions.a.max-entry-size", "2MiB")
                .containsEntry(DormSettings.PREFIX + "regions.b.ttl", "soon");
    }

    @Test
    void aSizeOfARegionMayBeWrittenAsSpringBootWritesIt() {
        assertThat(bound(Map.of("dorm.cache.regions[com.acme.Product].max-entry-size", "64KB"))
                        .settings())
                .containsEntry(DormSettings.PREFIX + "regions.com.acme.Product.max-entry-size", 64L << 10);
    }

    /** Hibernate logs all settings at DEBUG. */
    @Test
    void whatIsSecretIsHandedOnByASupplier() {
        Map<String, Object> settings = bound(Map.of(
                        "dorm.cache.signing-key", "geheim-0123456789",
                        "dorm.cache.secret-key", "geheim-0123456789",
                        "dorm.cache.signing-key-fallbacks", "geheim-0123456789",
                        "dorm.cache.location", "redis://:geheim@h",
                        "dorm.cache.caches.other.location", "redis://:geheim@h",
                        "dorm.cache.caches.other.options.password", "12345",
                        "dorm.cache.options.password", "12345"))
                .settings();
        assertThat(settings)
                .hasSize(7)
                .allSatisfy((name, value) -> assertThat(value).as(name).isInstanceOf(Supplier.class));
        assertThat(settings.toString()).doesNotContain("geheim", "12345");
        assertThat(((Supplier<?>) requireNonNull(settings.get(DormSettings.LOCATION))).get())
                .isEqualTo("redis://:geheim@h");
    }

    @Test
    void nothingSecretIsShown() {
        assertThat(bound(Map.of(
                                "dorm.cache.signing-key", "0123456789abcdef",
                                "dorm.cache.location", "redis://:geheim@h",
                                "dorm.cache.options.password", "geheim"))
                        .toString())
                .isEqualTo("DormCacheProperties[enabled=true]");
    }

    @Test
    void aTimeThatIsNoneIsToldWithItsProperty() {
        assertThatThrownBy(() -> bound(Map.of("dorm.cache.ttl", "soon")))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("dorm.cache");
    }

    @Test
    void aRegionMayBeNamedInTheEnvironment() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(
                                "DORM_CACHE_SIGNINGKEY", "0123456789abcdef",
                                "DORM_CACHE_MAX_ENTRIES", "7",
                                "DORM_CACHE_MINREPLICAS", "1",
                                "DORM_CACHE_REGIONS_COM_ACME_PRODUCT_TTL", "10m",
                                "DORM_CACHE_REGIONS_COM_ACME_PRODUCT_MAX_ENTRIES", "5",
                                "DORM_CACHE_ALLOWEDTYPES_0_", "com.acme.Money")));
        ConfigurationPropertySources.attach(environment);
        Map<String, Object> settings = Binder.get(environment)
                .bind("dorm.cache", DormCacheProperties.class)
                .get()
                .settings();
        assertThat(settings)
                .containsEntry(DormSettings.MAX_ENTRIES, 7L)
                .containsEntry(DormSettings.MIN_REPLICAS, 1)
                .containsEntry(DormSettings.PREFIX + "regions.com.acme.product.max.entries", "5")
                .containsEntry(DormSettings.PREFIX + "regions.com.acme.product.ttl", Duration.ofMinutes(10))
                .containsEntry(DormSettings.ALLOWED_TYPES, "com.acme.Money");
    }

    private static DormCacheProperties bound(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(new HashMap<>(given)))
                .bind("dorm.cache", DormCacheProperties.class)
                .get();
    }
}
