package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.RoundTrips;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each operation costs in round trips to Redis, counted on the wire: to one server, and to a cluster, where what
 * goes to several masters at once counts as one.
 */
@ParameterizedClass
@EnumSource
class RoundTripsIT {

    private static final int ROWS = 60;
    private static final List<Class<? extends Thing>> KINDS = List.of(One.class, Two.class, Three.class);

    /** What the cache is kept in. */
    enum Servers {
        STANDALONE,
        CLUSTER
    }

    private static OwnRedis redis;
    private static RedisCluster cluster;
    private static RoundTrips trips;
    private static CachedFactory factory;

    private int statements;

    RoundTripsIT(Servers servers) {
        // The servers are start's.
    }

    @BeforeParameterizedClassInvocation
    static void start(Servers servers) throws IOException {
        String location;
        if (servers == Servers.STANDALONE) {
            redis = RedisServer.startOwn();
            trips = new RoundTrips(List.of(redis.port()));
            location = "redis://127.0.0.1:" + trips.ports().get(0);
        } else {
            cluster = new RedisCluster();
            trips = new RoundTrips(cluster.ports());
            cluster.join(trips.ports());
            location = RedisCluster.url(trips.ports());
        }
        CachedFactory.Builder builder = CachedFactory.of(
                        One.class, Two.class, Three.class, Four.class, Uncached.class, Wide.class)
                .set("hibernate.cache.dorm.location", location)
                .set("hibernate.cache.dorm.timeout", "30s")
                .set("hibernate.cache.dorm.options.pingConnectionInterval", "0");
        if (servers == Servers.CLUSTER) {
            // How often the client asks for the nodes of the cluster: not during the test.
            builder.set("hibernate.cache.dorm.options.scanInterval", "3600000");
        }
        factory = builder.build();
    }

    @AfterParameterizedClassInvocation
    static void close() throws IOException {
        factory.close();
        trips.close();
        if (cluster != null) {
            cluster.close();
            cluster = null;
        } else {
            redis.close();
        }
    }

    @BeforeEach
    void fill() {
        factory.inTransaction(session -> {
            for (String kind : List.of("One", "Two", "Three", "Four", "Uncached", "Wide")) {
                change(session, "delete from " + kind);
            }
            for (long id = 1; id <= ROWS; id++) {
                session.persist(new One(id));
                session.persist(new Two(id));
                session.persist(new Three(id));
            }
            session.persist(new Uncached(1));
            session.persist(new Wide(1));
        });
        factory.get().getCache().evictAllRegions();
        for (int pass = 0; pass < 2; pass++) {
            factory.inTransaction(session -> {
                for (long id = 1; id <= ROWS; id++) {
                    session.find(One.class, id);
                    session.find(Two.class, id);
                    session.find(Three.class, id);
                }
            });
            factory.inTransaction(session -> byNaturalId(session));
        }
    }

    private static void costs(int trips, Consumer<Session> work) {
        costs(trips, trips, () -> {}, () -> factory.inTransaction(work));
    }

    private static void costs(int trips, Runnable before, Runnable work) {
        costs(trips, trips, before, work);
    }

    /** Says how many round trips the work takes, until everything has arrived, and for how many of them it waits. */
    private static void costs(int sent, int waitedFor, Runnable before, Runnable work) {
        assertThat(trips.of(before, work)).as("round trips").isEqualTo(sent);
        before.run();
        long calls = calls();
        long settlements = factory.cache().statistics().getAwaitedSettlements();
        work.run();
        assertThat(calls() - calls).as("round trips waited for").isEqualTo(waitedFor);
        assertThat(factory.cache().statistics().getAwaitedSettlements())
                .as("waited for all the same, but by the test at the end")
                .isBetween(settlements, settlements + 1);
    }

    private static long calls() {
        return factory.cache().statistics().getCalls();
    }

    private static One byNaturalId(Session session) {
        return session.byNaturalId(One.class).using("code", "c1").getReference();
    }

    @Test
    void aSessionWithoutCachedDataCostsNothing() {
        costs(0, session -> {});
        costs(0, session -> session.find(Uncached.class, 1L));
        costs(0, session -> session.createQuery("from Uncached", Uncached.class).list());
    }

    @Test
    void whatIsKnownToStandIsNotPutAgain() {
        Runnable lists = () -> factory.inTransaction(session -> KINDS.forEach(kind ->
                session.createQuery("from " + kind.getSimpleName(), kind).list()));
        costs(1, 0, () -> factory.get().getCache().evictAllRegions(), lists);
        costs(0, () -> {}, lists);
        costs(1, 0, () -> factory.get().getCache().evictEntityData(One.class, 1L), lists);
        assertThat(factory.cache().statistics().getRefusedPuts().get("standing"))
                .isGreaterThan(3L * ROWS);
    }

    @Test
    void aHitCostsOne() {
        costs(1, session -> session.find(One.class, 1L));
        costs(1, RoundTripsIT::byNaturalId);
        costs(1, session -> session.find(One.class, 2L));
    }

    @Test
    void aMissAndItsPutCostTwoAndWaitForOne() {
        costs(
                2,
                1,
                () -> factory.get().getCache().evict(Two.class, 1L),
                () -> factory.inTransaction(session -> session.find(Two.class, 1L)));
        costs(1, session -> session.find(Two.class, 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50})
    void aTransactionThatChangesRowsOfThreeTablesCostsTwoAndWaitsForOne(int rows) {
        costs(
                2,
                1,
                () -> {},
                () -> factory.inTransaction(session -> KINDS.forEach(
                        kind -> session.createQuery("from " + kind.getSimpleName() + " where id <= :n", kind)
                                .setParameter("n", (long) rows)
                                .setCacheMode(CacheMode.IGNORE)
                                .list()
                                .forEach(Thing::change))));
        costs(1, session -> assertThat(session.find(One.class, 1L).changes()).isPositive());
    }

    @Test
    void insertsAndDeletesCostTwo() {
        // What is inserted takes away what stands there of a row that is gone, for which nothing is locked.
        costs(
                2,
                2,
                () -> factory.inTransaction(session -> {
                    change(session, "delete from One where id >= 1000");
                    change(session, "delete from Four");
                }),
                () -> factory.inTransaction(session -> {
                    for (long id = 1000; id < 1010; id++) {
                        session.persist(new One(id));
                        session.persist(new Four(id));
                    }
                }));
        costs(
                3,
                2,
                () -> factory.inTransaction(session -> {
                    change(session, "delete from Two where id = 2");
                    session.persist(new Two(2));
                }),
                () -> factory.inTransaction(session -> session.remove(session.find(Two.class, 2L))));
    }

    @Test
    void aRollbackOfChangesCostsOne() {
        costs(1, () -> {}, () -> {
            try (Session session = factory.get().openSession()) {
                session.beginTransaction();
                session.createQuery("from Two", Two.class)
                        .setCacheMode(CacheMode.IGNORE)
                        .list()
                        .forEach(Thing::change);
                session.flush();
                // What was cached of the rows goes: the write may have failed because it was stale.
                session.getTransaction().rollback();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10})
    void aQueryHitCostsOneWhateverItsTables(int tables) {
        String hql = "select w.name from Wide w"
                + IntStream.range(1, tables)
                        .mapToObj(i -> " left join w.c" + i + " e" + i)
                        .collect(Collectors.joining())
                + " where 1 = 1";
        // The first hit of a statement does not know its tables yet.
        costs(2, () -> query(hql + another(++statements)), () -> query(hql + another(statements)));
        query(hql);
        String sql = factory.statements().all().get(factory.statements().all().size() - 1);
        assertThat(sql.split(" join ", -1)).hasSize(tables);
        query(hql);
        costs(1, () -> {}, () -> query(hql));
    }

    private static String another(int statement) {
        return " and " + statement + " = " + statement;
    }

    private static void query(String hql) {
        factory.inTransaction(session -> assertThat(session.createQuery(hql, String.class)
                        .setCacheable(true)
                        .list())
                .containsExactly("old"));
    }

    @Test
    void aBulkUpdateCostsTwoAndWaitsForOneWhateverItsRows() {
        Runnable update = () -> factory.inTransaction(session -> change(session, "update One set name = 'x'"));
        costs(2, 1, () -> {}, update);
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static void change(Session session, String hql) {
        session.createQuery(hql).executeUpdate();
    }

    @Test
    void evictingARegionCostsOne() {
        costs(1, () -> {}, () -> factory.get().getCache().evict(One.class));
    }

    @MappedSuperclass
    abstract static class Thing {
        @Id
        long id;

        @NaturalId
        String code;

        String name = "old";
        int changed;

        @Version
        Integer version;

        Thing(long id) {
            this.id = id;
            this.code = "c" + id;
        }

        void change() {
            changed++;
        }

        int changes() {
            return changed;
        }
    }

    @Entity(name = "One")
    @Cacheable
    @NaturalIdCache
    static class One extends Thing {
        One() {
            this(0);
        }

        One(long id) {
            super(id);
        }
    }

    @Entity(name = "Two")
    @Cacheable
    static class Two extends Thing {
        Two() {
            this(0);
        }

        Two(long id) {
            super(id);
        }
    }

    @Entity(name = "Three")
    @Cacheable
    static class Three extends Thing {
        Three() {
            this(0);
        }

        Three(long id) {
            super(id);
        }
    }

    @Entity(name = "Four")
    @Cacheable
    static class Four extends Thing {
        Four() {
            this(0);
        }

        Four(long id) {
            super(id);
        }
    }

    @Entity(name = "Uncached")
    static class Uncached extends Thing {
        Uncached() {
            this(0);
        }

        Uncached(long id) {
            super(id);
        }
    }

    /** An entity of ten tables. */
    @Entity(name = "Wide")
    @Cacheable
    static class Wide extends Thing {
        @ElementCollection
        Set<String> c1 = new HashSet<>();

        @ElementCollection
        Set<String> c2 = new HashSet<>();

        @ElementCollection
        Set<String> c3 = new HashSet<>();

        @ElementCollection
        Set<String> c4 = new HashSet<>();

        @ElementCollection
        Set<String> c5 = new HashSet<>();

        @ElementCollection
        Set<String> c6 = new HashSet<>();

        @ElementCollection
        Set<String> c7 = new HashSet<>();

        @ElementCollection
        Set<String> c8 = new HashSet<>();

        @ElementCollection
        Set<String> c9 = new HashSet<>();

        Wide() {
            this(0);
        }

        Wide(long id) {
            super(id);
        }
    }
}
