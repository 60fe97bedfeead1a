package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** A Redis whose memory is full, and which may evict nothing, serves what it holds and nothing that is old. */
@ParameterizedClass
@ValueSource(strings = {"bypass", "fail"})
class FullMemoryIT {

    private final String policy;
    private OwnRedis redis;
    private CachedFactory writer;
    private CachedFactory reader;

    FullMemoryIT(String policy) {
        this.policy = policy;
    }

    @BeforeEach
    void threeBooksThatAllHaveRead() {
        redis = RedisServer.startOwn();
        writer = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", "redis")
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.dorm.on_outage", policy)
                .build();
        reader = writer.another(Book.class).cacheAll(AccessType.READ_WRITE).build();
        writer.inTransaction(session -> {
            session.persist(new Book(1, "Emma"));
            session.persist(new Book(2, "Momo"));
            session.persist(new Book(3, "Ulysses"));
        });
        for (int id = 1; id <= 3; id++) {
            title(writer, id);
            title(reader, id);
        }
        // By the first one it learns of the region, and by the second one of the tables.
        titles(reader);
        titles(reader);
        assertThatCache(reader).readsWithoutSql(FullMemoryIT::titles);
        assertThatCache(reader).readsWithoutSql(session -> session.find(Book.class, 1));
        memory(1);
    }

    @AfterEach
    void close() {
        reader.close();
        writer.close();
        redis.close();
    }

    private void memory(int most) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.configSet("maxmemory", String.valueOf(most));
        }
    }

    private static String title(CachedFactory factory, long id) {
        return factory.fromTransaction(session -> session.find(Book.class, id).title());
    }

    private static List<String> titles(CachedFactory factory) {
        return factory.fromTransaction(FullMemoryIT::titles);
    }

    private static List<String> titles(Session session) {
        return session.createQuery("select title from Book order by id", String.class)
                .setCacheable(true)
                .list();
    }

    private void assertNoOutage() {
        for (CachedFactory factory : List.of(writer, reader)) {
            assertThat(factory.count(Counter.OUTAGE)).isZero();
            assertThat(factory.count(Counter.BYPASSED)).isZero();
        }
    }

    @Test
    void anUpdateIsSeenAndHitsGoOn() {
        try (Printed printed = Printed.onStandardError()) {
            for (int i = 0; i < 5; i++) {
                String title = "Emma " + i;
                writer.inTransaction(session -> session.find(Book.class, 1).retitle(title));
                // The first one meets the tombstone, and the second one may replace it.
                assertThat(title(reader, 1)).isEqualTo(title);
                assertThat(title(reader, 1)).isEqualTo(title);
                assertThat(title(writer, 1)).isEqualTo(title);
                assertThat(titles(reader)).containsExactly(title, "Momo", "Ulysses");
                assertThatCache(reader).readsWithoutSql(session -> session.find(Book.class, 2));
            }
            assertThat(printed.lines("takes no new entries"))
                    .as("one for each process")
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("The cache 'default'", "OOM", "volatile-lru"));
        }
        assertNoOutage();
        assertThat(reader.count(Counter.PUT_REFUSED_NO_MEMORY)).isEqualTo(10);
        assertThat(reader.cache().statistics().getRefusedPuts()).containsEntry("no_memory", 10L);
        memory(0);
        title(reader, 1);
        titles(reader);
        assertThatCache(reader).readsWithoutSql(session -> session.find(Book.class, 1));
        assertThatCache(reader).readsWithoutSql(FullMemoryIT::titles);
    }

    @Test
    void aBulkWriteIsSeenAndSoIsADelete() {
        writer.inTransaction(session ->
                session.createMutationQuery("update Book set title = 'all'").executeUpdate());
        assertThat(title(reader, 2)).isEqualTo("all");
        assertThat(titles(reader)).containsExactly("all", "all", "all");
        writer.inTransaction(session -> session.remove(session.find(Book.class, 3)));
        assertThat(reader.<Book>fromTransaction(session -> session.find(Book.class, 3)))
                .isNull();
        assertThat(titles(reader)).containsExactly("all", "all");
        assertNoOutage();
    }

    @Test
    void whatIsEvictedIsGone() {
        writer.inTransaction(session -> session.doWork(
                connection -> connection.createStatement().executeUpdate("update Book set title = 'past Hibernate'")));
        assertThat(title(reader, 2)).isEqualTo("Momo");
        writer.get().getCache().evictEntityData(Book.class, 2);
        assertThat(title(reader, 2)).isEqualTo("past Hibernate");
        assertThat(title(reader, 1)).isEqualTo("Emma");
        writer.get().getCache().evictAllRegions();
        assertThat(title(reader, 1)).isEqualTo("past Hibernate");
        assertNoOutage();
    }
}
