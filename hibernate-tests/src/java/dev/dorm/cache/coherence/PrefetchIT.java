package dev.dorm.cache.coherence;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.CountingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.ManyToAny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are about to be read come together: round trips counted on the wire. */
class PrefetchIT {

    private static final int FISH = 100;

    private OwnRedis redis;
    private CountingProxy proxy;
    private CachedFactory factory;

    @BeforeEach
    void fill() throws IOException {
        redis = RedisServer.startOwn();
        proxy = new CountingProxy(redis.port());
        factory = CachedFactory.of(
                        Fish.class,
                        Shark.class,
                        Keeper.class,
                        Pond.class,
                        Ticket.class,
                        Place.class,
                        Stand.class,
                        Shoal.class)
                .set("hibernate.cache.dorm.location", "redis://127.0.0.1:" + proxy.port())
                // Results of cached entities hold their ids only.
                .set("hibernate.cache.query_cache_layout", "AUTO")
                .build();
        factory.inTransaction(session -> {
            Pond pond = new Pond();
            session.persist(pond);
            for (long id = 1; id <= FISH; id++) {
                // Ids of keepers are those of other fish: the columns of a result must be told apart.
                Keeper keeper = new Keeper(FISH + 1 - id);
                session.persist(keeper);
                Fish fish = id % 10 == 0 ? new Shark(id, keeper) : new Fish(id, keeper);
                session.persist(fish);
                pond.fish.add(fish);
                pond.keepers.put(keeper, fish);
                pond.names.add("n" + id);
                session.persist(new Stand(new Place((int) id, "p" + id)));
                session.persist(new Ticket(id, pond));
            }
            pond.stands.addAll(session.createQuery("from Stand", Stand.class).list());
        });
        factory.inTransaction(session -> {
            Pond pond = session.find(Pond.class, 1L);
            List.of(pond.fish, pond.names, pond.stands).forEach(Hibernate::initialize);
            Hibernate.initialize(pond.keepers);
        });
        factory.get().getCache().evict(Ticket.class, 0L);
        factory.clear();
    }

    @AfterEach
    void close() throws Exception {
        factory.close();
        proxy.close();
        redis.close();
    }

    private int trips(Runnable work) {
        int before = proxy.turns();
        work.run();
        return proxy.turns() - before;
    }

    private void costs(int expected, Consumer<Session> work) {
        factory.statements().clear();
        assertThat(trips(() -> factory.inTransaction(work))).as("round trips").isEqualTo(expected);
    }

    private void costsWithoutSql(int expected, Consumer<Session> work) {
        costs(expected, work);
        assertThatCache(factory).statements(0);
    }

    private static Pond pond(Session session) {
        return session.find(Pond.class, 1L);
    }

    private static Long[] ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
    }

    @Test
    void aQueryHitOfManyEntitiesCostsOneMore() {
        Consumer<Session> query = session -> assertThat(fish(session, "from Fish where id <= 50 order by id"))
                .hasSize(50);
        factory.inTransaction(query);
        factory.inTransaction(query);
        costsWithoutSql(2, query);
        costsWithoutSql(2, query);
    }

    @Test
    void aResultThatHoldsItsEntitiesWholeCostsNoMore() throws Exception {
        try (CachedFactory whole = factory.another(Fish.class, Shark.class, Keeper.class)
                .set("hibernate.cache.query_cache_layout", "FULL")
                .set("hibernate.cache.region_prefix", "whole")
                .build()) {
            Consumer<Session> query = session -> fish(session, "from Fish where id <= 50 order by id");
            whole.inTransaction(query);
            whole.inTransaction(query);
            assertThat(trips(() -> whole.inTransaction(query))).isEqualTo(1);
        }
    }

    private static List<Fish> fish(Session session, String hql) {
        List<Fish> found =
                session.createQuery(hql, Fish.class).setCacheable(true).list();
        found.forEach(fish -> assertThat(fish.name).isEqualTo("fish" + fish.id));
        return found;
    }

    @Test
    void entitiesOfSeveralTypesComeTogetherOnceTheirColumnsAreKnown() {
        String hql = "select f, k from Fish f, Keeper k where f.id = k.id and f.id > 2 and f.id <> 51";
        Consumer<Session> query = session -> assertThat(session.createQuery(hql, Object[].class)
                        .setCacheable(true)
                        .list())
                .hasSize(FISH - 3)
                .allSatisfy(row -> assertThat(((Keeper) row[1]).name()).isEqualTo("keeper" + ((Fish) row[0]).id));
        factory.inTransaction(query);
        factory.inTransaction(query);
        factory.inTransaction(query);
        costsWithoutSql(2, query);
    }

    @Test
    void aScalarQueryFetchesNothing() {
        Consumer<Session> query = session -> {
            List<Long> ids = session.createQuery("select f.id from Fish f where f.id < 9 order by f.id", Long.class)
                    .setCacheable(true)
                    .list();
            session.find(Fish.class, ids.get(0));
        };
        factory.inTransaction(query);
        factory.inTransaction(query);
        int keys = keysRead();
        costsWithoutSql(2, query);
        // The result, its region's version, the clock, two tables of one statement; version, region lock and row.
        assertThat(keysRead() - keys).isLessThan(9);
    }

    /** Returns how many keys the server has been asked for. */
    private int keysRead() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write("INFO stats\r\nQUIT\r\n".getBytes(ISO_8859_1));
            String info = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return info.lines()
                    .filter(line -> line.startsWith("keyspace_hits:") || line.startsWith("keyspace_misses:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void compositeIdsStandInSeveralColumns() {
        Consumer<Session> query = session -> assertThat(session.createQuery("from Stand where name <> 'x'", Stand.class)
                        .setCacheable(true)
                        .list())
                .hasSize(FISH);
        factory.inTransaction(query);
        factory.inTransaction(query);
        costsWithoutSql(2, query);
    }

    @Test
    void whatIsMissingIsReadFromTheDatabase() {
        Consumer<Session> query = session -> fish(session, "from Fish where id between 11 and 30");
        factory.inTransaction(query);
        factory.inTransaction(query);
        factory.get().getCache().evict(Fish.class, 15L);
        costs(3, query);
        assertThatCache(factory).statements(1);
        costsWithoutSql(2, query);
    }

    @Test
    void lazyAssociationsOfTheEntitiesAreLeftAlone() {
        String hql = "select t from Ticket t where t.id < 20";
        Consumer<Session> query = session -> session.createQuery(hql, Ticket.class)
                .setCacheable(true)
                .list()
                .forEach(ticket ->
                        assertThat(Hibernate.isInitialized(ticket.pond)).isFalse());
        factory.inTransaction(query);
        factory.inTransaction(query);
        int keys = keysRead();
        costsWithoutSql(2, query);
        // The query's, and those of its 19 tickets with their version and region lock.
        assertThat(keysRead() - keys).isBetween(21, 27);
    }

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
            // Pond, collection and the one fish, each with its version and region lock.
            assertThat(keysRead() - keys).isEqualTo(9);
        });
    }

    @Test
    void withoutATransactionAResultsEntitiesAreReadOneByOne() {
        Consumer<Session> query = session -> fish(session, "from Fish where id < 5");
        factory.inTransaction(query);
        factory.inTransaction(query);
        assertThat(trips(() -> {
                    try (Session session = factory.get().openSession()) {
                        query.accept(session);
                    }
                }))
                .isEqualTo(5);
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
            assertThat(trips(() -> any.inTransaction(open))).isEqualTo(3);
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

    @Entity(name = "Shoal")
    @Cacheable
    static class Shoal {
        @Id
        long id;

        @ElementCollection
        @BatchSize(size = 10)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> names = new ArrayList<>();

        Shoal() {}

        Shoal(long id) {
            this.id = id;
            names.add("s" + id);
        }
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

    @Entity(name = "Keeper")
    @Cacheable
    @BatchSize(size = 50)
    static class Keeper {
        @Id
        long id;

        String name;

        Keeper() {}

        Keeper(long id) {
            this.id = id;
            this.name = "keeper" + id;
        }

        String name() {
            return name;
        }
    }

    @Entity(name = "Fish")
    @Cacheable
    static class Fish {
        @Id
        long id;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Keeper keeper;

        Fish() {}

        Fish(long id, Keeper keeper) {
            this.id = id;
            this.name = "fish" + id;
            this.keeper = keeper;
        }
    }

    @Entity(name = "Shark")
    static class Shark extends Fish {
        int teeth = 300;

        Shark() {}

        Shark(long id, Keeper keeper) {
            super(id, keeper);
        }
    }

    @Entity(name = "Ticket")
    @Cacheable
    static class Ticket {
        @Id
        long id;

        @ManyToOne(fetch = FetchType.LAZY)
        Pond pond;

        Ticket() {}

        Ticket(long id, Pond pond) {
            this.id = id;
            this.pond = pond;
        }
    }

    @Embeddable
    record Place(int line, String seat) {}

    @Entity(name = "Stand")
    @Cacheable
    static class Stand {
        @EmbeddedId
        Place place;

        String name = "stand";

        Stand() {}

        Stand(Place place) {
            this.place = place;
        }
    }

    @Entity(name = "Pond")
    @Cacheable
    static class Pond {
        @Id
        long id = 1;

        @OneToMany
        @OrderBy("id")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JoinTable(name = "pond_fish")
        Set<Fish> fish = new HashSet<>();

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JoinTable(name = "pond_keepers")
        Map<Keeper, Fish> keepers = new HashMap<>();

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> names = new ArrayList<>();

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JoinTable(name = "pond_stands")
        List<Stand> stands = new ArrayList<>();
    }
}
