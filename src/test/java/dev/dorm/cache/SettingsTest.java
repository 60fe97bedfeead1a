package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.bootstrap.BackendBuilder;
import dev.dorm.cache.internal.bootstrap.CacheRuntime;
import dev.dorm.cache.internal.bootstrap.StoreName;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.settings.KnownSettings;
import dev.dorm.cache.internal.settings.LifetimeSettings;
import dev.dorm.cache.internal.settings.Near;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.signing.EntryLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        return new BackendBuilder(settings(namesAndValues), null).build(StoreName.of(alias));
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
        assertThat(settings("regions.r.previous_name", "q").previousName("r")).isEqualTo("q");
        assertThat(settings("regions.r.previous_name", "q").previousName("s")).isEqualTo("s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "1_000", "99999999999999999999"})
    void aWrongNumberIsRefused(String value) {
        for (String name : List.of("max_entries", "shards", "caches.second.shards", "regions.r.max_entries")) {
            refused(name, value, "a whole number from 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1000,1000", "10KiB,10240", "10 kb,10240", "2MiB,2097152", "' 32MB ',33554432"})
    void aSizeIsBytesOrHasAUnit(String value, int bytes) {
        assertThat(settings("max_entry_size", value).maxEntrySize("r"))
                .isEqualTo(new EntryLimit(bytes, "hibernate.cache.dorm.max_entry_size"));
        assertThat(settings("regions.r.max_entry_size", value).maxEntrySize("r"))
                .isEqualTo(new EntryLimit(bytes, "hibernate.cache.dorm.regions.r.max_entry_size"));
        assertThat(settings(
                                "max_entry_size", "5",
                                "caches.second.max_entry_size", value,
                                "regions.r.alias", "second")
                        .maxEntrySize("r"))
                .isEqualTo(new EntryLimit(bytes, "hibernate.cache.dorm.caches.second.max_entry_size"));
        assertThat(settings().maxEntrySize("r").bytes()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5MiB", "33MiB", "1GiB", "large", "999999999KiB", "MiB"})
    void aWrongSizeIsRefused(String value) {
        for (String name : List.of("max_entry_size", "caches.second.max_entry_size", "regions.r.max_entry_size")) {
            refused(name, value, "bytes, or a number with KiB or MiB, from 1 to 32MiB");
        }
    }

    @Test
    void moreShardsThanAClusterHasSlotsAreRefused() {
        refused("shards", "4294967297", "a whole number from 1 to 16384");
    }

    @ParameterizedTest
    @ValueSource(strings = {"51%", "100", "-1", "0.1", "ten", "10 %%"})
    void aWrongJitterIsRefused(String value) {
        refused("ttl_jitter", value, "a percentage from 0% to 50%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"51%", "-1", "early"})
    void aWrongTimeToRefreshIsRefused(String value) {
        refused("refresh_ahead", value, "a percentage from 0% to 50%");
    }

    @Test
    void jitterAndRefreshArePercentages() {
        Duration ttl = Duration.ofMinutes(1);
        Map<String, Object> set =
                Map.of("hibernate.cache.dorm.ttl_jitter", "25%", "hibernate.cache.dorm.refresh_ahead", "0");
        Lifetime given = LifetimeSettings.of(new Settings(set)::text, ttl);
        assertThat(List.of(given.jitter(), given.aheadPercent())).containsExactly(25, 0);
        Lifetime other = LifetimeSettings.of(new Settings(Map.of())::text, ttl);
        assertThat(List.of(other.jitter(), other.aheadPercent())).containsExactly(10, 10);
    }

    @Test
    void aWrongEnumIsRefused() {
        refused("on_outage", "explode", "bypass or fail");
        assertThat(settings("on_outage", "FAIL").failsOnOutage()).isTrue();
        assertThat(settings("on_outage", "bypass").failsOnOutage()).isFalse();
        assembled("hibernate.cache.dorm.format", "xml", "json or smile");
    }

    @Test
    void aWrongBooleanIsRefused() {
        assembled("hibernate.cache.dorm.require_signing_key", "yes", "true or false");
        assembled("hibernate.cache.dorm.insecure_unsigned", "1", "true or false");
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
        "signing_keys,signing_key",
        "requires_signing_key,require_signing_key",
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

    /** What Spring Boot makes of environment variables and of YAML with hyphens; of options, any case is accepted. */
    @ParameterizedTest
    @CsvSource({
        "signing.key,signing_key",
        "signing.key.fallbacks,signing_key_fallbacks",
        "require-signing-key,require_signing_key",
        "TTL,ttl",
        "max-entries,max_entries",
        "max.entries,max_entries",
        "caches.second.max.entries,caches.second.max_entries",
        "caches.second.options.connecttimeout,caches.second.options.connecttimeout",
        "OPTIONS.connectTimeout,options.connectTimeout",
        "regions.shop.model.product.ttl,regions.shop.model.product.ttl",
        "regions.shop.my-list.max.entries,regions.shop.my-list.max_entries",
        "regions.r.previous.name,regions.r.previous_name",
        "regions.r.formerly,regions.r.previous_name"
    })
    void aNameMayBeSpelledInOtherWays(String name, String documented) {
        assertThat(KnownSettings.documented(name)).isEqualTo(documented);
    }

    @Test
    void everyNameIsAcceptedAsAnEnvironmentVariableGivesIt() {
        Set<String> all = new TreeSet<>(KnownSettings.OF_BACKENDS);
        all.addAll(KnownSettings.OF_FACTORIES);
        KnownSettings.OF_REGIONS.forEach(name -> all.add("regions.shop.product." + name));
        KnownSettings.OF_BACKENDS.forEach(name -> all.add("caches.second." + name));
        assertThat(all).hasSize(39).allSatisfy(name -> assertThat(KnownSettings.documented(name.replace('_', '.')))
                .isEqualTo(name));
    }

    @Test
    void aSettingThatIsGivenTwiceIsRefused() {
        assertThatThrownBy(() -> settings("signing.key", SECRET, "signing_key", SECRET))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(
                        "hibernate.cache.dorm.signing_key is given twice, as signing.key and as signing_key");
    }

    @Test
    void theCaseOfARegionsNameDoesNotMatter() {
        Settings settings = settings("regions.shop.model.product.ttl", "9s", "regions.shop.model.product.near", "on");
        assertThat(settings.ttl("shop.model.Product")).hasSeconds(9);
        assertThat(settings.near("shop.model.Product")).isEqualTo(Near.ON);
        Settings both = settings("regions.product.ttl", "1s", "regions.Product.ttl", "2s");
        assertThat(both.ttl("Product")).hasSeconds(2);
        assertThat(both.ttl("product")).hasSeconds(1);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> CacheRuntime.open(
                        Map.of(
                                DormSettings.TTL,
                                "soon",
                                DormSettings.TIMEOUT,
                                "0",
                                DormSettings.PREFIX + "backnd",
                                "redis",
                                DormSettings.FORMAT,
                                "xml",
                                DormSettings.SIGNING_KEY,
                                "short",
                                DormSettings.LOCATION,
                                "redis://h:0",
                                DormSettings.ALLOWED_TYPES,
                                "a.B",
                                DormSettings.REGIONS + "r.near",
                                "yes",
                                DormSettings.CACHES + "second.backend",
                                "memcached"),
                        "",
                        null,
                        type -> {
                            throw SettingException.of(DormSettings.ALLOWED_TYPES, type, "names of classes");
                        }))
                .isInstanceOfSatisfying(SettingException.class, wrong -> assertThat(wrong.problems())
                        .hasSize(9)
                        .allSatisfy(problem -> assertThat(wrong).hasMessageContaining(problem))
                        .anySatisfy(problem -> assertThat(problem).contains("ttl: 'soon'"))
                        .anySatisfy(problem -> assertThat(problem).contains("timeout: '0ms'"))
                        .anySatisfy(
                                problem -> assertThat(problem).contains("did you mean hibernate.cache.dorm.backend"))
                        .anySatisfy(problem -> assertThat(problem).contains("format: 'xml'"))
                        .anySatisfy(problem -> assertThat(problem).contains("signing_key: 'a key of 5 bytes'"))
                        .anySatisfy(problem -> assertThat(problem).contains("allowed_types: 'a.B'"))
                        .anySatisfy(problem -> assertThat(problem).contains("regions.r.near: 'yes'"))
                        .anySatisfy(problem -> assertThat(problem).contains("location: 'redis://h:0'", "no such port"))
                        .anySatisfy(problem -> assertThat(problem).contains("second.backend: 'memcached'")));
    }

    @Test
    void whatHasNoEffectInProcessIsRefused() {
        assembled("hibernate.cache.dorm.options.nope", "1", "no options: the entries are in this process");
        assertThatThrownBy(() -> build("default", "backend", "locmem", "config", "redisson.yaml"))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("hibernate.cache.dorm.config: 'redisson.yaml'", "no configuration");
        assertThatThrownBy(() -> build("default", "backend", "locmem", "client", "c"))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("hibernate.cache.dorm.client", "no client");
    }

    @Test
    void redisMustHaveAPlace() {
        assertThatThrownBy(() -> build("default", "backend", "redis"))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("hibernate.cache.dorm.location (not set)", "exactly one of them");
    }

    @Test
    void aBoundOfARegionThatBoundsNothingIsRefused() {
        assertThatThrownBy(() -> CacheRuntime.open(
                        Map.of(
                                DormSettings.LOCATION,
                                "redis://localhost:1",
                                DormSettings.REGIONS + "r.max_entries",
                                "5"),
                        "",
                        null,
                        type -> {}))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("Setting hibernate.cache.dorm.regions.r.max_entries: '5' is not accepted");
    }

    @Test
    void everyDocumentedNameIsKnown() throws IllegalAccessException {
        for (var field : DormSettings.class.getFields()) {
            String name = (String) field.get(null);
            String known = name.equals(DormSettings.OPTIONS) ? name + "x" : name;
            if (!List.of(DormSettings.PREFIX, DormSettings.CACHES, DormSettings.REGIONS)
                    .contains(name)) {
                String plain = known.substring(DormSettings.PREFIX.length());
                assertThat(KnownSettings.documented(plain)).isEqualTo(plain);
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
        assertThatThrownBy(() -> CacheRuntime.open(Map.of(name, value), "", null, type -> {}))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll(name, accepted);
    }
}
