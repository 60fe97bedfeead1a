package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.List;
import java.util.UUID;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which session factories of one process share a store in it. */
class SharedStoresIT {

    private static CachedFactory.Builder inProcess(String url) {
        return CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .without("hibernate.cache.dorm.location")
                .set("hibernate.connection.url", url);
    }

    private static String databaseUrl() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    private static void emma(CachedFactory factory) {
        factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
        assertThat(factory.get().getCache().contains(Book.class, 1L)).isTrue();
    }

    @Test
    void theSameDatabaseIsTheSameStore() {
        try (CachedFactory one = inProcess(databaseUrl()).build();
                CachedFactory two =
                        one.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
            emma(one);
            assertThat(two.get().getCache().contains(Book.class, 1L)).isTrue();
            Book served = assertThatCache(two).readsWithoutSql(session -> session.find(Book.class, 1L));
            assertThat(served.title()).isEqualTo("Emma");
            two.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            for (CachedFactory factory : List.of(one, two, one)) {
                Book book = factory.fromTransaction(session -> session.find(Book.class, 1L));
                assertThat(book.title()).isEqualTo("new");
            }
        }
    }

    @Test
    void anotherDatabaseIsAnotherStore() {
        try (CachedFactory one = inProcess(databaseUrl()).build();
                CachedFactory two = inProcess(databaseUrl()).build()) {
            emma(one);
            assertThat(two.get().getCache().contains(Book.class, 1L)).isFalse();
            assertThat(two.<Book>fromTransaction(session -> session.find(Book.class, 1L)))
                    .isNull();
        }
    }

    /** The user decides which schema, and which rows of it, a connection shows. */
    @Test
    void anotherUserOfTheSameDatabaseHasAnotherStore() {
        try (CachedFactory one = inProcess(databaseUrl()).build()) {
            one.inTransaction(session -> session.doWork(
                    connection -> connection.createStatement().execute("create user other password 'other' admin")));
            emma(one);
            try (CachedFactory two = others(one).build();
                    CachedFactory three = others(one).build()) {
                assertThat(two.get().getCache().contains(Book.class, 1L)).isFalse();
                two.fromTransaction(session -> session.find(Book.class, 1L));
                two.fromTransaction(session -> session.find(Book.class, 1L));
                assertThat(three.get().getCache().contains(Book.class, 1L)).isTrue();
            }
            try (CachedFactory asked = others(one)
                            .set("hibernate.cache.dorm.location", "shared")
                            .build();
                    CachedFactory too = one.another(Book.class)
                            .cacheAll(AccessType.READ_WRITE)
                            .set("hibernate.cache.dorm.location", "shared")
                            .build()) {
                asked.fromTransaction(session -> session.find(Book.class, 1L));
                asked.fromTransaction(session -> session.find(Book.class, 1L));
                assertThat(too.get().getCache().contains(Book.class, 1L))
                        .as("sharing is asked for")
                        .isTrue();
            }
        }
    }

    private static CachedFactory.Builder others(CachedFactory one) {
        return one.another(Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.connection.username", "other")
                .set("hibernate.connection.password", "other");
    }

    /**
     * Another schema, by a setting of the mapping, or by what a connection is told when it is opened. Its table is made
     * first, lest what makes it empties the store.
     */
    @ParameterizedTest
    @CsvSource({"hibernate.default_schema, elsewhere", "hibernate.connection.init_sql, set schema elsewhere"})
    void anotherSchemaOfTheSameDatabaseIsAnotherStore(String setting, String value) {
        try (CachedFactory one = inProcess(databaseUrl()).build()) {
            one.inTransaction(session ->
                    session.doWork(connection -> connection.createStatement().execute("create schema elsewhere")));
            CachedFactory.Builder two =
                    one.another(Book.class).cacheAll(AccessType.READ_WRITE).set(setting, value);
            two.set("hibernate.hbm2ddl.auto", "create").build().close();
            emma(one);
            try (CachedFactory elsewhere =
                    two.set("hibernate.hbm2ddl.auto", "none").build()) {
                assertThat(elsewhere.get().getCache().contains(Book.class, 1L)).isFalse();
                assertThat(elsewhere.<Book>fromTransaction(session -> session.find(Book.class, 1L)))
                        .isNull();
                assertThat(one.get().getCache().contains(Book.class, 1L)).isTrue();
            }
        }
    }

    @Test
    void aDatabaseWithoutANameIsNobodyElses() {
        try (CachedFactory one = inProcess("jdbc:h2:mem:").build();
                CachedFactory two = inProcess("jdbc:h2:mem:").build()) {
            emma(one);
            assertThat(two.get().getCache().contains(Book.class, 1L)).isFalse();
            assertThat(two.<Book>fromTransaction(session -> session.find(Book.class, 1L)))
                    .isNull();
        }
    }

    @Test
    void aStoreIsGoneWithItsLastSessionFactory() {
        CachedFactory one = inProcess(databaseUrl()).build();
        CachedFactory.Builder successor = one.another(Book.class).cacheAll(AccessType.READ_WRITE);
        emma(one);
        one.close();
        try (CachedFactory two = successor.build()) {
            assertThat(two.get().getCache().contains(Book.class, 1L)).isFalse();
            Book book = two.fromTransaction(session -> session.find(Book.class, 1L));
            assertThat(book.title()).isEqualTo("Emma");
        }
    }
}
