package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The least that a cache must do, on every backend. */
class SmokeIT {

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void servesEntitiesCollectionsNaturalIdsAndQueriesWithoutSql(CacheBackend backend) {
        try (CachedFactory factory = CachedFactory.on(backend, Person.class).build()) {
            factory.inTransaction(session -> {
                Person ann = new Person();
                ann.id = 1L;
                ann.email = "ann@example.org";
                ann.name = "Ann";
                ann.tags.add("x");
                session.persist(ann);
            });
            factory.inTransaction(session -> Hibernate.initialize(session.find(Person.class, 1L).tags));
            factory.inTransaction(session -> session.createQuery("from Person", Person.class)
                    .setCacheable(true)
                    .list());

            Person read = assertThatCache(factory).readsWithoutSql(session -> {
                Person found = session.find(Person.class, 1L);
                assertThat(found.tags).containsExactly("x");
                return found;
            });
            Person resolved = assertThatCache(factory)
                    .readsWithoutSql(
                            session -> session.bySimpleNaturalId(Person.class).load("ann@example.org"));
            List<Person> listed = assertThatCache(factory).readsWithoutSql(SmokeIT::list);
            assertThat(List.of(read.name, resolved.name, listed.get(0).name)).containsOnly("Ann");

            factory.inTransaction(session -> session.find(Person.class, 1L).name = "Bob");
            Person updated = assertThatCache(factory).readsWithoutSql(session -> session.find(Person.class, 1L));
            assertThat(updated.name).isEqualTo("Bob");
        }
    }

    private static List<Person> list(Session session) {
        return session.createQuery("from Person", Person.class)
                .setCacheable(true)
                .list();
    }

    @Entity(name = "Person")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    @NaturalIdCache
    static class Person {
        @Id
        Long id;

        @NaturalId
        String email;

        String name;

        @Version
        int version;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> tags = new ArrayList<>();
    }
}
