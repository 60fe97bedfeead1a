package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the application has said itself is not replaced. */
@ExtendWith(OutputCaptureExtension.class)
class BackingOffTest {

    private static final String JPA = "spring.jpa.properties.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dorm.cache.enabled=false",
                JPA + "hibernate.cache.use_second_level_cache=false",
                JPA + "jakarta.persistence.sharedCache.mode=NONE",
                JPA + "hibernate.cache.region.factory_class=org.hibernate.cache.internal.NoCachingRegionFactory"
            })
    void whoWantsNoneHasNone(String property, CapturedOutput output) {
        try (Application shop = Application.with(property)) {
            assertThat(output.getAll()).doesNotContain("Second-level cache:");
            assertThat(shop.factory().getProperties().keySet())
                    .noneMatch(name -> name.startsWith("hibernate.cache.dorm"));
            assertThat(shop.setting("hibernate.cache.region_prefix")).isNull();
        }
    }

    @Test
    void theQueryCacheIsOnlyOnWhenItIsAskedFor() {
        try (Application shop = Application.with()) {
            assertThat(shop.setting("hibernate.cache.use_query_cache")).isNull();
        }
        try (Application shop = Application.with("dorm.cache.use-query-cache=true")) {
            assertThat(shop.setting("hibernate.cache.use_query_cache")).isEqualTo("true");
        }
        try (Application shop =
                Application.with("dorm.cache.use-query-cache=true", JPA + "hibernate.cache.use_query_cache=false")) {
            assertThat(shop.setting("hibernate.cache.use_query_cache")).isEqualTo("false");
        }
    }

    @Test
    void oneLineSaysWhatIsCachedWhere(CapturedOutput output) {
        try (Application shop = Application.with("dorm.cache.ttl=10m")) {
            assertThat(shop.cache()).isNotNull();
            assertThat(output.getAll().lines().filter(line -> line.contains("Second-level cache:")))
                    .singleElement()
                    .asString()
                    .contains("locmem", "ttl 600s", "region prefix 'db", "entities 1 READ_WRITE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl", "TTL"})
    void whatIsSetForHibernateItselfCountsWithAWarning(String spelled, CapturedOutput output) {
        try (Application shop =
                Application.with("dorm.cache.ttl=10m", JPA + "hibernate.cache.dorm." + spelled + "=60s")) {
            assertThat(shop.cache()).isNotNull();
            assertThat(output.getAll())
                    .contains("ttl 60s")
                    .contains("Set both under dorm.cache and under spring.jpa.properties, of which the latter counts:"
                            + " hibernate.cache.dorm.ttl");
        }
    }

    @Test
    void thePrefixMayBeSet() {
        try (Application shop = Application.with("dorm.cache.region-prefix=shop")) {
            assertThat(shop.setting("hibernate.cache.region_prefix")).isEqualTo("shop");
        }
    }

    @Test
    void oneDatabaseUnderTwoPrefixesIsWarnedOf(CapturedOutput output) {
        String database = "spring.datasource.url=" + Application.newDatabase();
        try (Application one = Application.with(database, "dorm.cache.region-prefix=one");
                Application same = Application.with(database, "dorm.cache.region-prefix=one")) {
            assertThat(same.setting("hibernate.cache.region_prefix"))
                    .isEqualTo(one.setting("hibernate.cache.region_prefix"));
            assertThat(output.getAll()).doesNotContain("two region prefixes");
        }
        try (Application other = Application.with(database, "dorm.cache.region-prefix=two")) {
            assertThat(other.cache()).isNotNull();
            assertThat(output.getAll()).contains("One database is cached under two region prefixes, 'one' and 'two'");
        }
    }

    @Test
    void theApplicationsNameIsNoPartOfThePrefix() {
        String database = "spring.datasource.url=" + Application.newDatabase();
        try (Application one = Application.with(database, "spring.application.name=one");
                Application two = Application.with(database, "spring.application.name=two")) {
            assertThat(two.setting("hibernate.cache.region_prefix"))
                    .isEqualTo(one.setting("hibernate.cache.region_prefix"));
        }
    }
}
