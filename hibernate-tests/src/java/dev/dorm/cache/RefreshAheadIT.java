package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is still read near the end of its life is loaded anew by one session, and all others are served. */
class RefreshAheadIT {

    private static CachedFactory.Builder caching(CacheBackend backend, String ttl, String ahead) {
        return CachedFactory.on(backend, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.ttl", ttl)
                .set("hibernate.cache.dorm.refresh_ahead", ahead);
    }

    private static String row(Session session) {
        return session.find(Book.class, 1L).title();
    }

    private static String query(Session session) {
        return session.createQuery("select title from Book", String.class)
                .setCacheable(true)
                .getSingleResult();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aRowIsLoadedAnew(CacheBackend backend) {
        isLoadedAnew(backend, RefreshAheadIT::row);
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aQuerysResultIsLoadedAnew(CacheBackend backend) {
        isLoadedAnew(backend, RefreshAheadIT::query);
    }

    private static void isLoadedAnew(CacheBackend backend, Function<Session, String> read) {
        try (CachedFactory factory = caching(backend, "2s", "50%").build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                assertThat(factory.fromTransaction(read)).isEqualTo("Emma");
                return factory.count(Counter.MISS_REFRESH) > 0;
            });
            long puts = factory.count(Counter.PUT);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                assertThat(factory.fromTransaction(read)).isEqualTo("Emma");
                return factory.count(Counter.MISS_REFRESH) > 1;
            });
            assertThat(factory.count(Counter.PUT)).as("it was stored anew").isGreaterThan(puts);
        }
    }

    /** Else the process would serve it from its own memory until it has ended. */
    @Test
    void aRowThatEndsSoonIsNotKeptNear() {
        whatEndsSoonIsNotKeptNear(RefreshAheadIT::row);
    }

    @Test
    void aResultThatEndsSoonIsNotKeptNear() {
        whatEndsSoonIsNotKeptNear(RefreshAheadIT::query);
    }

    private static void whatEndsSoonIsNotKeptNear(Function<Session, String> read) {
        try (CachedFactory factory = caching(CacheBackend.REDIS, "2s", "50%")
                .set("hibernate.cache.dorm.near", "all")
                .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            long near = 0;
            long before = 0;
            while (factory.count(Counter.MISS_REFRESH) == 0) {
                before = near;
                near = factory.count(Counter.NEAR_HIT);
                assertThat(factory.fromTransaction(read)).isEqualTo("Emma");
            }
            assertThat(near)
                    .as("near hits before, and after it was met")
                    .isPositive()
                    .isEqualTo(before);
        }
    }
}
