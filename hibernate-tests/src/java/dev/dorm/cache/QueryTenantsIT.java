package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No tenant is served another's answer. */
class QueryTenantsIT {

    /** Each tenant in a database of its own: statement and parameters are the same for all. */
    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void tenantsWithADatabaseEach(CacheBackend backend) {
        try (CachedFactory factory = CachedFactory.on(backend, Book.class)
                .set("hibernate.hbm2ddl.auto", "none")
                .set("hibernate.multi_tenant_connection_provider", new Databases())
                .build()) {
            List<Function<Session, Object>> questions = List.of(
                    session -> session.createQuery("select title from Book", String.class)
                            .setCacheable(true)
                            .list(),
                    session -> session.createQuery("select title from Book where id = :id", String.class)
                            .setParameter("id", 1L)
                            .setCacheable(true)
                            .list(),
                    session -> session.createNativeQuery("select title from Book", String.class)
                            .addSynchronizedEntityClass(Book.class)
                            .setCacheable(true)
                            .list());
            for (String tenant : List.of("alice", "bob")) {
                as(factory, tenant, session -> {
                    session.doWork(connection -> {
                        try (var statement = connection.createStatement()) {
                            statement.execute("create table Book (id bigint primary key, title varchar)");
                        }
                    });
                    session.persist(new Book(1, "of " + tenant));
                    return null;
                });
            }
            for (int pass = 0; pass < 2; pass++) {
                factory.statements().clear();
                for (String tenant : List.of("alice", "bob")) {
                    for (Function<Session, Object> question : questions) {
                        assertThat(as(factory, tenant, question)).isEqualTo(List.of("of " + tenant));
                    }
                }
                assertThatCache(factory).statements(pass == 0 ? 6 : 0);
            }
        }
    }

    private static Object as(CachedFactory factory, String tenant, Function<Session, Object> work) {
        SessionFactory sessions = factory.get();
        try (Session session =
                sessions.withOptions().tenantIdentifier((Object) tenant).openSession()) {
            session.beginTransaction();
            Object result = work.apply(session);
            session.getTransaction().commit();
            return result;
        }
    }

    /** Connects each tenant to a database of its own. */
    static final class Databases implements MultiTenantConnectionProvider<Object> {

        private static final long serialVersionUID = 1L;

        private final String name = "jdbc:h2:mem:" + UUID.randomUUID() + "-";
        private final transient Map<Object, String> urls = new TreeMap<>();

        @Override
        public Connection getAnyConnection() throws SQLException {
            return getConnection("any");
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(Object tenant) throws SQLException {
            return DriverManager.getConnection(urls.computeIfAbsent(tenant, t -> name + t + ";DB_CLOSE_DELAY=-1"));
        }

        @Override
        public void releaseConnection(Object tenant, Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public boolean supportsAggressiveRelease() {
            return false;
        }

        @Override
        public boolean isUnwrappableAs(Class<?> type) {
            return false;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException(type.getName());
        }
    }
}
