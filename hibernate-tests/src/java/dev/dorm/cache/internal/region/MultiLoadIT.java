package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.hibernate.CacheMode;
import org.hibernate.Hibernate;
import org.hibernate.MultiIdentifierLoadAccess;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loading by several ids at once ({@code byMultipleIds}, which is {@code findMultiple} in Hibernate 7) uses the cache as
 * its cache mode says, and never puts a cached row over what the session has changed.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class MultiLoadIT {

    private final CacheBackend backend;
    private CachedFactory factory;

    MultiLoadIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void threeBooks() {
        factory = CachedFactory.on(backend, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        factory.inTransaction(
                session -> LongStream.rangeClosed(1, 3).forEach(id -> session.persist(new Book(id, "title" + id))));
        factory.clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private static MultiIdentifierLoadAccess<Book> load(Session session) {
        return session.byMultipleIds(Book.class);
    }

    private List<String> titles(CacheMode mode) {
        return factory.fromTransaction(session -> load(session).with(mode).multiLoad(1L, 2L, 3L).stream()
                .map(Book::title)
                .toList());
    }

    private boolean isCached(long id) {
        return factory.get().getCache().contains(Book.class, id);
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheMode.class,
            names = {"NORMAL", "GET"})
    void whatIsCachedIsNotLoaded(CacheMode mode) {
        factory.get().getCache().evict(Book.class, 2L);
        assertThat(titles(mode)).containsExactly("title1", "title2", "title3");
        assertThatCache(factory).statements(1).hits(2);
        titles(mode);
        assertThat(isCached(2)).isEqualTo(mode == CacheMode.NORMAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheMode.class,
            names = {"PUT", "REFRESH", "IGNORE"})
    void theOthersAskTheDatabase(CacheMode mode) {
        factory.get().getCache().evict(Book.class, 2L);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(titles(mode)).containsExactly("title1", "title2", "title3");
        }
        assertThatCache(factory).statements(2).hits(0);
        assertThat(isCached(2)).isEqualTo(mode != CacheMode.IGNORE);
    }

    /** With the session check: without it, releases before the fix of HHH-20515 lose the change with any cache. */
    @Test
    void whatTheSessionHasChangedStays() {
        factory.inTransaction(session -> {
            Book changed = session.find(Book.class, 1L);
            changed.retitle("changed");
            Book reference = session.getReference(Book.class, 2L);
            session.remove(session.find(Book.class, 3L));
            List<Book> found = load(session)
                    .with(CacheMode.NORMAL)
                    .enableSessionCheck(true)
                    .multiLoad(1L, 2L, 3L);
            assertThat(found.get(0)).isSameAs(changed);
            assertThat(found.get(0).title()).isEqualTo("changed");
            assertThat(Hibernate.unproxy(found.get(1))).isSameAs(Hibernate.unproxy(reference));
            assertThat(found.get(2)).isNull();
        });
        List<Book> after = factory.fromTransaction(
                session -> load(session).with(CacheMode.NORMAL).multiLoad(1L, 2L, 3L));
        assertThat(after.get(0).title()).isEqualTo("changed");
        assertThat(after.get(1).title()).isEqualTo("title2");
        assertThat(after.get(2)).isNull();
    }
}
