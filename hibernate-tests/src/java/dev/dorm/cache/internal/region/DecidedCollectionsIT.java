package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attributes of its elements decide in which order, under which keys, and whether at all they stand in a collection. When one
 * is changed, Hibernate tells a cache of the element alone; the collection is not served as it was any more.
 */
@ParameterizedClass
@MethodSource("cases")
class DecidedCollectionsIT {

    private static final Class<?>[] ENTITIES = {Shelf.class, Book.class};

    private final CachedFactory one;
    private final CachedFactory two;
    private final CachedFactory uncached;

    DecidedCollectionsIT(AccessType strategy, CacheBackend backend) {
        one = CachedFactory.on(backend, ENTITIES).cacheAll(strategy).build();
        one.inTransaction(session -> {
            Shelf shelf = new Shelf(1);
            session.persist(shelf);
            for (long id = 11; id <= 13; id++) {
                Book book = new Book(id, shelf);
                session.persist(book);
                shelf.placed.add(book);
                shelf.shared.add(book);
            }
        });
        two = one.another(ENTITIES).cacheAll(strategy).build();
        uncached = one.another(ENTITIES).uncached().build();
        everybodySeesTheDatabase();
        assertThatCache(two).readsWithoutSql(DecidedCollectionsIT::shelf);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(AccessType.READ_WRITE, CacheBackend.LOCMEM),
                Arguments.of(AccessType.READ_WRITE, CacheBackend.REDIS),
                Arguments.of(AccessType.NONSTRICT_READ_WRITE, CacheBackend.LOCMEM));
    }

    @AfterEach
    void close() {
        uncached.close();
        two.close();
        one.close();
    }

    private static String shelf(Session session) {
        return session.find(Shelf.class, 1L).toString();
    }

    private void everybodySeesTheDatabase() {
        String expected = uncached.fromTransaction(DecidedCollectionsIT::shelf);
        for (int pass = 0; pass < 3; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                assertThat(factory.<String>fromTransaction(DecidedCollectionsIT::shelf))
                        .isEqualTo(expected);
            }
        }
    }

    static Stream<Named<Consumer<Book>>> changes() {
        return Stream.of(
                Named.of("an order, of its own side", book -> book.title = "z"),
                Named.of("an order by a part", book -> book.place.row = 99),
                Named.of("a key", book -> book.isbn = "new"),
                Named.of("a restriction", book -> book.lost = true),
                Named.of("an order of a table between", book -> book.rank = -1));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isSeen(Consumer<Book> change) {
        one.inTransaction(session -> {
            change.accept(session.find(Book.class, 11L));
            session.flush();
            two.fromTransaction(DecidedCollectionsIT::shelf);
        });
        everybodySeesTheDatabase();
        assertThatCache(two).readsWithoutSql(DecidedCollectionsIT::shelf);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isSeenWhenItIsMerged(Consumer<Book> change) {
        Book detached = one.fromTransaction(session -> session.find(Book.class, 11L));
        change.accept(detached);
        one.inTransaction(session -> session.merge(detached));
        everybodySeesTheDatabase();
    }

    @Test
    void isSeenOfAStatelessSession() {
        assumeTrue(!Version.getVersionString().matches("(6|7\\.[01])\\..*"), "before 7.2 it tells the cache nothing");
        Book detached = one.fromTransaction(session -> session.find(Book.class, 11L));
        detached.title = "z";
        detached.isbn = "new";
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.beginTransaction();
            session.update(detached);
            session.getTransaction().commit();
        }
        everybodySeesTheDatabase();
    }

    @Test
    void whatDecidesNothingCostsNoCollection() {
        one.inTransaction(session -> session.find(Book.class, 11L).note = "read");
        one.fromTransaction(session -> session.find(Book.class, 11L));
        assertThatCache(two).readsWithoutSql(DecidedCollectionsIT::shelf);
    }

    @Test
    void aRollbackLeavesAllAsItWas() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.find(Book.class, 11L).title = "z";
            session.flush();
            session.getTransaction().rollback();
        }
        everybodySeesTheDatabase();
    }

    @Entity(name = "Shelf")
    @Cacheable
    static class Shelf {
        @Id
        long id;

        @OneToMany(mappedBy = "shelf")
        @OrderBy("title")
        List<Book> byTitle = new ArrayList<>();

        @OneToMany(mappedBy = "shelf")
        @OrderBy("place.row desc")
        List<Book> byPlace = new ArrayList<>();

        @OneToMany(mappedBy = "shelf")
        @MapKey(name = "isbn")
        Map<String, Book> byIsbn = new HashMap<>();

        @OneToMany
        @JoinColumn(name = "placed_in")
        @SQLRestriction("is_lost = false")
        @OrderBy("id")
        List<Book> placed = new ArrayList<>();

        @ManyToMany
        @JoinTable(name = "Shared")
        @OrderBy("rank")
        List<Book> shared = new ArrayList<>();

        Shelf() {}

        Shelf(long id) {
            this.id = id;
        }

        @Override
        public String toString() {
            Map<String, Long> keys = new TreeMap<>();
            byIsbn.forEach((key, book) -> keys.put(key, book.id));
            return "" + ids(byTitle) + ids(byPlace) + keys + ids(placed) + ids(shared);
        }

        private static List<Long> ids(List<Book> books) {
            return books.stream().map(book -> book.id).toList();
        }
    }

    @Entity(name = "Book")
    @Cacheable
    static class Book {
        @Id
        long id;

        @ManyToOne
        Shelf shelf;

        String title;
        String isbn;
        String note;

        @Column(name = "book_rank")
        long rank;

        @Column(name = "is_lost")
        boolean lost;

        @Embedded
        Place place;

        Book() {}

        Book(long id, Shelf shelf) {
            this.id = id;
            this.shelf = shelf;
            title = "t" + id;
            isbn = "i" + id;
            rank = id;
            place = new Place(id);
        }
    }

    @Embeddable
    static class Place {
        @Column(name = "place_row")
        long row;

        Place() {}

        Place(long row) {
            this.row = row;
        }
    }
}
