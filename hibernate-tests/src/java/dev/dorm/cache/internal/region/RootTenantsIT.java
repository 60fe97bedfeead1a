package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.annotations.TenantId;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A root tenant's session writes the rows of others, and Hibernate tells the cache before the statement (from 7.4). */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class RootTenantsIT {

    @Entity(name = "Note")
    @Cacheable
    static class Note {
        @Id
        long id;

        @TenantId
        String tenant;

        String text;

        Note() {}

        Note(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    /** Sessions say their tenant themselves. */
    public static final class Tenants implements CurrentTenantIdentifierResolver<String> {

        @Override
        public String resolveCurrentTenantIdentifier() {
            return "alice";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }

        @Override
        public boolean isRoot(String tenant) {
            return tenant.equals("root");
        }
    }

    private final CachedFactory one;
    private final CachedFactory two;

    RootTenantsIT(CacheBackend backend) {
        one = CachedFactory.on(backend, Note.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.connection.autocommit", true)
                .set("hibernate.tenant_identifier_resolver", new Tenants())
                .build();
        two = one.another(Note.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.connection.autocommit", true)
                .set("hibernate.tenant_identifier_resolver", new Tenants())
                .build();
    }

    @BeforeEach
    void aliceHasANote() {
        assumeTrue(
                !Version.getVersionString().matches("(6|7\\.[0-3])\\..*"), "before 7.4 a root tenant tells no cache");
        one.inTransaction(session -> session.persist(new Note(1, "before")));
        assertThat(read()).isEqualTo("before");
        assertThat(read()).isEqualTo("before");
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private String read() {
        return two.fromTransaction((Session session) -> session.find(Note.class, 1L).text);
    }

    /** What others read between the cache's being told and the statement is what the database held before it. */
    @Test
    void aStatementThatCommitsByItself() {
        AtomicInteger asked = new AtomicInteger();
        StatementInspector readsBefore = sql -> {
            if (sql.startsWith("update") && asked.getAndIncrement() == 0) {
                assertThat(read()).isEqualTo("before");
                assertThat(read()).isEqualTo("before");
            }
            return sql;
        };
        SessionFactory sessions = one.get();
        try (StatelessSession session = sessions.withStatelessOptions()
                .tenantIdentifier((Object) "root")
                .statementInspector(readsBefore)
                .openStatelessSession()) {
            Note note = (Note) session.get(Note.class, 1L);
            note.text = "after";
            session.update(note);
        }
        assertThat(asked).hasPositiveValue();
        assertThat(read()).isEqualTo("after");
        assertThat(read()).isEqualTo("after");
    }

    @Test
    void aTransaction() {
        SessionFactory sessions = one.get();
        try (Session session =
                sessions.withOptions().tenantIdentifier((Object) "root").openSession()) {
            session.beginTransaction();
            session.find(Note.class, 1L).text = "after";
            session.flush();
            assertThat(read()).isEqualTo("before");
            session.getTransaction().commit();
        }
        assertThat(read()).isEqualTo("after");
    }
}
