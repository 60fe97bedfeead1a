package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that work in a transaction which another one began: they are as old as that, and complete with it. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class SharedSessionsIT {

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    SharedSessionsIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void build() {
        one = CachedFactory.on(backend, Item.class).onPostgres().build();
        one.inTransaction(session -> session.persist(new Item(1, "a", "old")));
        two = one.another(Item.class).build();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static String name(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Item.class, 1L).name());
    }

    private static List<String> names(CachedFactory factory) {
        return factory.fromTransaction(SharedSessionsIT::names);
    }

    /** Another query of the same tables. */
    private static void codes(CachedFactory factory) {
        factory.inTransaction(session -> session.createQuery("select code from Item", String.class)
                .setCacheable(true)
                .list());
    }

    private static List<String> names(Session session) {
        return session.createQuery("select name from Item", String.class)
                .setCacheable(true)
                .list();
    }

    private static Session child(Session parent) {
        return parent.sessionWithOptions().connection().openSession();
    }

    @Test
    void whatAChildWritesIsSeenWhenItsParentCommits() {
        assertThat(name(two)).isEqualTo("old");
        assertThat(names(two)).containsExactly("old");
        try (Session parent = one.get().openSession()) {
            parent.beginTransaction();
            try (Session child = child(parent)) {
                child.find(Item.class, 1L).rename("new");
                child.flush();
                assertThat(name(two)).isEqualTo("old");
            }
            parent.getTransaction().commit();
        }
        assertThat(name(two)).isEqualTo("new");
        assertThat(name(one)).isEqualTo("new");
        assertThat(names(two)).containsExactly("new");
        two.statements().clear();
        names(two);
        names(two);
        assertThat(two.statements().all()).as("no table stays locked").hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aChildsLoadIsAsOldAsItsParentsSnapshot() {
        one.get().getCache().evictAllRegions();
        name(one);
        one.get().getCache().evict(Item.class, 1L);
        try (Session parent = one.get().openSession()) {
            parent.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
            parent.beginTransaction();
            parent.createNativeQuery("select count(*) from Item", Long.class).getSingleResult();
            two.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
            two.get().getCache().evict(Item.class, 1L);
            assertThat(name(one)).as("this process learns of the change").isEqualTo("new");
            try (Session child = child(parent)) {
                assertThat(child.find(Item.class, 1L).name()).isEqualTo("old");
            }
            parent.getTransaction().commit();
        }
        assertThat(name(one)).isEqualTo("new");
        assertThat(name(two)).isEqualTo("new");
    }

    @Test
    void aChildsQueryResultIsAsOldAsItsParentsSnapshot() {
        codes(one);
        try (Session parent = one.get().openSession()) {
            parent.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
            parent.beginTransaction();
            parent.createNativeQuery("select count(*) from Item", Long.class).getSingleResult();
            two.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
            codes(one); // this process learns of the change
            try (Session child = child(parent)) {
                assertThat(names(child)).containsExactly("old");
            }
            parent.getTransaction().commit();
        }
        assertThat(names(one)).containsExactly("new");
        assertThat(names(two)).containsExactly("new");
    }

    @Test
    void aQueryResultFromTheApplicationsOwnConnectionIsNotCached() throws SQLException {
        String url = one.get().getProperties().get("hibernate.connection.url").toString();
        codes(one);
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .executeQuery("select count(*) from Item")
                    .close();
            two.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
            codes(one); // this process learns of the change
            SessionFactory factory = one.get();
            try (Session session = factory.withOptions().connection(connection).openSession()) {
                session.beginTransaction();
                assertThat(names(session)).containsExactly("old");
                session.getTransaction().commit();
            }
        }
        assertThat(names(one)).containsExactly("new");
        assertThat(names(two)).containsExactly("new");
    }

    @Test
    void aSessionOnTheApplicationsOwnConnectionFillsNothing() throws SQLException {
        String url = one.get().getProperties().get("hibernate.connection.url").toString();
        one.get().getCache().evict(Item.class, 1L);
        name(one);
        one.get().getCache().evict(Item.class, 1L);
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .executeQuery("select count(*) from Item")
                    .close();
            two.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
            two.get().getCache().evict(Item.class, 1L);
            assertThat(name(one)).as("this process learns of the change").isEqualTo("new");
            SessionFactory factory = one.get();
            try (Session session = factory.withOptions().connection(connection).openSession()) {
                session.beginTransaction();
                assertThat(session.find(Item.class, 1L).name()).isEqualTo("old");
                session.getTransaction().commit();
            }
        }
        assertThat(name(one)).isEqualTo("new");
    }
}
