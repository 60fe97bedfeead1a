package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hibernate's {@code SchemaManager} tells no cache that it empties tables; so it is watched. */
class TruncatedTablesIT {

    private static final Function<Session, List<String>> TITLES =
            session -> session.createQuery("select title from Book order by id", String.class)
                    .setCacheable(true)
                    .list();

    private static String title(Session session) {
        Book book = session.find(Book.class, 1L);
        return book == null ? "none" : book.title();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void nothingOfThemIsServed(CacheBackend backend) {
        try (CachedFactory one = CachedFactory.on(backend, Book.class).build();
                CachedFactory two = one.another(Book.class).build()) {
            one.inTransaction(session -> session.persist(new Book(1, "Emma")));
            for (CachedFactory factory : List.of(one, two, one, two)) {
                assertThat(factory.fromTransaction(TITLES)).containsExactly("Emma");
                assertThat(factory.fromTransaction(TruncatedTablesIT::title)).isEqualTo("Emma");
            }
            one.get().getSchemaManager().truncateMappedObjects();
            for (CachedFactory factory : List.of(two, one)) {
                assertThat(factory.fromTransaction(TruncatedTablesIT::title)).isEqualTo("none");
                assertThat(factory.fromTransaction(TITLES)).isEmpty();
            }
            one.inTransaction(session -> session.persist(new Book(1, "Momo")));
            for (CachedFactory factory : List.of(two, one, two)) {
                assertThat(factory.fromTransaction(TruncatedTablesIT::title)).isEqualTo("Momo");
                assertThat(factory.fromTransaction(TITLES)).containsExactly("Momo");
            }
            assertThatCache(two).readsWithoutSql(TruncatedTablesIT::title);
        }
    }
}
