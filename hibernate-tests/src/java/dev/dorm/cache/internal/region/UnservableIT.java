package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToOne;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is cached is true, and Hibernate would make something wrong of it: then it is left to the database. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class UnservableIT {

    private static final Class<?>[] ENTITIES = {Husband.class, Wife.class, Choir.class, Singer.class};

    @Parameter
    CacheBackend backend;

    private CachedFactory one;
    private CachedFactory two;

    @BeforeEach
    void build() {
        one = CachedFactory.on(backend, ENTITIES)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.connection.autocommit", "true")
                .build();
        one.inTransaction(session -> {
            Wife wife = new Wife(7, "Ada");
            session.persist(wife);
            Husband husband = new Husband(1, "old", wife);
            session.persist(husband);
        });
        two = one.another(ENTITIES).cacheAll(AccessType.READ_WRITE).build();
        everybodySees("old", 1L);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private void everybodySees(String name, Long id) {
        for (CachedFactory factory : List.of(two, one, two, one, two, one)) {
            Long found = factory.fromTransaction(session -> {
                Husband husband =
                        session.byNaturalId(Husband.class).using("name", name).load();
                return husband == null ? null : husband.id;
            });
            assertThat(found).as(name).isEqualTo(id);
        }
    }

    @Test
    void anInstanceIsPersistedUnderTheIdOfOneThatIsRemoved() {
        one.inTransaction(session -> {
            Husband old = session.find(Husband.class, 1L);
            session.remove(old);
            session.persist(new Husband(1, "new", session.find(Wife.class, 7L)));
        });
        everybodySees("new", 1L);
        everybodySees("old", null);
    }

    @Test
    void aStatelessSessionFindsTheOtherSideOfAOneToOne() {
        two.fromTransaction(session -> session.find(Wife.class, 7L).husband.id);
        try (StatelessSession session = two.get().openStatelessSession()) {
            for (int pass = 0; pass < 2; pass++) {
                Wife wife = session.get(Wife.class, 7L);
                assertThat(wife.husband).isNotNull();
            }
        }
    }

    @Test
    void aStatelessSessionFetchesACollectionThatIsCached() {
        one.inTransaction(session -> {
            Choir choir = new Choir();
            choir.singers.add(new Singer());
            session.persist(choir);
        });
        for (int pass = 0; pass < 3; pass++) {
            two.fromTransaction(UnservableIT::singers);
        }
        assertThatCache(two).readsWithoutSql(UnservableIT::singers);
        try (StatelessSession session = two.get().openStatelessSession()) {
            Choir choir = session.get(Choir.class, 1L);
            session.fetch(choir.singers);
            assertThat(choir.singers).hasSize(1);
        }
    }

    private static int singers(Session session) {
        return session.find(Choir.class, 1L).singers.size();
    }

    static Stream<Named<Consumer<StatelessSession>>> renames() {
        return Stream.of(
                Named.of("update", session -> session.update(new Husband(1, "new", new Wife(7, "Ada")))),
                Named.of("upsert", session -> session.upsert(new Husband(1, "new", new Wife(7, "Ada")))),
                Named.of("delete and insert", session -> {
                    session.delete(new Husband(1, "whoever", null));
                    session.insert(new Husband(1, "new", new Wife(7, "Ada")));
                }));
    }

    @ParameterizedTest
    @MethodSource("renames")
    void aNaturalIdThatAStatelessSessionChanges(Consumer<StatelessSession> rename) {
        assumeTrue(!Version.getVersionString().startsWith("6."), "6.6 tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.beginTransaction();
            rename.accept(session);
            session.getTransaction().commit();
        }
        everybodySees("old", null);
        everybodySees("new", 1L);
        two.statements().clear();
        everybodySees("new", 1L);
        assertThat(two.statements().all()).as("the new one is cached").noneMatch(sql -> sql.contains(".name=?"));
    }

    @ParameterizedTest
    @MethodSource("renames")
    void aNaturalIdThatItChangesWithoutATransaction(Consumer<StatelessSession> rename) {
        assumeTrue(!Version.getVersionString().startsWith("6."), "6.6 tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            rename.accept(session);
            everybodySees("old", null);
        }
        everybodySees("new", 1L);
    }

    @Entity(name = "Husband")
    @Cacheable
    @NaturalIdCache
    static class Husband {
        @Id
        long id;

        @NaturalId(mutable = true)
        String name;

        @OneToOne
        Wife wife;

        Husband() {}

        Husband(long id, String name, Wife wife) {
            this.id = id;
            this.name = name;
            this.wife = wife;
        }
    }

    @Entity(name = "Wife")
    @Cacheable
    static class Wife {
        @Id
        long id;

        String name;

        @OneToOne(mappedBy = "wife")
        Husband husband;

        Wife() {}

        Wife(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Choir")
    @Cacheable
    static class Choir {
        @Id
        long id = 1;

        @ManyToMany(cascade = CascadeType.PERSIST)
        Set<Singer> singers = new HashSet<>();
    }

    @Entity(name = "Singer")
    @Cacheable
    static class Singer {
        @Id
        long id = 1;
    }
}
