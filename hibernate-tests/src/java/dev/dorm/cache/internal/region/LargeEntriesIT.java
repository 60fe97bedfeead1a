package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.SlowProxy;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hibernate.Length;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An entry that is larger than {@code max_entry_size} is not put, and one that is there goes when it is met. */
class LargeEntriesIT {

    private static final String SIZE = "hibernate.cache.dorm.max_entry_size";
    private static final int MIB = 1 << 20;

    @Entity(name = "Scan")
    @Cacheable
    static class Scan {
        @Id
        long id;

        @Column(length = Length.LONG32)
        String text;

        Scan() {}

        Scan(long id, int length) {
            this.id = id;
            this.text = "x".repeat(length);
        }
    }

    private static CachedFactory.Builder factory(CacheBackend backend) {
        return CachedFactory.on(backend, Scan.class);
    }

    private static Scan read(CachedFactory factory, long id) {
        return factory.fromTransaction(session -> session.find(Scan.class, id));
    }

    private static void evict(CachedFactory factory) {
        factory.get().getCache().evictAllRegions();
    }

    private static boolean isCached(CachedFactory factory, long id) {
        return factory.get().getCache().contains(Scan.class, id);
    }

    private static long tooLong(CachedFactory factory) {
        return factory.cache().statistics().getRejectedEntries().get("too_long");
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aLargeRowIsNotPut(CacheBackend backend) {
        try (CachedFactory factory = factory(backend).build()) {
            factory.inTransaction(session -> {
                session.persist(new Scan(1, MIB));
                session.persist(new Scan(2, MIB - 1_000));
            });
            evict(factory);
            long before = factory.count(Counter.PUT_REFUSED_TOO_LONG);
            for (int pass = 0; pass < 2; pass++) {
                read(factory, 1);
                read(factory, 2);
            }
            assertThat(isCached(factory, 1)).isFalse();
            assertThat(isCached(factory, 2)).isTrue();
            assertThat(factory.cache().statistics().getRefusedPuts()).containsEntry("too_long", before + 2);
            assertThat(factory.count(Counter.PUT_REFUSED_UNSUPPORTED)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void oneWarningNamesRegionSizeAndSetting(CacheBackend backend) {
        try (Printed printed = Printed.onStandardError();
                CachedFactory factory = factory(backend).set(SIZE, "10KiB").build()) {
            factory.inTransaction(session -> session.persist(new Scan(1, 20_000)));
            read(factory, 1);
            read(factory, 1);
            assertThat(printed.lines("Not cached"))
                    .singleElement()
                    .asString()
                    .contains("WARN", Scan.class.getName(), " bytes", "10240", "setting " + SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aRegionMayHaveABoundOfItsOwn(CacheBackend backend) {
        String region = "hibernate.cache.dorm.regions." + Scan.class.getName() + ".max_entry_size";
        try (CachedFactory factory = factory(backend).set(region, "3MiB").build()) {
            factory.inTransaction(session -> session.persist(new Scan(1, 2 * MIB)));
            read(factory, 1);
            assertThatCache(factory).readsWithoutSql(session -> session.find(Scan.class, 1L).text);
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aRowThatBecomesLargeLeavesNothing(CacheBackend backend) {
        try (CachedFactory factory = factory(backend).build()) {
            factory.inTransaction(session -> session.persist(new Scan(1, 10)));
            read(factory, 1);
            assertThat(isCached(factory, 1)).isTrue();
            factory.inTransaction(session -> session.find(Scan.class, 1L).text = "y".repeat(2 * MIB));
            assertThat(isCached(factory, 1)).isFalse();
            assertThat(read(factory, 1).text).startsWith("y");
            factory.inTransaction(session -> session.find(Scan.class, 1L).text = "z");
            assertThatCache(factory).readsWithoutSql(session -> session.find(Scan.class, 1L).text);
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aLargeRowThatIsThereGoes(CacheBackend backend) {
        try (CachedFactory generous = factory(backend).set(SIZE, "32MiB").build();
                CachedFactory strict = generous.another(Scan.class)
                        .set(SIZE, "1MiB")
                        .set("hibernate.cache.dorm.timeout", "30s")
                        .build()) {
            generous.inTransaction(session -> session.persist(new Scan(1, 20 * MIB)));
            read(generous, 1);
            assertThat(isCached(generous, 1)).isTrue();
            assertThat(read(strict, 1).text).hasSize(20 * MIB);
            assertThat(isCached(generous, 1)).isFalse();
            assertThat(tooLong(strict)).isEqualTo(1);
            assertThat(strict.count(Counter.INVALIDATION)).isEqualTo(1);
            read(strict, 1);
            assertThat(tooLong(strict)).isEqualTo(1);
            assertThat(strict.count(Counter.OUTAGE)).isZero();
        }
    }

    private static List<String> texts(Session session) {
        return session.createQuery("select text from Scan", String.class)
                .setCacheable(true)
                .list();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void soWithResultsOfQueries(CacheBackend backend) {
        try (CachedFactory generous = factory(backend).set(SIZE, "32MiB").build();
                CachedFactory strict =
                        generous.another(Scan.class).set(SIZE, "1MiB").build()) {
            generous.inTransaction(session -> session.persist(new Scan(1, 2 * MIB)));
            generous.inTransaction(LargeEntriesIT::texts);
            assertThatCache(generous).readsWithoutSql(LargeEntriesIT::texts);
            assertThat(strict.fromTransaction(LargeEntriesIT::texts)).hasSize(1);
            assertThat(strict.count(Counter.PUT_REFUSED_TOO_LONG)).isEqualTo(1);
            assertThat(tooLong(strict)).isEqualTo(1);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                strict.inTransaction(LargeEntriesIT::texts);
                assertThat(tooLong(strict)).isLessThan(strict.statistics().getQueryCacheMissCount());
            });
        }
    }

    /** Its bytes take several times the timeout to come. */
    @Test
    void aReadThatIsStillComingIsNoOutage() throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                SlowProxy slow = new SlowProxy(server.port(), Duration.ofMillis(25));
                CachedFactory generous = CachedFactory.of(Scan.class)
                        .set("hibernate.cache.dorm.location", server.url())
                        .set(SIZE, "32MiB")
                        .build();
                CachedFactory far = generous.another(Scan.class)
                        .set(SIZE, "1MiB")
                        .set("hibernate.cache.dorm.location", slow.url())
                        .set("hibernate.cache.dorm.timeout", "1500ms")
                        .build()) {
            generous.inTransaction(session -> {
                session.persist(new Scan(1, 8 * MIB));
                session.persist(new Scan(2, 10));
            });
            read(generous, 1);
            read(generous, 2);
            read(far, 1);
            assertThat(tooLong(far)).isEqualTo(1);
            assertThatCache(far).readsWithoutSql(session -> session.find(Scan.class, 2L).text);
            assertThat(far.count(Counter.OUTAGE)).isZero();
            assertThat(far.count(Counter.BYPASSED)).isZero();
            assertThat(isCached(generous, 1)).isFalse();
        }
    }
}
