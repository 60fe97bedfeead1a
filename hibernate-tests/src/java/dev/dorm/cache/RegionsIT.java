package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.RedisServer;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.stat.CacheRegionStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** What can be set for each region, and how regions and roles are named in keys. */
class RegionsIT {

    private static final String ITEM = "hibernate.cache.dorm.regions." + Item.class.getName() + ".";

    @Entity(name = "Country")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "atlas")
    @NaturalIdCache(region = "atlas")
    static class Country {
        @Id
        long id;

        @NaturalId
        String code;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "atlas")
        List<String> languages = new ArrayList<>();

        Country() {}

        Country(long id, String code, String... languages) {
            this.id = id;
            this.code = code;
            this.languages.addAll(List.of(languages));
        }
    }

    @Entity(name = "River")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "atlas")
    static class River {
        @Id
        long id;

        String name;

        River() {}

        River(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    private static CachedFactory.Builder items(CacheBackend backend) {
        return CachedFactory.on(backend, Item.class).cacheAll(AccessType.READ_WRITE);
    }

    private static void insert(CachedFactory factory, int count) {
        factory.inTransaction(session -> IntStream.rangeClosed(1, count)
                .forEach(id -> session.persist(new Item(id, "code" + id, "name" + id, "tag"))));
    }

    private static boolean isCached(CachedFactory factory, long id) {
        return factory.get().getCache().contains(Item.class, id);
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aRegionsOwnTimeToLiveEnds(CacheBackend backend) {
        try (CachedFactory factory = items(backend).set(ITEM + "ttl", "1s").build()) {
            insert(factory, 1);
            assertThat(isCached(factory, 1)).isTrue();
            await().atMost(Duration.ofSeconds(5)).until(() -> !isCached(factory, 1));
            factory.statements().clear();
            Item again = factory.fromTransaction(session -> session.find(Item.class, 1L));
            assertThat(again.name()).isEqualTo("name1");
            assertThatCache(factory).statements(1);
        }
    }

    @Test
    void theTimeToLiveOfARegionIsThatOfItsKeys() {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.REDIS, Item.class, Country.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .set("hibernate.cache.dorm.ttl", "77s")
                        .set(ITEM + "ttl", "0")
                        .set("hibernate.cache.dorm.regions.org.hibernate.none.ttl", "5s")
                        .build();
                Jedis redis = new Jedis(URI.create(RedisServer.shared().url()))) {
            factory.inTransaction(session -> {
                session.persist(new Item(1, "a", "one"));
                session.persist(new Country(1, "de"));
            });
            String item = "dormrow:" + factory.cache().cacheNamespace(Item.class) + ":1";
            String country = "dormrow:" + factory.cache().cacheNamespace(Country.class) + ":1";
            assertThat(redis.ttl(item)).as("until invalidated").isEqualTo(-1);
            assertThat(redis.ttl(country)).isBetween(60L, 77L);
        }
    }

    @ParameterizedTest
    @CsvSource({"50%, 500000", "0%, 990000"})
    void whatIsCachedTogetherDoesNotEndTogether(String jitter, long shortest) {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.REDIS, Country.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .set("hibernate.cache.dorm.ttl", "1000s")
                        .set("hibernate.cache.dorm.ttl_jitter", jitter)
                        .build();
                Jedis redis = new Jedis(URI.create(RedisServer.shared().url()))) {
            factory.inTransaction(
                    session -> LongStream.range(0, 50).forEach(id -> session.persist(new Country(id, "c" + id))));
            String rows = "dormrow:" + factory.cache().cacheNamespace(Country.class) + ":";
            List<Long> lives = LongStream.range(0, 50)
                    .mapToObj(id -> redis.pttl(rows + id))
                    .toList();
            assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(shortest - 10_000, 1_000_000L));
            // That of 50 none lives shorter than three quarters, by chance, happens once in 10^15 times.
            assertThat(lives.stream().anyMatch(life -> life < 750_000)).isEqualTo(jitter.equals("50%"));
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aRegionMayLiveInAnotherStore(CacheBackend backend) {
        try (CachedFactory factory = CachedFactory.on(backend, Item.class, River.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.caches.second.backend", "locmem")
                .set("hibernate.cache.dorm.caches.second.location", "second-" + UUID.randomUUID())
                .set(ITEM + "alias", "second")
                .build()) {
            factory.inTransaction(session -> {
                session.persist(new Item(1, "a", "one"));
                session.persist(new River(1, "Rhine"));
            });
            DormCache cache = factory.cache();
            String item = "dormrow:" + cache.cacheNamespace(Item.class) + ":1";
            String river = "dormrow:" + cache.cacheNamespace(River.class) + ":1";
            assertThat(cache.backend("second").get(item)).isNotNull();
            assertThat(cache.backend().get(item)).isNull();
            assertThat(cache.backend().get(river)).isNotNull();
            assertThat(cache.backend("second").get(river)).isNull();
            Item found = assertThatCache(factory).readsWithoutSql(session -> session.find(Item.class, 1L));
            assertThat(found.name()).isEqualTo("one");

            long before = cache.modelVersion(Item.class);
            assertThat(cache.bumpModelVersion(Item.class)).isGreaterThan(before);
            assertThat(isCached(factory, 1)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void queriesOverARegionInAnotherStoreStayTrue(CacheBackend backend) {
        try (CachedFactory factory = items(backend)
                .set("hibernate.cache.dorm.caches.second.backend", "locmem")
                .set("hibernate.cache.dorm.regions.names.alias", "second")
                .build()) {
            insert(factory, 2);
            // The first read of the second store renews it, so its transaction is too old to cache a result there.
            names(factory);
            for (int expected = 2; expected < 5; expected++) {
                assertThat(names(factory)).isEqualTo(expected);
                factory.statements().clear();
                assertThat(names(factory)).isEqualTo(expected);
                assertThatCache(factory).statements(0);
                long id = expected + 1;
                factory.inTransaction(session -> session.persist(new Item(id, "code" + id, "name")));
            }
        }
    }

    private static int names(CachedFactory factory) {
        return factory.fromTransaction(session -> session.createQuery("select name from Item", String.class)
                .setCacheable(true)
                .setCacheRegion("names")
                .list()
                .size());
    }

    @Test
    void aRegionInProcessMayHaveABoundOfItsOwn() {
        try (CachedFactory factory =
                items(CacheBackend.LOCMEM).set(ITEM + "max_entries", "10").build()) {
            insert(factory, 100);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                            IntStream.rangeClosed(1, 100).filter(id -> isCached(factory, id)))
                    .hasSizeBetween(1, 10));
            assertThat(factory.cache().statistics().getBreakers()).containsOnlyKeys("default");
        }
    }

    @Test
    void theBoundOfTheStoreHolds() {
        try (CachedFactory factory = items(CacheBackend.LOCMEM)
                .set("hibernate.cache.dorm.max_entries", "10")
                .build()) {
            insert(factory, 100);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                            IntStream.rangeClosed(1, 100).filter(id -> isCached(factory, id)))
                    .hasSizeLessThanOrEqualTo(10));
        }
    }

    @Test
    void aBoundForARegionInRedisIsRefused() {
        assertThatThrownBy(() -> items(CacheBackend.REDIS)
                        .set(ITEM + "max_entries", "10")
                        .build())
                .hasStackTraceContaining(
                        ITEM
                                + "max_entries: '10' is not accepted; expected no bound, since the region's entries are in redis");
    }

    @Test
    void theRegionPrefixIsPartOfEveryKey() {
        RedisServer server = RedisServer.shared();
        try (CachedFactory factory = CachedFactory.on(CacheBackend.REDIS, Item.class, Country.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .set("hibernate.cache.region_prefix", "own:" + server.uniquePrefix())
                        .build();
                Jedis redis = new Jedis(URI.create(server.url()))) {
            String prefix = factory.get().getSessionFactoryOptions().getCacheRegionPrefix();
            String escaped = prefix.replace(":", "%3A");
            insert(factory, 3);
            factory.inTransaction(session -> session.persist(new Country(1, "de", "German")));
            names(factory);
            names(factory);
            factory.get().getCache().evictEntityData(Item.class, 2L);
            Set<String> ours = redis.keys("*" + prefix.substring("own:".length()) + "*");
            assertThat(ours).allMatch(key -> key.contains("own%3A"));
            assertThat(ours.stream().map(key -> key.substring(0, 7)).distinct())
                    .containsExactlyInAnyOrder(
                            "dormclk", "dorminc", "dormrow", "dormver", "dormwro", "dormsli", "dormqs:");
            assertThat(ours.stream().filter(key -> key.startsWith("dormclk")))
                    .contains("dormclk@" + escaped, "dormclk@" + escaped + ":Item");
        }
    }

    @Test
    void eachRoleOfARegionHasANamespaceOfItsOwn() {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Country.class, River.class, Item.class)
                .cacheAll(AccessType.READ_WRITE)
                .map(metadata ->
                        metadata.getCollectionBindings().forEach(collection -> collection.setCacheRegionName("atlas")))
                .build()) {
            factory.inTransaction(session -> {
                session.persist(new Country(1, "de", "German"));
                session.persist(new River(1, "Rhine"));
                session.persist(new Item(1, "a", "one"));
            });
            factory.inTransaction(session ->
                    assertThat(session.find(Country.class, 1L).languages).hasSize(1));
            factory.inTransaction(session -> assertThat(
                            session.bySimpleNaturalId(Country.class).load("de"))
                    .isNotNull());
            String country = Country.class.getName();
            Backend backend = factory.cache().backend();
            for (String key : List.of(
                    "dormrow:dormqs:atlas:" + country + ":1",
                    "dormrow:dormqs:atlas:" + River.class.getName() + ":1",
                    "dormrow:dormqs:atlas:" + country + ".languages:1",
                    "dormrow:dormqs:" + Item.class.getName() + ":1")) {
                assertThat(backend.get(key)).as(key).isNotNull();
            }
            assertThat(backend.delete("dormver:dormqs:atlas:" + country + "##NaturalId"))
                    .isTrue();
            assertThat(factory.cache().cacheNamespace(Country.class)).isEqualTo("dormqs:atlas:" + country);
            assertThat(factory.cache().cacheNamespace(Item.class)).isEqualTo("dormqs:" + Item.class.getName());

            factory.get().getCache().evictEntityData(River.class);
            assertThat(factory.get().getCache().contains(River.class, 1L)).isFalse();
            assertThat(factory.get().getCache().contains(Country.class, 1L)).isTrue();

            factory.get().getCache().evictRegion("atlas");
            assertThat(factory.get().getCache().contains(Country.class, 1L)).isFalse();
            assertThat(isCached(factory, 1)).isTrue();
        }
    }

    @Test
    void statisticsOfARegionCountItsRoles() {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Country.class, River.class)
                .cacheAll(AccessType.READ_WRITE)
                .build()) {
            factory.inTransaction(session -> {
                session.persist(new Country(1, "de", "German"));
                session.persist(new River(1, "Rhine"));
            });
            factory.inTransaction(session -> session.find(River.class, 1L));
            factory.inTransaction(session -> session.find(Country.class, 1L));
            CacheRegionStatistics atlas = factory.statistics().getDomainDataRegionStatistics("atlas");
            assertThat(atlas.getHitCount()).isEqualTo(2);
            assertThat(atlas.getMissCount()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aBackendIsBuiltOnceUntilItIsReset(CacheBackend backend) {
        try (CachedFactory factory = items(backend)
                .set("hibernate.cache.dorm.caches.second.backend", "locmem")
                .build()) {
            insert(factory, 1);
            DormCache cache = factory.cache();
            Backend first = cache.backend();
            Backend second = cache.backend("second");
            assertThat(cache.backend("default")).isSameAs(first);
            assertThat(DormCache.of(factory.get()).backend("second")).isSameAs(second);
            assertThatThrownBy(() -> cache.backend("third"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hibernate.cache.dorm.caches.third.location");

            cache.reset();
            assertThat(cache.backend()).isNotSameAs(first);
            assertThat(cache.backend("second")).isNotSameAs(second);
            for (int pass = 0; pass < 2; pass++) {
                Item found = factory.fromTransaction(session -> session.find(Item.class, 1L));
                assertThat(found.name()).isEqualTo("name1");
            }
            assertThat(isCached(factory, 1)).isTrue();
        }
    }
}
