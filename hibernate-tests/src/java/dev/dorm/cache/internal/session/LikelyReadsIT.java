package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hibernate.Hibernate;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
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

    /** As who adds to a list under a lock of its owner: no version tells of what others have added. */
    @Test
    void whoLocksTheOwnerReadsItsCollectionAnew() {
        try (CachedFactory wrecks = wrecks();
                CachedFactory elsewhere = wrecks.another(Wreck.class, Buoy.class)
                        .set("hibernate.cache.dorm.location", "redis://127.0.0.1:" + redis.port())
                        .build()) {
            learn(wrecks, Buoy.class);
            wrecks.inTransaction(session -> {
                Buoy buoy = session.find(Buoy.class, 7L);
                elsewhere.inTransaction(
                        other -> other.find(Buoy.class, 7L).names.add("new"));
                elsewhere.awaitSettled();
                session.lock(buoy, LockMode.PESSIMISTIC_WRITE);
                assertThat(buoy.names).containsExactlyInAnyOrder("b7", "new");
            });
        }
    }

    @Test
    void aCollectionDoesNotComeWithAnOwnerThatWasMissed() {
        try (CachedFactory wrecks = wrecks()) {
            learn(wrecks, Buoy.class);
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

    /** It is read anew behind the statement that loads its owner. */
    @Test
    void anEagerCollectionDoesNotComeWithAnOwnerThatWasMissed() {
        try (CachedFactory rafts = factory.another(Raft.class)
                .set("hibernate.hbm2ddl.auto", "create")
                .set("hibernate.cache.region_prefix", "rafts")
                .build()) {
            Consumer<Session> find =
                    session -> assertThat(session.find(Raft.class, 1L).names).hasSize(1);
            rafts.inTransaction(session -> session.persist(new Raft(1)));
            rafts.inTransaction(find);
            assertThat(trips(() -> rafts.inTransaction(find))).isEqualTo(1);
            rafts.get().getCache().evictEntityData(Raft.class, 1L);
            rafts.statements().clear();
            // The row, the collection, the put.
            assertThat(trips(() -> rafts.inTransaction(find))).isEqualTo(3);
            assertThat(rafts.statements().all()).hasSize(1);
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
        learn(wrecks, Wreck.class);
    }

    private static void learn(CachedFactory wrecks, Class<? extends Named> entity) {
        for (long id = 1; id <= LEARNING; id++) {
            long each = id;
            wrecks.inTransaction(
                    session -> assertThat(session.find(entity, each).names()).hasSize(1));
        }
    }

    private interface Named {
        Set<String> names();
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
            wrecks.inTransaction(session -> session.createQuery("from Wreck", Wreck.class)
                    .list()
                    .forEach(wreck -> Hibernate.initialize(wreck.names)));
            wrecks.inTransaction(session -> session.createQuery("from Buoy", Buoy.class)
                    .list()
                    .forEach(buoy -> Hibernate.initialize(buoy.names)));
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
    static class Wreck implements Named {
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

        @Override
        public Set<String> names() {
            return names;
        }

        Wreck(long id) {
            this.id = id;
            code = "c" + id;
            names.add("w" + id);
        }
    }

    /** Whose collection Hibernate initializes with it, though not in the same statement. */
    @Entity(name = "Raft")
    @Cacheable
    static class Raft {
        @Id
        long id;

        @ElementCollection(fetch = FetchType.EAGER)
        @Fetch(FetchMode.SELECT)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<String> names = new HashSet<>();

        Raft() {}

        Raft(long id) {
            this.id = id;
            names.add("r" + id);
        }
    }

    /** Without a version. */
    @Entity(name = "Buoy")
    @Cacheable
    static class Buoy implements Named {
        @Id
        long id;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<String> names = new HashSet<>();

        Buoy() {}

        @Override
        public Set<String> names() {
            return names;
        }

        Buoy(long id) {
            this.id = id;
            names.add("b" + id);
        }
    }
}
