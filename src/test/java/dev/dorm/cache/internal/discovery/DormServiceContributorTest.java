package dev.dorm.cache.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormRegionFactory;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which region factory there is on a platform that reads {@code hibernate.cache.region.factory_class} and ignores it. */
class DormServiceContributorTest {

    private static final String SETTING = "hibernate.cache.region.factory_class";

    /** As those of Quarkus and WildFly. */
    private static final class ThatOfThePlatform implements StandardServiceInitiator<RegionFactory> {

        @Override
        public Class<RegionFactory> getServiceInitiated() {
            return RegionFactory.class;
        }

        @Override
        public RegionFactory initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new PlatformRegionFactory();
        }
    }

    private static Class<?> factory(Map<String, Object> settings) {
        try (StandardServiceRegistry registry = registry(settings)) {
            return registry.requireService(RegionFactory.class).getClass();
        }
    }

    private static StandardServiceRegistry registry(Map<String, Object> settings) {
        return new StandardServiceRegistryBuilder()
                .applySettings(settings)
                .addInitiator(new ThatOfThePlatform())
                .build();
    }

    static Stream<Object> names() {
        return Stream.of("dorm", "DormRegionFactory", DormRegionFactory.class.getName(), DormRegionFactory.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void thisOneIsTakenWhereItIsNamed(Object name) {
        assertThat(factory(Map.of(SETTING, name))).isEqualTo(DormRegionFactory.class);
    }

    @Test
    void anotherThatIsNamedIsLeftToThePlatform() {
        assertThat(factory(Map.of(SETTING, "infinispan"))).isEqualTo(PlatformRegionFactory.class);
    }

    @Test
    void withoutTheSettingThePlatformDecides() {
        assertThat(factory(Map.of())).isEqualTo(PlatformRegionFactory.class);
    }

    @ParameterizedTest
    @CsvSource({"false, , false", "false, false, false", "false, true, true", "true, , true", "true, false, true"})
    void whereNothingIsCachedThePlatformDecides(String secondLevel, String queries, boolean taken) {
        Map<String, Object> settings = queries == null
                ? Map.of(SETTING, "dorm", "hibernate.cache.use_second_level_cache", secondLevel)
                : Map.of(
                        SETTING,
                        "dorm",
                        "hibernate.cache.use_second_level_cache",
                        secondLevel,
                        "hibernate.cache.use_query_cache",
                        queries);
        assertThat(factory(settings)).isEqualTo(taken ? DormRegionFactory.class : PlatformRegionFactory.class);
    }

    @Test
    void eachRegistryHasOneOfItsOwn() {
        Map<String, Object> settings = Map.of(SETTING, "dorm");
        try (StandardServiceRegistry first = registry(settings);
                StandardServiceRegistry second = registry(settings)) {
            assertThat(first.requireService(RegionFactory.class))
                    .isNotSameAs(second.requireService(RegionFactory.class));
        }
    }
}
