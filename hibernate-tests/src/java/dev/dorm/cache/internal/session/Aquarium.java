package dev.dorm.cache.internal.session;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.CountingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Jedis;

/** Entities of every kind of reference to each other, cached in a Redis whose round trips are counted. */
abstract class Aquarium {

    static final int FISH = 100;

    OwnRedis redis;
    CountingProxy proxy;
    CachedFactory factory;

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

    int trips(Runnable work) {
        int before = proxy.turns();
        work.run();
        return proxy.turns() - before;
    }

    void costs(int expected, Consumer<Session> work) {
        factory.statements().clear();
        assertThat(trips(() -> factory.inTransaction(work))).as("round trips").isEqualTo(expected);
    }

    void costsWithoutSql(int expected, Consumer<Session> work) {
        costs(expected, work);
        assertThatCache(factory).statements(0);
    }

    static Pond pond(Session session) {
        return session.find(Pond.class, 1L);
    }

    static Long[] ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
    }

    /** Returns how many keys readings have asked the server for; the key of the proof that precedes some is read by a GET. */
    int keysRead() {
        String info = info("stats");
        return counted(info, "keyspace_hits:(\\d+)")
                + counted(info, "keyspace_misses:(\\d+)")
                - counted(info("commandstats"), "cmdstat_get:calls=(\\d+)");
    }

    private static int counted(String info, String what) {
        Matcher found = Pattern.compile(what).matcher(info);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private String info(String section) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return jedis.info(section);
        }
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
