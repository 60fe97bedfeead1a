package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A write makes the results over its tables stale, in every session factory of the store, and leaves the others. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class QueryInvalidationIT {

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    QueryInvalidationIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void cacheTitlesAndNamesInBoth() {
        one = CachedFactory.on(backend, Book.class, Item.class).build();
        one.inTransaction(session -> {
            session.persist(new Book(1, "Emma"));
            session.persist(new Item(1, "a", "one", "tag"));
        });
        two = one.another(Book.class, Item.class).build();
        for (CachedFactory factory : List.of(one, two, one, two)) {
            assertThat(titles(factory)).containsExactly("Emma");
            assertThat(names(factory)).containsExactly("one");
            assertThat(tags(factory)).isEqualTo(1);
        }
        for (CachedFactory factory : List.of(one, two)) {
            factory.statements().clear();
            titles(factory);
            names(factory);
            tags(factory);
            assertThat(factory.statements().all()).isEmpty();
        }
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static Query<String> titles(Session session) {
        return session.createQuery("select title from Book order by id", String.class)
                .setCacheable(true);
    }

    private static List<String> titles(CachedFactory factory) {
        return factory.fromTransaction(session -> titles(session).list());
    }

    private static List<String> names(CachedFactory factory) {
        return factory.fromTransaction(session -> session.createQuery("select name from Item order by id", String.class)
                .setCacheable(true)
                .list());
    }

    private static long tags(CachedFactory factory) {
        return factory.fromTransaction(
                session -> session.createQuery("select count(*) from Item i join i.tags t", Long.class)
                        .setCacheable(true)
                        .getSingleResult());
    }

    /** Says that a write shows at once in the titles of both factories, and whether the names are served on. */
    private void staleTitles(String now, boolean namesStay, Consumer<Session> write) {
        one.inTransaction(write);
        for (CachedFactory factory : List.of(two, one)) {
            assertThat(titles(factory)).containsExactly(now);
            factory.statements().clear();
            assertThat(names(factory)).containsExactly("one");
            assertThat(factory.statements().all()).hasSize(namesStay || factory == one ? 0 : 1);
        }
        for (CachedFactory factory : List.of(one, two)) {
            titles(factory);
            factory.statements().clear();
            assertThat(titles(factory)).containsExactly(now);
            assertThat(factory.statements().all()).as("cached again").isEmpty();
        }
    }

    @SuppressWarnings({"deprecation", "unchecked"}) // the one form that 6.6 and 7.4 share
    private static NativeQuery<Object> sql(Session session, String sql) {
        return session.createNativeQuery(sql);
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static int hql(Session session, String hql) {
        return session.createQuery(hql).executeUpdate();
    }

    @Test
    void byAnEntity() {
        staleTitles("Emma II", true, session -> session.find(Book.class, 1L).retitle("Emma II"));
    }

    @Test
    void byHql() {
        staleTitles("hql", true, session -> hql(session, "update Book set title = 'hql'"));
    }

    @Test
    void byNativeSqlThatNamesItsTables() {
        staleTitles("sql", true, session -> sql(session, "update Book set title = 'sql'")
                .addSynchronizedEntityClass(Book.class)
                .executeUpdate());
    }

    @Test
    void byNativeSqlThatNamesNoTables() {
        staleTitles("sql", false, session -> sql(session, "update Book set title = 'sql'")
                .executeUpdate());
    }

    @Test
    void byADeleteAndAnInsert() {
        one.inTransaction(session -> session.remove(session.find(Book.class, 1L)));
        assertThat(titles(two)).isEmpty();
        assertThat(titles(one)).isEmpty();
        two.inTransaction(session -> session.persist(new Book(2, "Momo")));
        assertThat(titles(one)).containsExactly("Momo");
        assertThat(titles(two)).containsExactly("Momo");
    }

    @Test
    void byAChangeOfACollection() {
        one.inTransaction(session -> session.find(Item.class, 1L).tags().add("more"));
        assertThat(tags(two)).isEqualTo(2);
        assertThat(tags(one)).isEqualTo(2);
        one.statements().clear();
        titles(one);
        assertThat(one.statements().all()).isEmpty();
    }

    @Test
    void byAQueryOutsideATransaction() {
        try (CachedFactory careless = one.another(Book.class, Item.class)
                .set("hibernate.allow_update_outside_transaction", "true")
                .set("hibernate.connection.autocommit", "true")
                .build()) {
            try (Session session = careless.get().openSession()) {
                hql(session, "update Book set title = 'careless'");
            }
        }
        assertThat(titles(two)).containsExactly("careless");
        assertThat(titles(one)).containsExactly("careless");
    }

    @Test
    void whileTheWriterHasNotCommittedOthersSeeTheOldTitles() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.find(Book.class, 1L).retitle("draft");
            session.flush();
            assertThat(titles(two)).containsExactly("Emma");
            assertThat(titles(session).list()).as("its own").containsExactly("draft");
            two.statements().clear();
            titles(two);
            session.getTransaction().commit();
        }
        assertThat(titles(two)).containsExactly("draft");
        assertThat(titles(one)).containsExactly("draft");
    }

    @Test
    void itsOwnUncommittedChangesAreSeenByHqlToo() {
        one.inTransaction(session -> {
            hql(session, "update Book set title = 'hql'");
            assertThat(titles(session).list()).containsExactly("hql");
            hql(session, "update Book set title = 'more'");
            assertThat(titles(session).list()).containsExactly("more");
        });
        assertThat(titles(two)).containsExactly("more");
    }

    @Test
    void aRolledBackTransactionLeavesNothing() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.find(Book.class, 1L).retitle("never");
            session.persist(new Book(2, "never"));
            session.flush();
            assertThat(titles(session).list()).containsExactly("never", "never");
            session.createQuery("select count(*) from Book", Long.class)
                    .setCacheable(true)
                    .getSingleResult();
            session.getTransaction().rollback();
        }
        for (int pass = 0; pass < 2; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                assertThat(titles(factory)).containsExactly("Emma");
                assertThat(factory.<Long>fromTransaction(
                                session -> session.createQuery("select count(*) from Book", Long.class)
                                        .setCacheable(true)
                                        .getSingleResult()))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aResultOlderThanAWriteIsNotCachedAfterIt() {
        try (Session reader = two.get().openSession()) {
            reader.beginTransaction();
            one.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            titles(reader).list();
            reader.getTransaction().commit();
        }
        assertThat(titles(two)).containsExactly("new");
        assertThat(titles(one)).containsExactly("new");
    }

    @Test
    void aBumpOfTheModelVersionMakesItsResultsStale() {
        one.cache().bumpModelVersion(Book.class);
        two.statements().clear();
        titles(two);
        names(two);
        assertThat(two.statements().all()).singleElement().asString().contains("Book");
    }

    private static long both(CachedFactory factory) {
        return factory.fromTransaction(
                session -> session.createQuery("select count(*) from Book b, Item i where b.id = i.id", Long.class)
                        .setCacheable(true)
                        .getSingleResult());
    }

    @Test
    void aWriteToOneOfItsTablesIsEnough() {
        for (CachedFactory factory : List.of(one, two, one, two)) {
            assertThat(both(factory)).isEqualTo(1);
        }
        one.inTransaction(session -> hql(session, "update Item set name = 'two'"));
        for (CachedFactory factory : List.of(two, one)) {
            factory.statements().clear();
            titles(factory);
            assertThat(factory.statements().all()).as("over the other table").isEmpty();
        }
        two.statements().clear();
        both(two);
        assertThat(two.statements().all()).as("over both").hasSize(1);
    }

    /** A rolled back bulk write, by HQL and by SQL that names its tables. */
    @Test
    void aRolledBackBulkWriteLeavesNothing() {
        for (Consumer<Session> write :
                List.<Consumer<Session>>of(session -> hql(session, "update Book set title = 'never'"), session -> sql(
                                session, "update Book set title = 'never'")
                        .addSynchronizedEntityClass(Book.class)
                        .executeUpdate())) {
            try (Session session = one.get().openSession()) {
                session.beginTransaction();
                write.accept(session);
                assertThat(titles(session).list()).containsExactly("never");
                two.statements().clear();
                assertThat(names(two)).containsExactly("one");
                assertThat(two.statements().all()).as("over another table").isEmpty();
                session.getTransaction().rollback();
            }
            for (CachedFactory factory : List.of(two, one, two, one)) {
                assertThat(titles(factory)).containsExactly("Emma");
            }
        }
    }

    /** {@code OutputsImpl} gives a procedure's result set no key for the query cache. */
    @Test
    void theResultOfAProcedureIsNeverCachedByHibernate() {
        one.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("create alias titles for '" + Procedures.class.getName() + ".titles'");
            }
        }));
        one.statistics().clear();
        for (String title : List.of("Emma", "Emma II")) {
            List<?> found = one.fromTransaction(session -> session.createStoredProcedureQuery("titles")
                    .setHint("org.hibernate.cacheable", true)
                    .getResultList());
            assertThat(found).hasToString("[" + title + "]");
            // Behind Hibernate's back: a cached result would be served on.
            one.inTransaction(session -> session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("update Book set title = 'Emma II'");
                }
            }));
        }
        assertThat(one.statistics().getQueryCachePutCount()).isZero();
    }

    /** What H2 calls. */
    public static final class Procedures {

        private Procedures() {}

        /**
         * Selects all titles.
         *
         * @param connection given by H2
         * @return the titles
         * @throws SQLException never here
         */
        public static ResultSet titles(Connection connection) throws SQLException {
            return connection.createStatement().executeQuery("select title from Book");
        }
    }
}
