package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With {@code hibernate.cache.auto_evict_collection_cache}, an element that says whose it is evicts its owner's cached
 * collection, which nobody touched: for everybody, and against a reader whose snapshot is older.
 */
@ParameterizedClass
@MethodSource("cases")
class AutoEvictedCollectionsIT {

    private final AccessType strategy;
    private final CacheBackend backend;
    private CachedFactory writing;
    private CachedFactory reading;

    AutoEvictedCollectionsIT(AccessType strategy, CacheBackend backend) {
        this.strategy = strategy;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return Stream.of(AccessType.READ_WRITE, AccessType.TRANSACTIONAL, AccessType.NONSTRICT_READ_WRITE)
                .flatMap(strategy -> Stream.of(CacheBackend.values()).map(b -> Arguments.of(strategy, b)));
    }

    private void build(boolean evicting) {
        writing = CachedFactory.on(backend, Shelf.class, Volume.class)
                .onPostgres()
                .cacheAll(strategy)
                .set("hibernate.cache.auto_evict_collection_cache", evicting)
                .build();
        writing.inTransaction(session -> {
            Shelf full = new Shelf(1);
            session.persist(full);
            session.persist(new Shelf(2));
            session.persist(new Volume(1, full));
            session.persist(new Volume(2, full));
        });
        reading = writing.another(Shelf.class, Volume.class).cacheAll(strategy).build();
        for (CachedFactory factory : List.of(writing, reading, writing, reading)) {
            assertThat(volumes(factory)).isEqualTo("[1, 2][]");
        }
    }

    @AfterEach
    void close() {
        reading.close();
        writing.close();
    }

    private static String volumes(CachedFactory factory) {
        return factory.fromTransaction(AutoEvictedCollectionsIT::volumes);
    }

    private static String volumes(Session session) {
        return session.find(Shelf.class, 1L).volumes() + ""
                + session.find(Shelf.class, 2L).volumes();
    }

    /** Changes an element while an old reader looks on, and looks at both collections then. */
    private void shows(String expected, Consumer<Session> change) {
        build(true);
        try (Session old = reading.get().openSession()) {
            old.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
            old.beginTransaction();
            old.createNativeQuery("select count(*) from Volume", Long.class).getSingleResult();
            writing.inTransaction(change::accept);
            volumes(old);
            old.getTransaction().commit();
        }
        for (CachedFactory factory : List.of(reading, writing, reading, writing, reading, writing)) {
            assertThat(volumes(factory)).isEqualTo(expected);
        }
        reading.statements().clear();
        volumes(reading);
        assertThat(reading.statements().all()).as("it is cached again").isEmpty();
    }

    @Test
    void anElementThatIsAdded() {
        shows("[1, 2, 3][]", session -> session.persist(new Volume(3, session.getReference(Shelf.class, 1L))));
    }

    @Test
    void anElementThatIsRemoved() {
        shows("[1][]", session -> session.remove(session.find(Volume.class, 2L)));
    }

    @Test
    void anElementThatMoves() {
        shows("[1][2]", session -> session.find(Volume.class, 2L).moveTo(session.getReference(Shelf.class, 2L)));
    }

    @Test
    void anElementThatIsAddedAndRolledBack() {
        build(true);
        try (Session session = writing.get().openSession()) {
            session.beginTransaction();
            session.persist(new Volume(3, session.getReference(Shelf.class, 1L)));
            session.flush();
            assertThat(volumes(session)).isEqualTo("[1, 2, 3][]");
            session.getTransaction().rollback();
        }
        for (CachedFactory factory : List.of(reading, writing, reading, writing, reading, writing)) {
            assertThat(volumes(factory)).isEqualTo("[1, 2][]");
        }
        reading.statements().clear();
        volumes(reading);
        assertThat(reading.statements().all()).as("nothing stays locked").isEmpty();
    }

    @Test
    void withoutTheSettingNobodyIsToldOfTheElement() {
        build(false);
        writing.inTransaction(session -> session.persist(new Volume(3, session.getReference(Shelf.class, 1L))));
        assertThat(volumes(reading)).isEqualTo("[1, 2][]");
    }

    @Entity(name = "Shelf")
    @Cacheable
    static class Shelf {
        @Id
        private long id;

        @OneToMany(mappedBy = "shelf")
        private Set<Volume> volumes = new HashSet<>();

        /** Of a table of its own, so that any volume's change evicts all of the role. */
        @OneToMany
        @JoinTable(name = "Pick")
        private Set<Volume> picks = new HashSet<>();

        Shelf() {}

        Shelf(long id) {
            this.id = id;
        }

        Set<Long> volumes() {
            assertThat(picks).isEmpty();
            Set<Long> ids = new TreeSet<>();
            volumes.forEach(volume -> ids.add(volume.id()));
            return ids;
        }
    }

    @Entity(name = "Volume")
    @Cacheable
    static class Volume {
        @Id
        private long id;

        @ManyToOne
        private Shelf shelf;

        Volume() {}

        Volume(long id, Shelf shelf) {
            this.id = id;
            this.shelf = shelf;
        }

        long id() {
            return id;
        }

        void moveTo(Shelf other) {
            shelf = other;
        }
    }
}
