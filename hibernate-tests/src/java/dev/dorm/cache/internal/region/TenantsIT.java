package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.TenantId;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One tenant never sees another's row, collection, natural id or query result. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class TenantsIT {

    @Entity(name = "Note")
    @Cacheable
    @NaturalIdCache
    static class Note {
        @Id
        long id;

        @TenantId
        String tenant;

        @NaturalId
        String code;

        String text;

        @ElementCollection
        List<String> tags = new ArrayList<>();

        Note() {}

        Note(long id, String code, String text, String... tags) {
            this.id = id;
            this.code = code;
            this.text = text;
            this.tags.addAll(List.of(tags));
        }
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    TenantsIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void aliceHasANote() {
        factory = CachedFactory.on(backend, Note.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.hbm2ddl.auto", "none")
                .build();
        // Hibernate would make the natural id unique over all tenants.
        as("nobody", session -> {
            session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute(
                            "create table Note (id bigint primary key, tenant varchar, code varchar, text varchar)");
                    statement.execute("create table Note_tags (Note_id bigint, tags varchar)");
                }
            });
            return null;
        });
        as("alice", session -> {
            session.persist(new Note(1, "code", "alice's", "a"));
            return null;
        });
        for (int pass = 0; pass < 2; pass++) {
            assertThat(as("alice", TenantsIT::everything)).containsExactly("alice's", "[a]", "alice's", "[alice's]");
        }
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private <T> T as(String tenant, Function<Session, T> work) {
        SessionFactory sessions = factory.get();
        try (Session session =
                sessions.withOptions().tenantIdentifier((Object) tenant).openSession()) {
            session.beginTransaction();
            T result = work.apply(session);
            session.getTransaction().commit();
            return result;
        }
    }

    /** The row, its collection, the row by its natural id, and a query's result, each asked for by itself. */
    private static List<String> everything(Session session) {
        List<String> seen = new ArrayList<>();
        Note note = session.find(Note.class, 1L);
        seen.add(note == null ? "none" : note.text);
        seen.add(note == null ? "none" : List.copyOf(note.tags).toString());
        session.clear();
        Note byCode = session.bySimpleNaturalId(Note.class).load("code");
        seen.add(byCode == null ? "none" : byCode.text);
        session.clear();
        seen.add(session.createQuery("select text from Note", String.class)
                .setCacheable(true)
                .list()
                .toString());
        return seen;
    }

    @Test
    void anotherSeesNothingOfIt() {
        for (int pass = 0; pass < 2; pass++) {
            assertThat(as("bob", TenantsIT::everything)).containsExactly("none", "none", "none", "[]");
        }
        factory.statements().clear();
        assertThat(as("alice", TenantsIT::everything)).containsExactly("alice's", "[a]", "alice's", "[alice's]");
        assertThat(factory.statements().all()).isEmpty();
    }

    @Test
    void eachHasItsOwn() {
        as("bob", session -> {
            session.persist(new Note(2, "code", "bob's", "b"));
            return null;
        });
        for (int pass = 0; pass < 2; pass++) {
            assertThat(as("alice", TenantsIT::everything)).containsExactly("alice's", "[a]", "alice's", "[alice's]");
            assertThat(as("bob", TenantsIT::everything)).containsExactly("none", "none", "bob's", "[bob's]");
        }
    }

    @Test
    void evictingRemovesItForItsTenant() {
        factory.get().getCache().evictEntityData(Note.class);
        factory.statements().clear();
        as("alice", session -> session.find(Note.class, 1L));
        assertThat(factory.statements().all()).isNotEmpty();
    }
}
