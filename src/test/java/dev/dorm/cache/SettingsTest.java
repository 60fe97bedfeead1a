package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are parsed strictly, and an error names the setting, the value and what is accepted. */
class SettingsTest {

    private static final String SECRET = "correct-horse-battery";

    private static Settings settings(String... namesAndValues) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            configuration.put(DormSettings.PREFIX + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Settings(configuration);
    }

    private static BackendSettings ofDefault(String name, String value) {
        return settings(name, value).backendSettings("default");
    }

    private static Backend build(String alias, String... namesAndValues) {
        return new BackendBuilder(settings(namesAndValues), null).build(alias);
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        Settings none = settings();
        assertThat(none.backend("default")).isEqualTo("locmem");
        assertThat(none.backendSettings("default")).isEqualTo(BackendSettings.defaults());
        assertThat(none.failsOnOutage()).isFalse();
        assertThat(none.allowedTypes()).isEmpty();
        assertThat(none.ttl("r")).isNull();
        assertThat(none.maxEntries("r")).isNull();
        assertThat(none.alias("r")).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({"60,60000", "60s,60000", "250ms,250", "5m,300000", "1h,3600000", "0,0", "' 7s ',7000"})
    void timesAreSecondsOrHaveAUnit(String value, long millis) {
        assertThat(ofDefault("ttl", value).ttl()).hasMillis(millis);
        assertThat(settings("regions.r.ttl", value).ttl("r")).hasMillis(millis);
    }

    @Test
    void timesMayBeDurationsAndNumbers() {
        Settings settings = new Settings(Map.of(DormSettings.TTL, Duration.ofMinutes(2), DormSettings.TIMEOUT, 3));
        assertThat(settings.backendSettings("default").ttl()).hasMinutes(2);
        assertThat(settings.backendSettings("default").timeout()).hasSeconds(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5s", "5 m", "", "1d", "99999999999"})
    void aWrongTimeIsRefused(String value) {
        for (String name : List.of("ttl", "timeout", "caches.second.ttl", "regions.r.ttl")) {
            refused(name, value, "seconds, or a number with ms, s, m or h");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2h"})
    void aTimeoutThatNoCallCanMeetOrThatNobodyAwaitsIsRefused(String value) {
        assertThatThrownBy(() -> settings("timeout", value))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("hibernate.cache.dorm.timeout", "1ms to 1h");
    }

    @Test
    void numbersAreRead() {
        assertThat(ofDefault("max_entries", "12").maxEntries()).isEqualTo(12);
        assertThat(ofDefault("shards", "4").shards()).isEqualTo(4);
        assertThat(settings("regions.r.max_entries", "5").maxEntries("r")).isEqualTo(5);
        assertThat(settings("regions.r.formerly", "q").formerly("r")).isEqualTo("q");
        assertThat(settings("regions.r.formerly", "q").formerly("s")).isEqualTo("s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "1_000", "99999999999999999999"})
    void aWrongNumberIsRefused(String value) {
        for (String name : List.of("max_entries", "shards", "caches.second.shards", "regions.r.max_entries")) {
            refused(name, value, "a whole number from 1");
        }
    }

    @Test
    void moreShardsThanAClusterHasSlotsAreRefused() {
        refused("shards", "4294967297", "a whole number from 1 to 16384");
    }

    @Test
    void aWrongEnumIsRefused() {
        refused("on_outage", "explode", "bypass or fail");
        assertThat(settings("on_outage", "FAIL").failsOnOutage()).isTrue();
        assertThat(settings("on_outage", "bypass").failsOnOutage()).isFalse();
        assembled("hibernate.cache.dorm.format", "xml", "json and smile");
    }

    @Test
    void aWrongBooleanIsRefused() {
        assembled("hibernate.cache.dorm.require_signing_key", "yes", "true and false");
        assembled("hibernate.cache.dorm.insecure_unsigned", "1", "true and false");
    }

    @Test
    void theNearTierIsOffOnOrForAll() {
        for (String name : List.of("near", "regions.r.near")) {
            refused(name, "yes", "off, on, or all");
        }
        assertThat(settings().near()).isEqualTo(Near.OFF);
        assertThat(settings("near", "true").near()).isEqualTo(Near.ON);
        assertThat(settings("near", "false").near()).isEqualTo(Near.OFF);
        assertThat(settings("near", " All ").near()).isEqualTo(Near.ALL);
        assertThat(settings("near", "all").near("r")).isNull();
        assertThat(settings("near", "all", "regions.r.near", "off").near("r")).isEqualTo(Near.OFF);
    }

    @ParameterizedTest
    @CsvSource({
        "tll,ttl",
        "backnd,backend",
        "TTL,ttl",
        "signing_keys,signing_key",
        "requires_signing_key,require_signing_key",
        "max-entries,max_entries",
        "regions.com.acme.User.tll,regions.com.acme.User.ttl",
        "regions.ttl,regions.<region>.ttl",
        "caches.second.locaton,caches.second.location",
        "caches.second.signing_key,caches.second.",
        "caches.default.ttl,ttl",
        "caches.default.options.x,options.x",
        "region.r.ttl,"
    })
    void anUnknownNameSuggestsTheNearest(String name, String suggestion) {
        assertThatThrownBy(() -> settings(name, "x"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("Unknown setting hibernate.cache.dorm." + name + ";")
                .hasMessageContaining("did you mean hibernate.cache.dorm." + (suggestion == null ? "" : suggestion));
    }

    @Test
    void everyDocumentedNameIsKnown() throws IllegalAccessException {
        for (var field : DormSettings.class.getFields()) {
            String name = (String) field.get(null);
            String known = name.equals(DormSettings.OPTIONS) ? name + "x" : name;
            if (!List.of(DormSettings.PREFIX, DormSettings.CACHES, DormSettings.REGIONS)
                    .contains(name)) {
                assertThatCode(() -> KnownSettings.check(Set.of(known.substring(DormSettings.PREFIX.length()))))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aBackendThatHasAPlaceIsRedisUnlessItSaysOtherwise() {
        assertThat(settings("location", "redis://h").backend("default")).isEqualTo("redis");
        assertThat(settings("config", "redisson.yaml").backend("default")).isEqualTo("redis");
        assertThat(settings("caches.second.location", "redis://h").backend("second"))
                .isEqualTo("redis");
        assertThat(settings("caches.second.ttl", "1s").backend("second")).isEqualTo("locmem");
        assertThat(settings("location", "here", "backend", "locmem").backend("default"))
                .isEqualTo("locmem");
        assertThat(new Settings(Map.of(DormSettings.CLIENT, new Object())).backend("default"))
                .isEqualTo("redis");
    }

    @Test
    void anAliasInheritsTimesAndSizesAndNoPlace() {
        BackendSettings second = settings(
                        "ttl", "7s",
                        "timeout", "8s",
                        "max_entries", "9",
                        "location", "redis://h",
                        "options.connectTimeout", "5",
                        "caches.second.max_entries", "3",
                        "caches.second.options.timeout", "1")
                .backendSettings("second");
        assertThat(second.ttl()).hasSeconds(7);
        assertThat(second.timeout()).hasSeconds(8);
        assertThat(second.maxEntries()).isEqualTo(3);
        assertThat(second.location()).isNull();
        assertThat(second.options()).containsOnly(Map.entry("timeout", "1"));
    }

    @Test
    void aRegionsNameMayHaveDots() {
        Settings settings = settings(
                "regions.com.acme.User.ttl", "9s",
                "regions.com.acme.User##NaturalId.ttl", "8s",
                "regions.com.acme.User.tags.alias", "second",
                "caches.second.ttl", "1m");
        assertThat(settings.ttl("com.acme.User")).hasSeconds(9);
        assertThat(settings.ttl("com.acme.User##NaturalId")).hasSeconds(8);
        assertThat(settings.alias("com.acme.User.tags")).isEqualTo("second");
        assertThat(settings.ttl("com.acme")).isNull();
    }

    @Test
    void aRegionsAliasMustBeConfigured() {
        refused("regions.r.alias", "nowhere", "caches.<alias>.*");
        assertThat(settings("regions.r.alias", "default").alias("r")).isEqualTo("default");
    }

    @Test
    void aBackendThatIsNoneIsRefused() {
        for (String backend : List.of("memcached", "java.lang.String", "dev.dorm.cache.backend.Backend")) {
            assertThatThrownBy(() -> build("second", "caches.second.backend", backend))
                    .isInstanceOf(SettingException.class)
                    .hasMessageContainingAll(
                            "hibernate.cache.dorm.caches.second.backend", backend, "expected locmem, redis, or");
        }
    }

    @Test
    void listsAreTextsOrCollections() {
        assertThat(settings("allowed_types", "a.B, c.D,,").allowedTypes()).containsExactly("a.B", "c.D");
        assertThat(new Settings(Map.of(DormSettings.ALLOWED_TYPES, List.of(String.class, "c.D"))).allowedTypes())
                .containsExactly("java.lang.String", "c.D");
    }

    @Test
    void settingsOfOthersAreNotRead() {
        Settings settings =
                new Settings(Map.of("hibernate.cache.use_query_cache", "true", "hibernate.cache.dormant", "x"));
        assertThat(settings).hasToString("Settings[]");
    }

    @Test
    void noMessageTellsAPassword() {
        silent(() -> build("default", "location", "redis://user:" + SECRET + "@host:not-a-port"));
        silent(() -> build("default", "location", "http://user:" + SECRET + "@host"));
        silent(() ->
                build("default", "location", "redis://h", "options.password", SECRET, "options.retryAttempts", "x"));
        silent(() -> build("default", "location", "redis://h", "options.sslKeystorePasswort", SECRET));
        silent(() -> settings("signing_keyy", SECRET));
        silent(() -> settings("secret_key", SECRET, "ttl", "soon"));
        assertThat(settings("secret_key", SECRET, "location", "redis://:" + SECRET + "@h"))
                .asString()
                .doesNotContain(SECRET);
    }

    private static void silent(ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(error -> {
            for (Throwable each = error; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain(SECRET);
            }
        });
    }

    private static void refused(String name, String value, String accepted) {
        assertThatThrownBy(() -> settings(name, value))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("hibernate.cache.dorm." + name, "'" + value + "'", accepted);
    }

    private static void assembled(String name, String value, String accepted) {
        assertThatThrownBy(() -> new Assembly(new Settings(Map.of(name, value)), "", null))
                .hasMessageContainingAll(name, "'" + value + "'", accepted);
    }
}
