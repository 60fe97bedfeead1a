package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** A query's result lives as long as its query says, or its region, or its store; {@code 0} is until invalidated. */
class QueryLifetimesIT {

    private static final String REGIONS = "hibernate.cache.dorm.regions.";

    private static CachedFactory emma(CacheBackend backend) {
        CachedFactory factory = CachedFactory.on(backend, Book.class)
                .set("hibernate.cache.dorm.ttl", "900s")
                .set(REGIONS + "short.ttl", "1s")
                .set(REGIONS + "long.ttl", "90s")
                .set(REGIONS + "endless.ttl", "0")
                .build();
        factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
        return factory;
    }

    private static Function<Session, List<String>> titlesOf(String region) {
        return session -> session.createQuery("select title from Book", String.class)
                .setCacheable(true)
                .setCacheRegion(region)
                .list();
    }

    private static boolean isServed(CachedFactory factory, String region) {
        factory.statements().clear();
        assertThat(factory.fromTransaction(titlesOf(region))).hasSize(1);
        return factory.statements().all().isEmpty();
    }

    @Test
    void isThatOfTheKeyInRedis() {
        try (CachedFactory factory = emma(CacheBackend.REDIS);
                Jedis redis = new Jedis(URI.create(RedisServer.shared().url()))) {
            String prefix = factory.get().getSessionFactoryOptions().getCacheRegionPrefix();
            for (String region : List.of("other", "long", "endless", "other@30s", "endless@30s", "long@0")) {
                factory.fromTransaction(titlesOf(region));
                String name = region.replaceAll("@.*", "");
                List<String> keys = List.copyOf(redis.keys("dormqs:" + prefix + "." + name + ":v*"));
                assertThat(keys).as(region).hasSize(1);
                long seconds = redis.ttl(keys.get(0));
                switch (region) {
                    case "other" -> assertThat(seconds).isBetween(800L, 900L);
                    case "long" -> assertThat(seconds).isBetween(31L, 90L);
                    case "other@30s", "endless@30s" -> assertThat(seconds).isBetween(1L, 30L);
                    default -> assertThat(seconds).as(region).isEqualTo(-1);
                }
                assertThat(redis.del(keys.get(0))).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void endsOrNot(CacheBackend backend) {
        try (CachedFactory factory = emma(backend)) {
            for (String region : List.of("short", "endless", "short@0")) {
                factory.fromTransaction(titlesOf(region));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> !isServed(factory, "short"));
            assertThat(isServed(factory, "endless")).isTrue();
            assertThat(isServed(factory, "short@0")).isTrue();
            factory.inTransaction(session -> session.find(Book.class, 1L).retitle("Emma II"));
            for (String region : List.of("short", "endless", "short@0")) {
                assertThat(factory.fromTransaction(titlesOf(region))).containsExactly("Emma II");
            }
            List<String> served = assertThatCache(factory).readsWithoutSql(titlesOf("endless"));
            assertThat(served).containsExactly("Emma II");
        }
    }
}
