package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.redis.RedisBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where rows are kept near, and where not. */
class NearSettingsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NEAR = "hibernate.cache.dorm.near";
    private static final String OF_ITEM = "hibernate.cache.dorm.regions." + Item.class.getName() + ".";

    private static OwnRedis redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.startOwn();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static CachedFactory factory(AccessType strategy, UnaryOperator<CachedFactory.Builder> more) {
        CachedFactory factory = more.apply(CachedFactory.of(Item.class)
                        .cacheAll(strategy)
                        .set("hibernate.cache.region_prefix", UUID.randomUUID().toString())
                        .set("hibernate.cache.dorm.location", redis.url()))
                .build();
        factory.inTransaction(session -> session.persist(new Item(1, "a", "old")));
        return factory;
    }

    private static boolean isKept(CachedFactory factory) {
        long before = factory.count(Counter.NEAR_HIT);
        factory.fromTransaction(session -> session.find(Item.class, 1L));
        return factory.count(Counter.NEAR_HIT) > before;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dorm-near"))
                .count();
    }

    @Test
    void aRegionMayAskForItself() {
        try (CachedFactory factory = factory(AccessType.READ_WRITE, builder -> builder.set(OF_ITEM + "near", "on"))) {
            await().atMost(SOON).until(() -> isKept(factory));
        }
    }

    @Test
    void aRegionMayRefuse() {
        try (CachedFactory factory = factory(AccessType.NONSTRICT_READ_WRITE, builder -> builder.set(NEAR, "all")
                .set(OF_ITEM + "near", "off"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(isKept(factory)).isFalse();
            }
        }
    }

    @Test
    void aRegionMayHaveABoundOfItsOwn() {
        try (CachedFactory factory =
                factory(AccessType.READ_ONLY, builder -> builder.set(NEAR, "on").set(OF_ITEM + "max_entries", "5"))) {
            await().atMost(SOON).until(() -> isKept(factory));
        }
    }

    @Test
    void transactionalRowsCannotBeAskedFor() {
        assertThatThrownBy(() -> factory(AccessType.TRANSACTIONAL, builder -> builder.set(OF_ITEM + "near", "on")))
                .hasStackTraceContaining(OF_ITEM + "near: rows of TRANSACTIONAL are never kept");
    }

    @Test
    void inProcessNothingIsKeptTwice() {
        long threads = threads();
        try (CachedFactory factory =
                CachedFactory.of(Item.class).set(NEAR, "all").build()) {
            factory.inTransaction(session -> session.persist(new Item(1, "a", "old")));
            assertThat(isKept(factory)).isFalse();
            assertThat(threads()).isEqualTo(threads);
        }
    }

    /** Redis, of which nobody tells. */
    public static final class Deaf extends ForwardingBackend {

        /** Creates it from settings, as a backend of a third party. */
        public Deaf(BackendSettings settings) {
            super(new RedisBackend(settings));
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    void aBackendThatCannotBeListenedToIsRefused() {
        assertThatThrownBy(() -> factory(AccessType.READ_ONLY, builder -> builder.set(NEAR, "on")
                        .set("hibernate.cache.dorm.backend", Deaf.class.getName())))
                .hasStackTraceContaining(NEAR + ": the backend '" + Deaf.class.getName() + "' cannot be listened to");
    }

    @Test
    void theThreadEndsWithItsFactory() {
        long threads = threads();
        CachedFactory factory = factory(AccessType.READ_ONLY, builder -> builder.set(NEAR, "on"));
        await().atMost(SOON).until(() -> isKept(factory));
        assertThat(threads()).isEqualTo(threads + 1);
        factory.close();
        await().atMost(SOON).until(() -> threads() == threads);
    }

    @Test
    void withoutRedisTheFactoryStartsAndListensLater() {
        try (OwnRedis later = RedisServer.startOwn()) {
            later.kill();
            try (CachedFactory factory = factory(AccessType.READ_WRITE, builder -> builder.set(NEAR, "all")
                    .set("hibernate.cache.dorm.location", later.url())
                    .set("hibernate.cache.dorm.timeout", "1s"))) {
                assertThat(isKept(factory)).isFalse();
                later.start();
                await().atMost(SOON).until(() -> isKept(factory));
            }
        }
    }

    @Test
    void inAClusterEveryMasterIsHeard() {
        try (RedisCluster cluster = new RedisCluster()) {
            cluster.join(cluster.ports());
            String url = RedisCluster.url(cluster.ports());
            try (CachedFactory reader = factory(AccessType.READ_WRITE, builder -> builder.set(NEAR, "all")
                            .set("hibernate.cache.dorm.location", url));
                    CachedFactory writer = reader.another(Item.class)
                            .cacheAll(AccessType.READ_WRITE)
                            .build()) {
                // Shard after shard: each of the masters has some.
                for (long id = 2; id <= 24; id++) {
                    long item = id;
                    reader.inTransaction(session -> session.persist(new Item(item, "c" + item, "old")));
                    await().atMost(SOON).until(() -> {
                        long before = reader.count(Counter.NEAR_HIT);
                        reader.fromTransaction(session -> session.find(Item.class, item));
                        return reader.count(Counter.NEAR_HIT) > before;
                    });
                    writer.inTransaction(
                            session -> session.find(Item.class, item).rename("new"));
                    await().atMost(SOON).until(() -> reader.fromTransaction(session -> session.find(Item.class, item))
                            .name()
                            .equals("new"));
                }
            }
        }
    }
}
