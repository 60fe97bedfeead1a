package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.WholeSession;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A database was emptied, or made anew, and nobody told the cache: whoever inserts a row ends what is cached under its id.
 */
@ParameterizedClass
@MethodSource("cases")
class LeftBehindIT {

    /** Its version says whether it is new, so that the cache is not asked. */
    @Entity(name = "Named")
    @Cacheable
    @NaturalIdCache
    static class Named {
        @Id
        long id;

        @Version
        Integer version;

        @NaturalId(mutable = true)
        String code;

        String name;

        @ElementCollection
        List<String> tags;

        Named() {}

        Named(long id, String code, String name, String... tags) {
            this.id = id;
            this.code = code;
            this.name = name;
            this.tags = tags.length == 0 ? null : new ArrayList<>(List.of(tags));
        }
    }

    @Entity(name = "Numbered")
    @Cacheable
    static class Numbered {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;

        Numbered() {}

        Numbered(String name) {
            this.name = name;
        }
    }

    private final AccessType strategy;
    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    LeftBehindIT(AccessType strategy, CacheBackend backend) {
        this.strategy = strategy;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return Stream.of(AccessType.values())
                .flatMap(strategy -> Stream.of(CacheBackend.values()).map(b -> Arguments.of(strategy, b)));
    }

    @BeforeEach
    void leaveRowsBehind() {
        one = CachedFactory.on(backend, Named.class, Numbered.class)
                .cacheAll(strategy)
                .build();
        one.inTransaction(session -> {
            session.persist(new Named(1, "a", "old", "x"));
            session.persist(new Named(2, "b", "other", "y"));
            session.persist(new Numbered("old"));
        });
        two = one.another(Named.class, Numbered.class).cacheAll(strategy).build();
        for (int pass = 0; pass < 3; pass++) {
            for (CachedFactory factory : List.of(one, two)) {
                factory.inTransaction(session -> {
                    assertThat(session.find(Named.class, 1L).tags).containsExactly("x");
                    assertThat(session.find(Named.class, 2L).name).isEqualTo("other");
                    assertThat(session.find(Numbered.class, 1L).name).isEqualTo("old");
                });
                assertThat(factory.fromTransaction(LeftBehindIT::idOfA)).isEqualTo(1);
            }
        }
        assertThat(one.get().getCache().contains(Named.class, 1L)).isTrue();
        one.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("delete from Named_tags");
                statement.executeUpdate("delete from Named");
                statement.executeUpdate("truncate table Numbered restart identity");
            }
        }));
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static Long idOfA(Session session) {
        return session.bySimpleNaturalId(Named.class)
                .loadOptional("a")
                .map(named -> named.id)
                .orElse(null);
    }

    private void everybodySees(String name, String... tags) {
        for (int pass = 0; pass < 3; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                factory.inTransaction(session -> {
                    assertThat(session.find(Named.class, 1L).name).isEqualTo(name);
                    assertThat(session.find(Named.class, 1L).tags).containsExactly(tags);
                });
            }
        }
    }

    @Test
    void anInsert() {
        one.inTransaction(session -> session.persist(new Named(1, "a", "new", "z")));
        everybodySees("new", "z");
    }

    @Test
    void anInsertIsSeenByItsOwnTransaction() {
        one.inTransaction(session -> {
            session.persist(new Named(1, "a", "new", "z"));
            session.flush();
            session.clear();
            assertThat(session.find(Named.class, 1L).name).isEqualTo("new");
            assertThat(session.find(Named.class, 1L).tags).containsExactly("z");
        });
        everybodySees("new", "z");
    }

    @Test
    void anInsertWithoutACollection() {
        one.inTransaction(session -> session.persist(new Named(1, "a", "new")));
        everybodySees("new");
    }

    @Test
    void anInsertThatDoesNotFillTheCache() {
        one.inTransaction(session -> {
            WholeSession.uses(session, CacheMode.IGNORE);
            session.persist(new Named(1, "a", "new", "z"));
        });
        everybodySees("new", "z");
    }

    @Test
    void anInsertUnderANaturalIdThatWasAnothers() {
        one.inTransaction(session -> session.persist(new Named(2, "a", "new", "z")));
        for (CachedFactory factory : List.of(two, one)) {
            assertThat(factory.fromTransaction(LeftBehindIT::idOfA)).isEqualTo(2);
        }
    }

    @Test
    void anInsertWhoseIdTheDatabaseMakes() {
        one.inTransaction(session -> session.persist(new Numbered("new")));
        for (CachedFactory factory : List.of(two, one)) {
            String name = factory.fromTransaction(session -> session.find(Numbered.class, 1L).name);
            assertThat(name).isEqualTo("new");
        }
    }

    @Test
    void anInsertThatIsRolledBackTakesNothingAway() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.persist(new Named(2, "b", "new", "z"));
            session.flush();
            session.getTransaction().rollback();
        }
        assertThat(one.get().getCache().contains(Named.class, 2L)).isTrue();
    }
}
