package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.time.LocalDateTime;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cached result of a query that reads no table is never served: no write would make it stale. */
class NoTablesIT {

    private static List<LocalDateTime> now(Session session) {
        return session.createQuery("select local datetime", LocalDateTime.class)
                .setCacheable(true)
                .list();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aQueryOverNoTableIsAskedEachTime(CacheBackend backend) {
        try (CachedFactory factory = CachedFactory.on(backend, Book.class).build()) {
            for (int pass = 0; pass < 3; pass++) {
                factory.statements().clear();
                assertThat(factory.fromTransaction(NoTablesIT::now)).hasSize(1);
                assertThatCache(factory).statements(1);
            }
            assertThat(factory.count(Counter.MISS_STALE)).as("one was cached").isPositive();
        }
    }
}
