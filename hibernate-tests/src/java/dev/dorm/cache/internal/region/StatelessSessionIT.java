package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stateless session writes is seen by everybody. In Hibernate 6.6 it bypasses the second-level cache: there
 * whoever changes rows through it must evict them, with every cache provider; bulk statements need that nowhere.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class StatelessSessionIT {

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    StatelessSessionIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void cacheABookInBoth() {
        one = CachedFactory.on(backend, Book.class, Jar.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.connection.autocommit", "true")
                .build();
        one.inTransaction(session -> session.persist(new Book(1, "Emma")));
        two = one.another(Book.class, Jar.class).cacheAll(AccessType.READ_WRITE).build();
        Book cached = assertThatCache(two).readsWithoutSql(session -> session.find(Book.class, 1L));
        assertThat(cached.title()).isEqualTo("Emma");
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static boolean bypasses() {
        return Version.getVersionString().startsWith("6.");
    }

    private void stateless(Consumer<StatelessSession> work) {
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().commit();
        }
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> {
            Book book = session.find(Book.class, 1L);
            return book == null ? null : book.title();
        });
    }

    private void everybodySees(String title) {
        for (int pass = 0; pass < 2; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                assertThat(title(factory)).isEqualTo(title);
            }
        }
    }

    @Test
    void whatItUpdates() {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        stateless(session -> session.update(new Book(1, "new")));
        everybodySees("new");
        two.fromTransaction(session -> session.find(Book.class, 1L));
        Book again = assertThatCache(one).readsWithoutSql(session -> session.find(Book.class, 1L));
        assertThat(again.title()).isEqualTo("new");
    }

    static Stream<Named<Consumer<StatelessSession>>> single() {
        return Stream.of(
                Named.of("update", session -> session.update(new Book(1, "new"))),
                Named.of("upsert", session -> session.upsert(new Book(1, "new"))),
                Named.of("delete and insert", session -> {
                    session.delete(new Book(1, "Emma"));
                    session.insert(new Book(1, "new"));
                }),
                Named.of("batch", session -> {
                    session.setJdbcBatchSize(10);
                    session.update(new Book(1, "new"));
                    ((SharedSessionContractImplementor) session)
                            .getJdbcCoordinator()
                            .executeBatch();
                }),
                Named.of("what fails before", session -> {
                    assertThatThrownBy(() -> session.update(new Book(1, "too long".repeat(100))))
                            .isInstanceOf(RuntimeException.class);
                    session.update(new Book(1, "new"));
                }));
    }

    @ParameterizedTest
    @MethodSource("single")
    void whatItWritesWithoutATransaction(Consumer<StatelessSession> write) {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            write.accept(session);
            everybodySees("new");
        }
        everybodySees("new");
        assertThatCache(two).readsWithoutSql(session -> session.find(Book.class, 1L));
        assertThatCache(one).readsWithoutSql(session -> session.find(Book.class, 1L));
    }

    @Test
    void whatItWritesWithoutATransactionIsFreeWhenItIsWritten() {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.update(new Book(1, "new"));
            everybodySees("new");
            assertThatCache(two).readsWithoutSql(other -> other.find(Book.class, 1L));
            session.upsert(new Book(1, "newer"));
            everybodySees("newer");
            assertThatCache(two).readsWithoutSql(other -> other.find(Book.class, 1L));
        }
    }

    /** Where auto-commit is off, the application commits when it likes, be it after the end of the session. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheApplicationCommitsItself(boolean afterTheEnd) throws SQLException {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        try (Connection connection =
                DriverManager.getConnection((String) one.get().getProperties().get("hibernate.connection.url"))) {
            connection.setAutoCommit(false);
            try (StatelessSession session =
                    one.get().withStatelessOptions().connection(connection).openStatelessSession()) {
                session.update(new Book(1, "new"));
                if (!afterTheEnd) {
                    othersLookAndItCommits(connection);
                }
            }
            if (afterTheEnd) {
                othersLookAndItCommits(connection);
            }
        }
        everybodySees("new");
    }

    private void othersLookAndItCommits(Connection connection) throws SQLException {
        for (int pass = 0; pass < 2; pass++) {
            assertThat(title(two)).isEqualTo("Emma");
        }
        connection.commit();
        everybodySees("new");
    }

    /** A collection's statements wait for their batch, also without a transaction. */
    @Test
    void aCollectionThatWaitsForItsBatch() {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        one.inTransaction(session -> session.persist(new Jar(1, "old")));
        for (int pass = 0; pass < 3; pass++) {
            assertThat(labels(two)).isEqualTo("[old]");
        }
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.setJdbcBatchSize(10);
            session.update(new Jar(1, "new"));
            for (int pass = 0; pass < 3; pass++) {
                labels(two);
            }
            ((SharedSessionContractImplementor) session).getJdbcCoordinator().executeBatch();
            assertThat(labels(two)).isEqualTo("[new]");
        }
        one.awaitSettled();
        for (int pass = 0; pass < 3; pass++) {
            assertThat(labels(two)).isEqualTo("[new]");
        }
        assertThatCache(two).readsWithoutSql(StatelessSessionIT::labels);
    }

    private static String labels(CachedFactory factory) {
        return factory.fromTransaction(StatelessSessionIT::labels);
    }

    private static String labels(Session session) {
        return new TreeSet<>(session.find(Jar.class, 1L).labels).toString();
    }

    @Entity(name = "Jar")
    @Cacheable
    static class Jar {
        @Id
        long id;

        @ElementCollection
        Set<String> labels;

        Jar() {}

        Jar(long id, String label) {
            this.id = id;
            this.labels = Set.of(label);
        }
    }

    @Test
    void whatFailsWithoutATransaction() {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            assertThatThrownBy(() -> session.update(new Book(1, "too long".repeat(100))))
                    .isInstanceOf(RuntimeException.class);
        }
        everybodySees("Emma");
        assertThatCache(two).readsWithoutSql(session -> session.find(Book.class, 1L));
    }

    @Test
    void whatItUpdatesWhileAnotherLoads() {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        stateless(session -> {
            session.update(new Book(1, "new"));
            two.get().getCache().evictAllRegions();
            assertThat(title(two)).isEqualTo("Emma");
            assertThat(title(two)).isEqualTo("Emma");
        });
        everybodySees("new");
    }

    @Test
    void whatItDeletes() {
        assumeTrue(!bypasses(), "6.6 tells the cache nothing");
        stateless(session -> session.delete(session.get(Book.class, 1L)));
        everybodySees(null);
    }

    @Test
    void whatItInserts() {
        one.inTransaction(session -> session.remove(session.find(Book.class, 1L)));
        everybodySees(null);
        stateless(session -> session.insert(new Book(1, "again")));
        everybodySees("again");
    }

    @Test
    void nothingOfWhatItRollsBack() {
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.beginTransaction();
            session.update(new Book(1, "never"));
            assertThat(session.get(Book.class, 1L).title()).isEqualTo("never");
            session.getTransaction().rollback();
        }
        everybodySees("Emma");
    }

    @Test
    void whatItUpdatesInBulk() {
        stateless(session ->
                session.createMutationQuery("update Book set title = 'bulk'").executeUpdate());
        everybodySees("bulk");
    }

    @Test
    void whatItUpdatesInBulkWhileAnotherLoads() {
        stateless(session -> {
            session.createMutationQuery("update Book set title = 'bulk'").executeUpdate();
            assertThat(title(two)).isEqualTo("Emma");
            assertThat(title(two)).isEqualTo("Emma");
        });
        everybodySees("bulk");
    }

    @Test
    void whatItUpdatedAndEvicted() {
        stateless(session -> session.update(new Book(1, "new")));
        one.get().getCache().evict(Book.class, 1L);
        everybodySees("new");
    }

    @Test
    void itReadsWhatIsCached() {
        assumeTrue(!bypasses(), "6.6 asks the database");
        one.statements().clear();
        stateless(session -> assertThat(session.get(Book.class, 1L).title()).isEqualTo("Emma"));
        assertThatCache(one).statements(0);
    }
}
