package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session factory that is closed has left in the store harms no later one, and serves it where it may. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class LeftoversIT {

    /** The same entity name, table and cache region as {@link Book}, and other attributes. */
    @Entity(name = "Book")
    @Cacheable
    @org.hibernate.annotations.Cache(
            usage = org.hibernate.annotations.CacheConcurrencyStrategy.READ_WRITE,
            region = "dev.dorm.cache.testing.Book")
    static class Titled {
        @Id
        long id;

        String title;

        Integer pages;
    }

    private final CacheBackend backend;

    LeftoversIT(CacheBackend backend) {
        this.backend = backend;
    }

    private static String title(Session session) {
        return session.find(Book.class, 1L).title();
    }

    private static List<String> titles(Session session) {
        return session.createQuery("select title from Book", String.class)
                .setCacheable(true)
                .list();
    }

    /** A store in process is gone with its last session factory: this one keeps it. */
    private CachedFactory keeper() {
        return CachedFactory.on(backend, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
    }

    @Test
    void theSameMappingIsServedByThem() {
        try (CachedFactory keeper = keeper()) {
            try (CachedFactory closed =
                    keeper.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
                closed.inTransaction(session -> session.persist(new Book(1, "Emma")));
                closed.fromTransaction(LeftoversIT::titles);
                closed.fromTransaction(LeftoversIT::titles);
            }
            try (CachedFactory later =
                    keeper.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
                String title = assertThatCache(later).readsWithoutSql(LeftoversIT::title);
                assertThat(title).isEqualTo("Emma");
                List<String> titles = assertThatCache(later).readsWithoutSql(LeftoversIT::titles);
                assertThat(titles).containsExactly("Emma");
            }
        }
    }

    @Test
    void anotherMappingReadsTheDatabaseAndCachesAgain() {
        try (CachedFactory keeper = keeper()) {
            try (CachedFactory closed =
                    keeper.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
                closed.inTransaction(session -> session.persist(new Book(1, "Emma")));
                closed.inTransaction(session -> session.doWork(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("alter table Book add column pages integer default 474");
                    }
                }));
            }
            try (CachedFactory later = keeper.another(Titled.class).build()) {
                for (int pass = 0; pass < 2; pass++) {
                    Titled read = later.fromTransaction(session -> session.find(Titled.class, 1L));
                    assertThat(read.pages).isEqualTo(474);
                }
                Titled served = assertThatCache(later).readsWithoutSql(session -> session.find(Titled.class, 1L));
                assertThat(List.of(served.title, served.pages)).containsExactly("Emma", 474);
            }
        }
    }

    /** One H2 schema for each tenant. */
    private static final class Schemas implements MultiTenantConnectionProvider<String> {

        private static final long serialVersionUID = 1L;

        private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

        private Schemas(String... schemas) throws SQLException {
            for (String schema : schemas) {
                try (Connection connection = getAnyConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create schema " + schema);
                    statement.execute("create table " + schema + ".Book (id bigint primary key, title varchar)");
                }
            }
        }

        @Override
        public Connection getAnyConnection() throws SQLException {
            return DriverManager.getConnection(url);
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(String tenant) throws SQLException {
            Connection connection = getAnyConnection();
            connection.setSchema(tenant);
            return connection;
        }

        @Override
        public void releaseConnection(String tenant, Connection connection) throws SQLException {
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

    private static <T> T as(CachedFactory factory, String tenant, Function<Session, T> work) {
        SessionFactory sessions = factory.get();
        try (Session session =
                sessions.withOptions().tenantIdentifier((Object) tenant).openSession()) {
            session.beginTransaction();
            T result = work.apply(session);
            session.getTransaction().commit();
            return result;
        }
    }

    private static CachedFactory tenants(CachedFactory keeper, Schemas schemas) {
        return keeper.another(Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .without("hibernate.connection.url")
                .set("hibernate.dialect", "org.hibernate.dialect.H2Dialect")
                .set("hibernate.multi_tenant_connection_provider", schemas)
                .build();
    }

    @Test
    void thoseOfOneTenantsSchemaAreNotAnothers() throws SQLException {
        Schemas schemas = new Schemas("ALICE", "BOB");
        try (CachedFactory keeper = keeper()) {
            try (CachedFactory closed = tenants(keeper, schemas)) {
                for (String tenant : List.of("ALICE", "BOB")) {
                    as(closed, tenant, session -> {
                        session.persist(new Book(1, tenant + "'s"));
                        return null;
                    });
                }
                for (String tenant : List.of("ALICE", "BOB", "ALICE", "BOB")) {
                    as(closed, tenant, LeftoversIT::titles);
                }
            }
            try (CachedFactory later = tenants(keeper, schemas)) {
                later.statements().clear();
                for (String tenant : List.of("BOB", "ALICE", "BOB")) {
                    assertThat(as(later, tenant, LeftoversIT::title)).isEqualTo(tenant + "'s");
                    assertThat(as(later, tenant, LeftoversIT::titles)).containsExactly(tenant + "'s");
                }
                assertThatCache(later).statements(0);
                as(later, "ALICE", session -> {
                    session.find(Book.class, 1L).retitle("new");
                    return null;
                });
                assertThat(as(later, "ALICE", LeftoversIT::title)).isEqualTo("new");
                assertThat(as(later, "BOB", LeftoversIT::title)).isEqualTo("BOB's");
            }
        }
    }
}
