package dev.dorm.cache.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.CountingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation costs in round trips to Redis, counted on the wire. */
class RoundTripsIT {

    private static final int ROWS = 60;
    private static final List<Class<? extends Thing>> KINDS = List.of(One.class, Two.class, Three.class);

    private OwnRedis redis;
    private CountingProxy proxy;
    private CachedFactory factory;

    @BeforeEach
    void fill() throws IOException {
        redis = RedisServer.startOwn();
        proxy = new CountingProxy(redis.port());
        factory = CachedFactory.of(One.class, Two.class, Three.class, Four.class, Uncached.class, Wide.class)
                .set("hibernate.cache.dorm.location", "redis://127.0.0.1:" + proxy.port())
                .build();
        factory.inTransaction(session -> {
            for (long id = 1; id <= ROWS; id++) {
                session.persist(new One(id));
                session.persist(new Two(id));
                session.persist(new Three(id));
            }
            session.persist(new Uncached(1));
            session.persist(new Wide(1));
        });
        // A server that has not seen a script yet costs one more: each is loaded here.
        factory.inTransaction(session -> session.find(Four.class, 0L));
        factory.inTransaction(session -> bulk(session, "update Four set name = 'x'"));
        factory.get().getCache().evict(Four.class);
        factory.inTransaction(session -> session.find(Three.class, 3L).change());
        factory.inTransaction(session -> KINDS.forEach(kind -> session.find(kind, 1L)));
    }

    @AfterEach
    void close() throws Exception {
        factory.close();
        proxy.close();
        redis.close();
    }

    private void costs(int expected, Consumer<Session> work) {
        int before = proxy.turns();
        factory.inTransaction(work);
        assertThat(proxy.turns() - before).as("round trips").isEqualTo(expected);
    }

    @Test
    void aSessionWithoutCachedDataCostsNothing() {
        costs(0, session -> {});
        costs(0, session -> session.find(Uncached.class, 1L));
        costs(0, session -> session.createQuery("from Uncached", Uncached.class).list());
    }

    @Test
    void aHitCostsOne() {
        costs(1, session -> session.find(One.class, 1L));
        costs(1, session -> session.byNaturalId(One.class).using("code", "c1").getReference());
        costs(1, session -> session.find(One.class, 1L));
    }

    @Test
    void aMissAndItsPutCostTwo() {
        factory.get().getCache().evict(One.class, 1L);
        costs(2, session -> session.find(One.class, 1L));
        costs(1, session -> session.find(One.class, 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50})
    void aTransactionThatChangesRowsOfThreeTablesCostsTwoMoreThanItsReads(int rows) {
        costs(2, session -> {
            List<? extends Thing> things = session.createQuery("from One where id <= :n", One.class)
                    .setParameter("n", (long) rows)
                    .setCacheMode(CacheMode.IGNORE)
                    .list();
            things.forEach(Thing::change);
            session.createQuery("from Two where id <= :n", Two.class)
                    .setParameter("n", (long) rows)
                    .setCacheMode(CacheMode.IGNORE)
                    .list()
                    .forEach(Thing::change);
            session.createQuery("from Three where id <= :n", Three.class)
                    .setParameter("n", (long) rows)
                    .setCacheMode(CacheMode.IGNORE)
                    .list()
                    .forEach(Thing::change);
        });
        costs(1, session -> assertThat(session.find(One.class, 1L).changes()).isEqualTo(1));
    }

    @Test
    void insertsAndDeletesCostTwo() {
        costs(2, session -> {
            for (long id = 1000; id < 1010; id++) {
                session.persist(new One(id));
                session.persist(new Four(id));
            }
        });
        costs(3, session -> session.remove(session.find(Two.class, 2L)));
    }

    @Test
    void aRollbackOfChangesCostsOne() {
        int before = proxy.turns();
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            session.createQuery("from Two", Two.class).list().forEach(Thing::change);
            session.flush();
            session.getTransaction().rollback();
        }
        // What was cached of the rows goes: the write may have failed because it was stale.
        assertThat(proxy.turns() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10})
    void aQueryHitCostsOneWhateverItsTables(int tables) {
        String hql = "select w.name from Wide w"
                + IntStream.range(1, tables)
                        .mapToObj(i -> " left join w.c" + i + " e" + i)
                        .collect(Collectors.joining());
        Consumer<Session> query = session -> assertThat(session.createQuery(hql, String.class)
                        .setCacheable(true)
                        .list())
                .containsExactly("old");
        factory.inTransaction(query);
        String sql = factory.statements().all().get(factory.statements().all().size() - 1);
        assertThat(sql.split(" join ", -1)).hasSize(tables);
        costs(2, query);
        costs(1, query);
        costs(1, query);
    }

    @Test
    void aBulkUpdateCostsTwoWhateverItsRows() {
        costs(2, session -> bulk(session, "update One set name = 'x'"));
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static void bulk(Session session, String hql) {
        session.createQuery(hql).executeUpdate();
    }

    @Test
    void evictingARegionCostsOne() {
        int before = proxy.turns();
        factory.get().getCache().evict(One.class);
        assertThat(proxy.turns() - before).isEqualTo(1);
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
