package dev.dorm.cache.internal.session;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hibernate.BaseSessionEventListener;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.ManyToAny;
import org.junit.jupiter.api.Test;

/** Elements, many ids and batches, about to be read, come together: round trips counted on the wire. */
class PrefetchIT extends Aquarium {

    @Test
    void aCollectionHitCostsOneMore() {
        costsWithoutSql(3, session -> assertThat(pond(session).fish).hasSize(FISH));
        costsWithoutSql(3, session -> assertThat(pond(session).stands).hasSize(FISH));
    }

    @Test
    void theKeysOfAMapComeWithItsElements() {
        costsWithoutSql(3, session -> assertThat(pond(session).keepers.keySet())
                .hasSize(FISH)
                .allSatisfy(keeper -> assertThat(keeper.name).isNotNull()));
    }

    @Test
    void aCollectionOfValuesCostsNoMore() {
        costsWithoutSql(2, session -> assertThat(pond(session).names).hasSize(FISH));
    }

    @Test
    void elementsThatTheSessionHoldsAreNotFetched() {
        costsWithoutSql(4, session -> {
            DormCache.findAll(session, Fish.class, List.of(ids(1, FISH - 1)));
            int keys = keysRead();
            assertThat(pond(session).fish).hasSize(FISH);
            // Pond, collection and the one fish, each with its version, region lock and newest write.
            assertThat(keysRead() - keys).isEqualTo(12);
        });
    }

    @Test
    void whatWasFetchedIsServedOnce() {
        factory.inTransaction(session -> {
            List<Keeper> keepers = keepers(session, 3);
            keepers.forEach(Keeper::name);
            session.clear();
            factory.inTransaction(other -> other.find(Keeper.class, 2L).name = "newer");
            assertThat(session.find(Keeper.class, 2L).name()).isEqualTo("newer");
        });
    }

    private static List<Keeper> keepers(Session session, int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id -> session.getReference(Keeper.class, id))
                .toList();
    }

    @Test
    void manyIdsCostOne() {
        costsWithoutSql(1, session -> assertThat(DormCache.findAll(session, Fish.class, List.of(ids(1, FISH))))
                .hasSize(FISH));
        costsWithoutSql(1, session -> assertThat(session.byMultipleIds(Fish.class)
                        .enableSessionCheck(true)
                        .with(org.hibernate.CacheMode.NORMAL)
                        .multiLoad(ids(1, FISH)))
                .hasSize(FISH));
        costsWithoutSql(1, session -> assertThat(session.byMultipleIds(Fish.class)
                        .enableOrderedReturn(false)
                        .with(org.hibernate.CacheMode.NORMAL)
                        .multiLoad(ids(1, FISH)))
                .hasSize(FISH));
    }

    @Test
    void theMissingOfManyIdsComeInOneStatement() {
        List.of(3L, 50L, 70L).forEach(id -> factory.get().getCache().evict(Fish.class, id));
        costs(2, session -> assertThat(DormCache.findAll(session, Fish.class, List.of(ids(1, FISH))))
                .hasSize(FISH));
        assertThatCache(factory).statements(1);
        costsWithoutSql(1, session -> DormCache.findAll(session, Fish.class, List.of(ids(1, FISH))));
    }

    @Test
    void aSubclassIsFoundByManyIds() {
        costsWithoutSql(1, session -> assertThat(DormCache.findAll(session, Shark.class, List.of(10L, 20L, 30L)))
                .hasSize(3));
    }

    @Test
    void proxiesOfABatchCostOne() {
        costsWithoutSql(1, session -> {
            List<Keeper> keepers = keepers(session, 40);
            keepers.forEach(keeper -> assertThat(keeper.name()).isNotNull());
        });
    }

    @Test
    void noListenerIsToldOfAReadWithinARead() {
        Reads reads = new Reads();
        costsWithoutSql(1, session -> {
            session.addEventListeners(reads);
            keepers(session, 40).forEach(keeper -> assertThat(keeper.name()).isNotNull());
        });
        assertThat(reads.deepest).isEqualTo(1);
        assertThat(reads.depth).isZero();
    }

    private static final class Reads extends BaseSessionEventListener {
        private static final long serialVersionUID = 1L;

        private int depth;
        private int deepest;

        @Override
        public void cacheGetStart() {
            deepest = Math.max(deepest, ++depth);
        }

        @Override
        public void cacheGetEnd(boolean hit) {
            depth--;
        }
    }

    @Test
    void theMissingOfABatchCostOneTripAndOneStatement() {
        List.of(1L, 5L, 7L).forEach(id -> factory.get().getCache().evict(Keeper.class, id));
        costs(2 + 1, session -> {
            List<Keeper> keepers = keepers(session, 40);
            keepers.forEach(keeper -> assertThat(keeper.name()).isNotNull());
        });
        assertThatCache(factory).statements(1);
    }

    @Test
    void collectionsOfABatchCostOne() {
        factory.inTransaction(session -> LongStream.rangeClosed(1, 8).forEach(id -> session.persist(new Shoal(id))));
        factory.inTransaction(session ->
                LongStream.rangeClosed(1, 8).forEach(id -> Hibernate.initialize(session.find(Shoal.class, id).names)));
        costsWithoutSql(2, session -> DormCache.findAll(session, Shoal.class, List.of(ids(1, 8)))
                .values()
                .forEach(shoal -> assertThat(shoal.names).containsExactly("s" + shoal.id)));
    }

    /** Hibernate 6.6 fails when it loads a many-to-any collection that is cached ({@code addCollectionToCache}). */
    @Test
    void elementsOfSeveralTypesComeTogether() {
        assumeThat(org.hibernate.Version.getVersionString()).doesNotStartWith("6.");
        try (CachedFactory any = factory.another(Chest.class, Stone.class, Coin.class)
                .set("hibernate.hbm2ddl.auto", "create")
                .set("hibernate.cache.region_prefix", "any")
                .build()) {
            any.inTransaction(session -> {
                Chest chest = new Chest();
                session.persist(chest);
                for (long id = 1; id <= 20; id++) {
                    Object thing = id % 2 == 0 ? new Stone(id) : new Coin(id);
                    session.persist(thing);
                    chest.things.add(thing);
                }
            });
            Consumer<Session> open =
                    session -> assertThat(session.find(Chest.class, 1L).things).hasSize(20);
            any.inTransaction(open);
            // Such a collection is eager: it comes with the chest.
            assertThat(trips(() -> any.inTransaction(open))).isEqualTo(2);
        }
    }

    @Test
    void whatTheSessionChangesIsNotServedFromWhatWasFetched() {
        factory.inTransaction(session -> {
            List<Keeper> keepers = keepers(session, 3);
            assertThat(keepers.get(0).name()).isEqualTo("keeper1");
            session.createMutationQuery("update Keeper set name = 'changed' where id = 2")
                    .executeUpdate();
            assertThat(keepers.get(1).name()).isEqualTo("changed");
        });
    }

    @Test
    void whatIsEvictedIsNotServedFromWhatWasFetched() {
        for (boolean all : List.of(false, true)) {
            factory.inTransaction(session -> {
                List<Keeper> keepers = keepers(session, 3);
                assertThat(keepers.get(0).name()).isNotNull();
                if (all) {
                    factory.get().getCache().evict(Keeper.class);
                } else {
                    factory.get().getCache().evict(Keeper.class, 2L);
                }
                factory.statements().clear();
                assertThat(keepers.get(1).name()).isEqualTo("keeper2");
                assertThatCache(factory).statements(1);
            });
            factory.inTransaction(
                    session -> LongStream.rangeClosed(1, 3).forEach(id -> session.find(Keeper.class, id)));
        }
    }

    @Test
    void whatWasFetchedIsForgottenAtCompletion() {
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            List<Keeper> keepers = keepers(session, 3);
            assertThat(keepers.get(0).name()).isEqualTo("keeper1");
            session.getTransaction().commit();
            factory.inTransaction(other -> other.find(Keeper.class, 2L).name = "newer");
            session.beginTransaction();
            assertThat(keepers.get(1).name()).isEqualTo("newer");
            session.getTransaction().commit();
        }
    }

    @Test
    void withoutATransactionNothingWaits() {
        try (Session session = factory.get().openSession()) {
            List<Keeper> keepers = keepers(session, 3);
            assertThat(keepers.get(0).name()).isEqualTo("keeper1");
            factory.inTransaction(other -> other.find(Keeper.class, 2L).name = "newer");
            assertThat(keepers.get(1).name()).isEqualTo("newer");
        }
    }

    @Test
    void withoutATransactionACollectionAndManyIdsComeTogetherToo() {
        assertThat(trips(() -> {
                    try (Session session = factory.get().openSession()) {
                        assertThat(pond(session).fish).hasSize(FISH);
                    }
                }))
                .isEqualTo(3);
        assertThat(trips(() -> {
                    try (Session session = factory.get().openSession()) {
                        DormCache.findAll(session, Fish.class, List.of(ids(1, FISH)));
                    }
                }))
                .isEqualTo(1);
    }

    @Entity(name = "Stone")
    @Cacheable
    static class Stone {
        @Id
        long id;

        Stone() {}

        Stone(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Coin")
    @Cacheable
    static class Coin {
        @Id
        long id;

        Coin() {}

        Coin(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Chest")
    @Cacheable
    static class Chest {
        @Id
        long id = 1;

        @ManyToAny
        @AnyKeyJavaClass(Long.class)
        @AnyDiscriminator
        @AnyDiscriminatorValue(discriminator = "S", entity = Stone.class)
        @AnyDiscriminatorValue(discriminator = "C", entity = Coin.class)
        @JoinTable(
                name = "chest_things",
                joinColumns = @JoinColumn(name = "chest_id"),
                inverseJoinColumns = @JoinColumn(name = "thing_id"))
        @Column(name = "thing_type")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<Object> things = new ArrayList<>();
    }
}
