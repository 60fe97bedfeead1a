package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.bootstrap.RegionSettings;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log says when a session factory is built: where the cache lives, and which settings change nothing. */
class StartMessageIT {

    private static final String REGION = "hibernate.cache.dorm.regions.";

    private static List<String> logged(CachedFactory.Builder builder, String part) {
        try (Printed printed = Printed.onStandardError();
                CachedFactory factory = builder.build()) {
            assertThat(factory.get().isOpen()).isTrue();
            return printed.lines(part);
        }
    }

    @Test
    void inProcessIsSaidToBeInThisProcessOnly() {
        assertThat(logged(CachedFactory.on(CacheBackend.LOCMEM, Item.class, Book.class), "Second-level cache:"))
                .singleElement()
                .asString()
                .contains(
                        "INFO",
                        "locmem (in this process only), ttl 300s",
                        "near tier off",
                        "entities 2 READ_WRITE, collections none, natural ids 1 READ_WRITE, query results of cacheable queries");
    }

    @Test
    void redisIsNamedWithoutItsPassword() {
        RedisServer server = RedisServer.shared();
        String login = server.url().replace("redis://", "redis://default:a-password-of-nobody@");
        assertThat(logged(
                        CachedFactory.on(CacheBackend.REDIS, Item.class)
                                .set("hibernate.cache.dorm.location", login)
                                .set("hibernate.cache.region_prefix", "shop")
                                .set("hibernate.cache.dorm.near", "on")
                                .set("hibernate.cache.use_query_cache", "false"),
                        "Second-level cache:"))
                .singleElement()
                .asString()
                .contains(
                        "redis (" + server.url().replace("redis://", "redis://***@") + "), ttl 300s",
                        "region prefix 'shop'",
                        "near tier on",
                        "signed with the key that is set. Cached:",
                        "query results none (hibernate.cache.use_query_cache is not true)")
                .doesNotContain("a-password-of-nobody");
    }

    @Test
    void settingsThatChangeNothingAreNamed() {
        assertThat(logged(
                        CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                                .set("hibernate.cache.dorm.near", "on")
                                .set("hibernate.cache.dorm.min_replicas", "1")
                                .set("hibernate.cache.dorm.shards", "4"),
                        "Second-level cache:"))
                .singleElement()
                .asString()
                .contains("Without effect here: hibernate.cache.dorm.min_replicas, hibernate.cache.dorm.near,"
                        + " hibernate.cache.dorm.shards, hibernate.cache.dorm.timeout");
        assertThat(logged(
                        CachedFactory.on(CacheBackend.REDIS, Item.class).set("hibernate.cache.dorm.max_entries", "4"),
                        "Second-level cache:"))
                .singleElement()
                .asString()
                .contains("Without effect here: hibernate.cache.dorm.max_entries")
                .doesNotContain("timeout");
    }

    @Test
    void aKeyWithoutAPlaceIsWarnedOf() {
        assertThat(logged(CachedFactory.of(Item.class), "nothing says where Redis is"))
                .hasSize(1);
        assertThat(logged(CachedFactory.on(CacheBackend.LOCMEM, Item.class), "nothing says where Redis is"))
                .isEmpty();
        assertThat(logged(CachedFactory.of(Item.class).without("hibernate.cache.dorm.signing_key"), "signing key"))
                .isEmpty();
    }

    @Test
    void redisWithoutAPlaceIsAnError() {
        assertThatThrownBy(() -> CachedFactory.of(Item.class)
                        .set("hibernate.cache.dorm.backend", "redis")
                        .build())
                .hasStackTraceContaining("exactly one of them must say where Redis is");
    }

    @Test
    void settingsOfAnotherProviderAreNamedInOneLine() {
        assertThat(logged(
                        CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                                .set("hibernate.cache.redisson.config", "redisson.yaml")
                                .set("hibernate.javax.cache.provider", "org.ehcache.jsr107.EhcacheCachingProvider"),
                        "another cache provider"))
                .singleElement()
                .asString()
                .contains("hibernate.cache.redisson.config, hibernate.javax.cache.provider");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.dorm.cache.testing.Itme.ttl, dev.dorm.cache.testing.Item",
        "dev.dorm.cache.testing.Item##NaturlId.ttl, dev.dorm.cache.testing.Item##NaturalId"
    })
    void aRegionThatThereIsNotIsRefused(String setting, String nearest) {
        assertThatThrownBy(() -> CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                        .set(REGION + setting, "9s")
                        .build())
                .hasStackTraceContaining("Setting " + REGION + setting + ": no entity, collection or natural id")
                .hasStackTraceContaining("did you mean " + REGION + nearest + "?");
    }

    @Test
    void anEntityThatIsNotCachedIsRefused() {
        assertThatThrownBy(() -> CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                        .set("jakarta.persistence.sharedCache.mode", "NONE")
                        .set(REGION + "dev.dorm.cache.testing.Item.ttl", "9s")
                        .build())
                .hasStackTraceContaining("'dev.dorm.cache.testing.Item' is not cached; annotate it");
    }

    @Test
    void aRegionsNameMayComeInLowerCase() {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                .set(REGION + "dev.dorm.cache.testing.item.ttl", "9s")
                .set(REGION + "hot-list.ttl", "9s")
                .build()) {
            assertThat(factory.get().isOpen()).isTrue();
        }
    }

    @Test
    void aQueryRegionThatNobodyAsksForIsRemindedOf() {
        Settings settings = new Settings(java.util.Map.of(REGION + "hot-lst.ttl", "9s", REGION + "other.ttl", "9s"));
        RegionSettings regions = new RegionSettings(settings);
        regions.exists("hot-list");
        regions.exists("other");
        try (Printed printed = Printed.onStandardError()) {
            regions.remindLater(Runnable::run);
            assertThat(printed.lines("without effect so far"))
                    .singleElement()
                    .asString()
                    .contains("hibernate.cache.dorm.regions.hot-lst.ttl", "'hot-lst'", "'hot-list'");
        }
    }

    @Test
    void statisticsCanBeRead() {
        try (CachedFactory factory =
                CachedFactory.on(CacheBackend.LOCMEM, Item.class).build()) {
            factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
            factory.inTransaction(session -> session.find(Item.class, 1L));
            assertThat(factory.cache().statistics())
                    .asString()
                    .startsWith(
                            "CacheStatistics[hits=1, nearHits=0, misses={absent=1}, awaitedLoads=0, puts=2, refusedPuts={}")
                    .contains("breakers={default=CLOSED}");
        }
    }
}
