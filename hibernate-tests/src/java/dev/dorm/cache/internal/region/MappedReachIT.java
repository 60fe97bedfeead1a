package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.query.NativeQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the database deletes along ({@code @OnDelete}), and what else is mapped to a table that is written, is not served
 * from before: Hibernate names neither, the mapping does.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class MappedReachIT {

    private static final Class<?>[] ENTITIES = {
        Ship.class, Deck.class, Sundeck.class, Cabin.class, Port.class, PortName.class, Flag.class
    };

    @Parameter
    CacheBackend backend;

    private CachedFactory one;
    private CachedFactory two;

    @BeforeEach
    void build() {
        one = CachedFactory.on(backend, ENTITIES)
                .cacheAll(AccessType.READ_WRITE)
                .map(metadata -> metadata.getEntityBinding(Ship.class.getName())
                        .getRootClass()
                        .setCached(false))
                .set("hibernate.connection.autocommit", "true")
                .build();
        one.inTransaction(session -> {
            for (long id = 1; id <= 2; id++) {
                Ship ship = new Ship(id);
                session.persist(ship);
                Sundeck deck = new Sundeck(id, ship);
                session.persist(deck);
                session.persist(new Cabin(id, deck));
                session.persist(new Port(id, "port " + id));
            }
            session.persist(new Flag(1, session.find(Ship.class, 1L)));
        });
        two = one.another(ENTITIES).cacheAll(AccessType.READ_WRITE).build();
        everybodySees(CHILDREN, "sundeck 1 [d1] true [] cabin 1 2 2 2 ship");
        everybodySees(PORT, "port 1 port 1 true 1 [tag 1]");
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    /** All that hangs on the first ship: rows, a collection of theirs, a natural id, joined tables, results, and a flag. */
    private static final Function<Session, String> CHILDREN = session -> {
        Deck deck = session.find(Deck.class, 1L);
        Cabin cabin = session.find(Cabin.class, 1L);
        Flag flag = session.find(Flag.class, 1L);
        return (deck == null ? "none" : deck.name + " " + new TreeSet<>(deck.doors)) + " "
                + (session.byNaturalId(Deck.class).using("name", "sundeck 1").load() != null)
                + " " + (deck == null ? "" : "[]")
                + " " + (cabin == null ? "none" : "cabin " + cabin.id)
                + " " + count(session, "Deck")
                + " " + count(session, "Sundeck")
                + " " + count(session, "Cabin")
                + " " + (flag.ship == null ? "none" : "ship");
    };

    private static final Function<Session, String> PORT = session -> {
        Port port = session.find(Port.class, 1L);
        PortName name = session.find(PortName.class, 1L);
        return (port == null ? "none" : port.name) + " " + (name == null ? "none" : name.name) + " "
                + (session.byNaturalId(PortName.class).using("name", "port 1").load() != null)
                + " "
                + session.createQuery("select count(*) from PortName where name like 'port 1%'", Long.class)
                        .setCacheable(true)
                        .getSingleResult()
                + " " + (port == null ? "[]" : new TreeSet<>(port.tags));
    };

    private static Long count(Session session, String entity) {
        return session.createQuery("select count(*) from " + entity, Long.class)
                .setCacheable(true)
                .getSingleResult();
    }

    private void everybodySees(Function<Session, String> what, String expected) {
        for (int pass = 0; pass < 3; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                assertThat(factory.<String>fromTransaction(what::apply)).isEqualTo(expected);
            }
        }
    }

    private static final String GONE = "none false  none 1 1 1 none";

    static Stream<Named<Consumer<Session>>> deletes() {
        return Stream.of(
                Named.of("remove", session -> session.remove(session.find(Ship.class, 1L))),
                Named.of("HQL", session -> session.createMutationQuery("delete from Ship where id = 1")
                        .executeUpdate()),
                Named.of("SQL", MappedReachIT::deleteBySql));
    }

    @SuppressWarnings({"deprecation", "unchecked"}) // the one form that 6.6 and 7.4 share
    private static void deleteBySql(Session session) {
        NativeQuery<Object> delete = session.createNativeQuery("delete from Ship where id = 1");
        delete.addSynchronizedEntityClass(Ship.class).executeUpdate();
    }

    @ParameterizedTest
    @MethodSource("deletes")
    void whatTheDatabaseDeletesAlong(Consumer<Session> delete) {
        one.inTransaction(session -> {
            delete.accept(session);
            session.flush();
            // Whoever looks before the commit caches what is about to go.
            everybodyLooks();
        });
        everybodySees(CHILDREN, GONE);
        one.inTransaction(session -> {
            session.persist(new Ship(1));
            session.persist(new Sundeck(1, session.find(Ship.class, 1L)));
        });
        everybodySees(CHILDREN, "sundeck 1 [d1] true [] none 2 2 1 none");
    }

    private void everybodyLooks() {
        for (int pass = 0; pass < 2; pass++) {
            two.fromTransaction(CHILDREN::apply);
        }
    }

    @Test
    void whatTheDatabaseDeletesAlongForAStatelessSession() {
        assumeTrue(!Version.getVersionString().matches("(6|7\\.[01])\\..*"), "before 7.2 it tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.delete(new Ship(1));
        }
        everybodySees(CHILDREN, GONE);
    }

    @Test
    void aRollbackLeavesAllAsItWas() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.remove(session.find(Ship.class, 1L));
            session.flush();
            session.getTransaction().rollback();
        }
        everybodySees(CHILDREN, "sundeck 1 [d1] true [] cabin 1 2 2 2 ship");
        assertThatCache(two).readsWithoutSql(session -> session.find(Cabin.class, 1L));
    }

    static Stream<Named<Consumer<Session>>> changes() {
        return Stream.of(
                Named.of("an update", session -> session.find(Port.class, 1L).name = "port 1b"),
                Named.of("HQL", session -> session.createMutationQuery("update Port set name = 'port 1b' where id = 1")
                        .executeUpdate()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anotherEntityOfTheTable(Consumer<Session> change) {
        one.inTransaction(change::accept);
        everybodySees(PORT, "port 1b port 1b false 1 [tag 1]");
        one.inTransaction(session -> session.find(PortName.class, 1L).name = "port 1");
        everybodySees(PORT, "port 1 port 1 true 1 [tag 1]");
        assertThatCache(two).readsWithoutSql(session -> session.find(PortName.class, 1L));
    }

    @Test
    void bothEntitiesOfTheTableInOneTransaction() {
        one.inTransaction(session -> {
            session.find(PortName.class, 1L).size = 7;
            session.flush();
            session.find(Port.class, 1L).name = "port 1b";
        });
        everybodySees(PORT, "port 1b port 1b false 1 [tag 1]");
    }

    @Test
    void anEntityOfTheTableThatIsRemoved() {
        one.inTransaction(session -> session.remove(session.find(Port.class, 1L)));
        everybodySees(PORT, "none none false 0 []");
    }

    @Test
    void anotherRowStaysCached() {
        two.fromTransaction(session -> session.find(PortName.class, 2L));
        two.fromTransaction(session -> session.find(PortName.class, 2L));
        one.inTransaction(session -> session.find(Port.class, 1L).name = "port 1b");
        assertThatCache(two).readsWithoutSql(session -> session.find(PortName.class, 2L));
    }

    @Entity(name = "Ship")
    static class Ship {
        @Id
        long id;

        @OneToMany(mappedBy = "ship")
        Set<Deck> decks;

        Ship() {}

        Ship(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Deck")
    @Cacheable
    @Inheritance(strategy = InheritanceType.JOINED)
    @NaturalIdCache
    static class Deck {
        @Id
        long id;

        @NaturalId
        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        @OnDelete(action = OnDeleteAction.CASCADE)
        Ship ship;

        @ElementCollection
        @CollectionTable(name = "Door")
        @OnDelete(action = OnDeleteAction.CASCADE)
        Set<String> doors;
    }

    @Entity(name = "Sundeck")
    @Cacheable
    @OnDelete(action = OnDeleteAction.CASCADE)
    static class Sundeck extends Deck {
        int chairs;

        Sundeck() {}

        Sundeck(long id, Ship ship) {
            this.id = id;
            this.ship = ship;
            this.name = "sundeck " + id;
            this.doors = Set.of("d" + id);
        }
    }

    @Entity(name = "Cabin")
    static class Cabin {
        @Id
        long id;

        @ManyToOne
        @OnDelete(action = OnDeleteAction.CASCADE)
        Deck deck;

        Cabin() {}

        Cabin(long id, Deck deck) {
            this.id = id;
            this.deck = deck;
        }
    }

    @Entity(name = "Flag")
    static class Flag {
        @Id
        long id;

        @ManyToOne
        @OnDelete(action = OnDeleteAction.SET_NULL)
        Ship ship;

        Flag() {}

        Flag(long id, Ship ship) {
            this.id = id;
            this.ship = ship;
        }
    }

    @Entity(name = "Port")
    @Table(name = "Port")
    static class Port {
        @Id
        long id;

        String name;

        @ElementCollection
        @OnDelete(action = OnDeleteAction.CASCADE)
        Set<String> tags;

        Port() {}

        Port(long id, String name) {
            this.id = id;
            this.name = name;
            this.tags = Set.of("tag " + id);
        }
    }

    @Entity(name = "PortName")
    @Table(name = "Port")
    @NaturalIdCache
    static class PortName {
        @Id
        long id;

        @NaturalId(mutable = true)
        String name;

        @Column(nullable = true)
        Integer size = 0;
    }
}
