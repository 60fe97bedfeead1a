package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A Redis that is full evicts what it likes: that costs misses, and shows nobody what is old. */
class EvictionIT {

    private static final int BOOKS = 3_000;

    @Test
    void whatIsEvictedIsReadAgainAndNothingIsStale() {
        try (OwnRedis redis = RedisServer.startOwn("--maxmemory", "2mb", "--maxmemory-policy", "allkeys-lru");
                CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .set("hibernate.cache.dorm.backend", "redis")
                        .set("hibernate.cache.dorm.location", redis.url())
                        .build()) {
            String filling = "x".repeat(200);
            for (int from = 0; from < BOOKS; from += 500) {
                int first = from;
                factory.inTransaction(session -> {
                    for (int id = first; id < first + 500; id++) {
                        session.persist(new Book(id, filling));
                    }
                });
            }
            for (int pass = 0; pass < 2; pass++) {
                String title = filling + pass;
                for (long id = 0; id < BOOKS; id += 7) {
                    long each = id;
                    factory.inTransaction(
                            session -> session.find(Book.class, each).retitle(title));
                    String read = factory.fromTransaction(
                            session -> session.find(Book.class, each).title());
                    assertThat(read).isEqualTo(title);
                }
            }
            try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
                assertThat(jedis.info("stats")).doesNotContain("evicted_keys:0\r");
            }
            assertThat(factory.count(Counter.HIT)).isPositive();
            assertThat(factory.count(Counter.OUTAGE)).isZero();
        }
    }
}
