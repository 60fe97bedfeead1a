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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What no tenant owns is cached once for all of them, so that a change by one is seen by the others. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class SharedByTenantsIT {

    @Entity(name = "Country")
    @Cacheable
    @NaturalIdCache
    static class Country {
        @Id
        long id;

        @NaturalId(mutable = true)
        String code;

        @ElementCollection
        List<String> towns = new ArrayList<>();

        Country() {}

        Country(long id, String code, String town) {
            this.id = id;
            this.code = code;
            towns.add(town);
        }
    }

    @Entity(name = "Office")
    @Cacheable
    static class Office {
        @Id
        long id;

        @TenantId
        String tenant;
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    SharedByTenantsIT(CacheBackend backend) {
        this.backend = backend;
    }

    private void build(Class<?>... entities) {
        factory = CachedFactory.on(backend, entities)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        as("alice", session -> {
            session.persist(new Country(1, "old", "old town"));
            return null;
        });
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

    /** The row, its collection, and which row has a natural id. */
    private List<String> seenBy(String tenant, String code) {
        return as(tenant, session -> {
            Country country = session.find(Country.class, 1L);
            List<String> seen = new ArrayList<>(List.of(country.code, country.towns.toString()));
            session.clear();
            Country named = session.bySimpleNaturalId(Country.class).load(code);
            seen.add(named == null ? "none" : named.code);
            return seen;
        });
    }

    @Test
    void aChangeByOneTenantIsSeenByTheOthers() {
        build(Country.class, Office.class);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(seenBy("alice", "old")).containsExactly("old", "[old town]", "old");
            assertThat(seenBy("bob", "old")).containsExactly("old", "[old town]", "old");
        }
        as("alice", session -> {
            Country country = session.find(Country.class, 1L);
            country.code = "new";
            country.towns.set(0, "new town");
            return null;
        });
        assertThat(seenBy("bob", "old")).containsExactly("new", "[new town]", "none");
        assertThat(seenBy("bob", "new")).containsExactly("new", "[new town]", "new");
    }

    @Test
    void whatOneTenantHasLoadedIsAHitForTheOthers() {
        build(Country.class, Office.class);
        seenBy("alice", "old");
        seenBy("alice", "old");
        factory.statements().clear();
        assertThat(seenBy("bob", "old")).containsExactly("old", "[old town]", "old");
        assertThat(factory.statements().all()).isEmpty();
    }

    @Test
    void whereNoEntityNamesItsTenantNobodySaysWhichRowsAreTheSame() {
        factory = CachedFactory.on(backend, Alone.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        as("alice", session -> {
            session.persist(new Alone());
            return null;
        });
        as("alice", session -> session.find(Alone.class, 1L));
        factory.statements().clear();
        as("bob", session -> session.find(Alone.class, 1L));
        assertThat(factory.statements().all()).isNotEmpty();
    }

    @Entity(name = "Alone")
    @Cacheable
    static class Alone {
        @Id
        long id = 1;
    }
}
