package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.WholeSession;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a transaction does to a row, the cache shows afterwards what it committed, and nothing before. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class TransactionsIT {

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    TransactionsIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void cacheInBoth() {
        one = CachedFactory.on(backend, Item.class, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        one.inTransaction(session -> {
            session.persist(new Item(1, "a", "old", "x"));
            session.persist(new Book(1, "Emma"));
        });
        two = one.another(Item.class, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        everybodySees("old", "x");
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private void everybodySees(String name, String... tags) {
        for (int pass = 0; pass < 2; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                factory.inTransaction(session -> {
                    Item item = session.find(Item.class, 1L);
                    assertThat(item == null ? null : item.name()).isEqualTo(name);
                    assertThat(item == null ? List.of() : List.copyOf(item.tags()))
                            .isEqualTo(List.of(tags));
                });
                Item byCode = factory.fromTransaction(
                        session -> session.bySimpleNaturalId(Item.class).load("a"));
                assertThat(byCode == null ? null : byCode.name()).isEqualTo(name);
            }
        }
    }

    private void rolledBack(Consumer<Session> work) {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().rollback();
        }
    }

    private static Item item(Session session) {
        return session.find(Item.class, 1L);
    }

    @Test
    void insertedThenUpdated() {
        one.inTransaction(session -> {
            Book book = new Book(2, "draft");
            session.persist(book);
            session.flush();
            book.retitle("final");
        });
        for (CachedFactory factory : List.of(two, one)) {
            Book book = factory.fromTransaction(session -> session.find(Book.class, 2L));
            assertThat(book.title()).isEqualTo("final");
        }
    }

    @Test
    void insertedThenDeleted() {
        one.inTransaction(session -> {
            Book book = new Book(2, "never");
            session.persist(book);
            session.flush();
            session.remove(book);
        });
        for (CachedFactory factory : List.of(two, one)) {
            assertThat(factory.<Book>fromTransaction(session -> session.find(Book.class, 2L)))
                    .isNull();
        }
    }

    @Test
    void deletedThenInserted() {
        one.inTransaction(session -> {
            session.remove(item(session));
            session.flush();
            session.persist(new Item(1, "a", "new", "y"));
        });
        everybodySees("new", "y");
    }

    @Test
    void deletedThenInsertedThenRolledBack() {
        rolledBack(session -> {
            session.remove(item(session));
            session.flush();
            session.persist(new Item(1, "a", "new", "y"));
            session.flush();
        });
        everybodySees("old", "x");
    }

    @Test
    void updatedTwice() {
        one.inTransaction(session -> {
            item(session).rename("first");
            session.flush();
            item(session).rename("second");
            session.flush();
            item(session).tags().add("y");
        });
        everybodySees("second", "x", "y");
    }

    @Test
    void updatedAndReadAgainThenRolledBack() {
        rolledBack(session -> {
            item(session).rename("never");
            item(session).tags().add("never");
            session.flush();
            session.clear();
            assertThat(item(session).name()).isEqualTo("never");
            assertThat(item(session).tags()).contains("never");
            session.clear();
            assertThat(session.createQuery("from Item", Item.class)
                            .getSingleResult()
                            .name())
                    .isEqualTo("never");
        });
        everybodySees("old", "x");
    }

    @Test
    void insertedAndReadAgainThenRolledBack() {
        rolledBack(session -> {
            session.persist(new Book(2, "never"));
            session.flush();
            session.clear();
            assertThat(session.find(Book.class, 2L).title()).isEqualTo("never");
            session.clear();
            assertThat(session.createQuery("from Book where id = 2", Book.class).list())
                    .hasSize(1);
        });
        for (CachedFactory factory : List.of(two, one)) {
            assertThat(factory.<Book>fromTransaction(session -> session.find(Book.class, 2L)))
                    .isNull();
        }
    }

    @Test
    void deletedInBulkThenInsertedInBulk() {
        one.inTransaction(session -> session.createMutationQuery("delete Item").executeUpdate());
        one.inTransaction(
                session -> session.createMutationQuery("insert into Item (id, code, name) values (1, 'a', 'again')")
                        .executeUpdate());
        everybodySees("again");
    }

    @Test
    void collectionChangedByNativeSql() {
        one.inTransaction(session -> session.createNativeMutationQuery("update Item_tags set tags = 'new'")
                .executeUpdate());
        everybodySees("old", "new");
    }

    @Test
    void changedInBulkAndReadAgainThenRolledBack() {
        rolledBack(session -> {
            session.createMutationQuery("update Item set name = 'never'").executeUpdate();
            assertThat(item(session).name()).isEqualTo("never");
            session.clear();
            assertThat(item(session).name()).isEqualTo("never");
        });
        everybodySees("old", "x");
    }

    @Test
    void changedByNativeSqlAndReadAgainThenRolledBack() {
        rolledBack(session -> {
            session.createNativeMutationQuery("update Item set name = 'never'").executeUpdate();
            assertThat(item(session).name()).isEqualTo("never");
        });
        everybodySees("old", "x");
    }

    @Test
    void changedBehindHibernateAndReadAgainThenRolledBack() {
        one.get().getCache().evictAllRegions();
        rolledBack(session -> {
            session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.executeUpdate("update Item set name = 'never'");
                }
            });
            assertThat(item(session).name()).isEqualTo("never");
        });
        everybodySees("old", "x");
    }

    @Test
    void evictedWhileItIsWritten() {
        one.inTransaction(session -> {
            item(session).rename("new");
            session.flush();
            two.get().getCache().evictAllRegions();
            assertThat(two.<String>fromTransaction(s -> item(s).name())).isEqualTo("old");
            assertThat(two.<String>fromTransaction(s -> item(s).name())).isEqualTo("old");
        });
        everybodySees("new", "x");
    }

    @Test
    void readWhileItIsWritten() {
        try (Session reader = two.get().openSession()) {
            reader.beginTransaction();
            two.get().getCache().evictAllRegions();
            assertThat(item(reader).name()).isEqualTo("old");
            one.inTransaction(session -> item(session).rename("new"));
            reader.getTransaction().commit();
        }
        everybodySees("new", "x");
    }

    @Test
    void withTheCacheIgnoredItsWritesAreSeenAllTheSame() {
        one.inTransaction(session -> {
            WholeSession.uses(session, CacheMode.IGNORE);
            item(session).rename("new");
            item(session).tags().add("y");
        });
        everybodySees("new", "x", "y");
    }

    @Test
    void theSameSessionAfterItsTransaction() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            item(session).rename("first");
            session.getTransaction().commit();
            two.inTransaction(other -> item(other).rename("second"));
            session.clear();
            session.beginTransaction();
            assertThat(item(session).name()).isEqualTo("second");
            item(session).rename("third");
            session.getTransaction().commit();
        }
        everybodySees("third", "x");
        assertThatCache(one).readsWithoutSql(TransactionsIT::item);
    }

    @Test
    void sharedByTwoSessions() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            try (Session child = session.sessionWithOptions().connection().openSession()) {
                item(child).rename("child's");
                child.flush();
            }
            session.getTransaction().commit();
        }
        everybodySees("child's", "x");
    }
}
