package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is loaded into the cache before anybody asks for it is served then. */
class WarmIT {

    private static final int BOOKS = 1_200;

    private static CachedFactory library(CacheBackend backend) {
        CachedFactory factory = CachedFactory.on(backend, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.max_entries", 5_000)
                .build();
        factory.inTransaction(session -> {
            for (int id = 1; id <= BOOKS; id++) {
                session.persist(new Book(id, "title " + id));
            }
        });
        factory.cache().evictAll();
        return factory;
    }

    private static List<Long> ids() {
        return LongStream.rangeClosed(1, BOOKS + 1).boxed().toList();
    }

    private static List<Book> all(Session session) {
        return session.createQuery("from Book", Book.class).setCacheable(true).list();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void idsAreLoadedInBatches(CacheBackend backend) {
        try (CachedFactory factory = library(backend);
                CachedFactory started = factory.another(Book.class).build()) {
            started.clear();
            assertThat(started.cache().warm(Book.class, ids())).isEqualTo(BOOKS);
            assertThat(started.statements().all()).as("500 at once").hasSize(3);
            assertThat(started.count(Counter.PUT)).isEqualTo(BOOKS);
            assertThatCache(factory).readsWithoutSql(session -> session.find(Book.class, (long) BOOKS));
            assertThat(started.cache().warm(Book.class, ids())).isEqualTo(BOOKS);
            assertThat(started.count(Counter.PUT)).as("what is cached stays").isEqualTo(BOOKS);
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aQueryIsLoadedWithItsEntities(CacheBackend backend) {
        try (CachedFactory factory = library(backend);
                CachedFactory started = factory.another(Book.class).build()) {
            assertThat(started.cache().warm(Book.class, "from Book")).isEqualTo(BOOKS);
            assertThatCache(factory).readsWithoutSql(WarmIT::all);
            assertThatCache(factory).readsWithoutSql(session -> session.find(Book.class, 7L));
            factory.get().getCache().evictEntityData(Book.class);
            assertThat(started.cache().warm(Book.class, "from Book")).isEqualTo(BOOKS);
            assertThatCache(factory)
                    .as("the result was cached still")
                    .readsWithoutSql(session -> session.find(Book.class, 7L));
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void whatIsNotCachedIsRefused(CacheBackend backend) {
        try (CachedFactory factory = library(backend)) {
            assertThatThrownBy(() -> factory.cache().warm(String.class, "from Book"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> factory.cache().warm(Book.class, "from Nothing"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
