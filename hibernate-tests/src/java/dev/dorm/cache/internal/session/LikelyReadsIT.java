package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.Test;

/** What has mostly been read after a row comes in that row's round trip: lazy collections, the entity of a natural id. */
class LikelyReadsIT extends Aquarium {

    private static final int LEARNING = 6;

    @Test
    void collectionsThatFollowTheirOwnerComeWithIt() {
        try (CachedFactory wrecks = wrecks()) {
            learn(wrecks);
            int trips = trips(() -> wrecks.inTransaction(session -> {
                Wreck wreck = session.find(Wreck.class, 7L);
                // What is read in between does not end the waiting.
                session.find(Wreck.class, 8L);
                assertThat(wreck.names).containsExactly("w7");
            }));
            assertThat(trips).isEqualTo(2);
            assertThat(wrecks.statements().all()).isEmpty();
        }
    }

    @Test
    void collectionsThatNobodyReadsStopComing() {
        try (CachedFactory wrecks = wrecks()) {
            assertThat(keysOfFind(wrecks, 1)).isEqualTo(4);
            learn(wrecks);
            assertThat(keysOfFind(wrecks, 1)).isEqualTo(8);
            for (long id = 1; id <= 20; id++) {
                keysOfFind(wrecks, id);
            }
            // Version, region lock, newest write and row: no collection.
            assertThat(keysOfFind(wrecks, 1)).isEqualTo(4);
        }
    }

    @Test
    void withoutATransactionNothingComesAlong() {
        try (CachedFactory wrecks = wrecks()) {
            learn(wrecks);
            int trips = trips(() -> {
                try (Session session = wrecks.get().openSession()) {
                    assertThat(session.find(Wreck.class, 7L).names).hasSize(1);
                }
            });
            assertThat(trips).isEqualTo(2);
        }
    }

    @Test
    void aCollectionIsNoOlderThanItsOwner() {
        // What another process writes, this one is not told.
        try (CachedFactory wrecks = wrecks();
                CachedFactory elsewhere = wrecks.another(Wreck.class, Buoy.class)
                        .set("hibernate.cache.dorm.location", "redis://127.0.0.1:" + redis.port())
                        .build()) {
            learn(wrecks);
            wrecks.inTransaction(session -> {
                session.find(Wreck.class, 7L);
                session.clear();
                elsewhere.inTransaction(
                        other -> other.find(Wreck.class, 7L).names.add("new"));
                elsewhere.awaitSettled();
                Wreck anew = session.createQuery("from Wreck where id = 7", Wreck.class)
                        .getSingleResult();
                assertThat(anew.version).isEqualTo(1);
                assertThat(anew.names).containsExactlyInAnyOrder("w7", "new");
            });
        }
    }

    @Test
    void aCollectionDoesNotComeWithAnOwnerThatWasMissed() {
        try (CachedFactory wrecks = wrecks()) {
            for (long id = 1; id <= LEARNING; id++) {
                long each = id;
                wrecks.inTransaction(session ->
                        assertThat(session.find(Buoy.class, each).names).hasSize(1));
            }
            assertThat(trips(() -> wrecks.inTransaction(session ->
                            assertThat(session.find(Buoy.class, 7L).names).hasSize(1))))
                    .isEqualTo(1);
            wrecks.get().getCache().evictEntityData(Buoy.class, 7L);
            wrecks.inTransaction(session -> {
                Buoy buoy = session.find(Buoy.class, 7L);
                assertThat(trips(() -> assertThat(buoy.names).hasSize(1))).isEqualTo(1);
            });
        }
    }

    @Test
    void anEntityComesWithItsNaturalId() {
        try (CachedFactory wrecks = wrecks()) {
            wrecks.inTransaction(session -> session.find(Wreck.class, 7L));
            Runnable find = () -> wrecks.inTransaction(
                    session -> assertThat(session.bySimpleNaturalId(Wreck.class).load("c7"))
                            .isNotNull());
            find.run();
            wrecks.awaitSettled();
            wrecks.statements().clear();
            assertThat(trips(find::run)).isEqualTo(1);
            assertThat(wrecks.statements().all()).isEmpty();
        }
    }

    private int keysOfFind(CachedFactory wrecks, long id) {
        int keys = keysRead();
        wrecks.inTransaction(session -> session.find(Wreck.class, id));
        return keysRead() - keys;
    }

    private static void learn(CachedFactory wrecks) {
        for (long id = 1; id <= LEARNING; id++) {
            long each = id;
            wrecks.inTransaction(
                    session -> assertThat(session.find(Wreck.class, each).names).hasSize(1));
        }
    }

    private CachedFactory wrecks() {
        CachedFactory wrecks = factory.another(Wreck.class, Buoy.class)
                .set("hibernate.hbm2ddl.auto", "create")
                .set("hibernate.cache.region_prefix", "wrecks")
                .build();
        wrecks.inTransaction(session -> LongStream.rangeClosed(1, 20).forEach(id -> {
            session.persist(new Wreck(id));
            session.persist(new Buoy(id));
        }));
        for (int pass = 0; pass < 2; pass++) {
            // Of all at once, and so of no owner that is followed by its collection.
            wrecks.inTransaction(session ->
                    session.createQuery("from Wreck", Wreck.class).list().forEach(wreck -> Hibernate.initialize(wreck.names)));
            wrecks.inTransaction(session ->
                    session.createQuery("from Buoy", Buoy.class).list().forEach(buoy -> Hibernate.initialize(buoy.names)));
        }
        for (long id = 1; id <= 20; id++) {
            long each = id;
            keysOfFind(wrecks, id);
            wrecks.inTransaction(session -> session.find(Buoy.class, each));
        }
        wrecks.clear();
        return wrecks;
    }

    @Entity(name = "Wreck")
    @Cacheable
    @NaturalIdCache
    static class Wreck {
        @Id
        long id;

        @NaturalId
        String code;

        @Version
        int version;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<String> names = new HashSet<>();

        Wreck() {}

        Wreck(long id) {
            this.id = id;
            code = "c" + id;
            names.add("w" + id);
        }
    }

    /** Without a version. */
    @Entity(name = "Buoy")
    @Cacheable
    static class Buoy {
        @Id
        long id;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<String> names = new HashSet<>();

        Buoy() {}

        Buoy(long id) {
            this.id = id;
            names.add("b" + id);
        }
    }
}
