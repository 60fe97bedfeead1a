package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many entities by id: from the cache, and what is not there in one SQL statement. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class FindAllIT {

    private final CacheBackend backend;
    private CachedFactory factory;

    FindAllIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void fiveBooks() {
        factory = CachedFactory.on(backend, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        factory.inTransaction(
                session -> LongStream.rangeClosed(1, 5).forEach(id -> session.persist(new Book(id, "title" + id))));
        factory.clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private Map<Long, String> titles(Collection<Long> ids) {
        Map<Long, String> titles = new LinkedHashMap<>();
        factory.inTransaction(session ->
                DormCache.findAll(session, Book.class, ids).forEach((id, book) -> titles.put(id, book.title())));
        return titles;
    }

    @Test
    void comeInTheOrderOfTheirIdsOnceEachWithoutTheMissing() {
        Map<Long, String> found = titles(List.of(5L, 99L, 1L, 5L, 3L));
        assertThat(found.keySet()).containsExactly(5L, 1L, 3L);
        assertThat(found.values()).containsExactly("title5", "title1", "title3");
        assertThatCache(factory).statements(1);
        assertThat(titles(List.of())).isEmpty();
        assertThat(titles(List.of(98L, 99L))).isEmpty();
    }

    @Test
    void theCachedCostNoSql() {
        assertThat(titles(List.of(1L, 2L, 3L, 4L, 5L))).hasSize(5);
        assertThatCache(factory).statements(0).hits(5);
    }

    @Test
    void theOthersComeInOneStatement() {
        List.of(2L, 3L, 5L).forEach(id -> factory.get().getCache().evict(Book.class, id));
        assertThat(titles(List.of(1L, 2L, 3L, 4L, 5L)).values())
                .containsExactly("title1", "title2", "title3", "title4", "title5");
        assertThatCache(factory).statements(1);
        assertThat(titles(List.of(1L, 2L, 3L, 4L, 5L))).hasSize(5);
        factory.statements().clear();
        assertThat(titles(List.of(1L, 2L, 3L, 4L, 5L))).hasSize(5);
        assertThatCache(factory).statements(0);
    }

    @Test
    void theSessionsOwnChangesAreAmongThem() {
        factory.inTransaction(session -> {
            session.find(Book.class, 1L).retitle("mine");
            session.remove(session.find(Book.class, 2L));
            session.persist(new Book(6, "newest"));
            Map<Long, Book> found = DormCache.findAll(session, Book.class, List.of(6L, 2L, 1L));
            assertThat(found.values()).extracting(Book::title).containsExactly("newest", "mine");
        });
        assertThat(titles(List.of(6L, 2L, 1L)).values()).containsExactly("newest", "mine");
    }

    @Test
    void oneIsFoundOrNot() {
        Book found = assertThatCache(factory).readsWithoutSql(session -> DormCache.find(session, Book.class, 1L));
        assertThat(found.title()).isEqualTo("title1");
        assertThat(factory.<Book>fromTransaction(session -> DormCache.find(session, Book.class, 99L)))
                .isNull();
    }

    @Test
    void outsideATransactionToo() {
        try (Session session = factory.get().openSession()) {
            assertThat(DormCache.findAll(session, Book.class, List.of(3L, 2L)).keySet())
                    .containsExactly(3L, 2L);
        }
        assertThatCache(factory).statements(0);
    }
}
