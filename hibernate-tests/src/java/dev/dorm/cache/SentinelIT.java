package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.OwnSentinel;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The master dies under load, and a replica that lags takes its place. */
class SentinelIT {

    private static CachedFactory.Builder cached(CachedFactory.Builder builder, OwnSentinel sentinel) {
        return builder.cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", "redis")
                .set("hibernate.cache.dorm.location", sentinel.url())
                .set("hibernate.cache.dorm.options.scanInterval", "500")
                .set("hibernate.cache.dorm.timeout", "500ms");
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private static void cachesAgain(CachedFactory factory, String expected) {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            factory.statements().clear();
            assertThat(title(factory)).isEqualTo(expected);
            return factory.statements().all().isEmpty();
        });
    }

    /** A process that keeps rows until it hears of them shows what is true, if perhaps a window later, and keeps it. */
    private static void keepsAgain(CachedFactory factory, String expected) {
        await().atMost(Duration.ofSeconds(40)).until(() -> title(factory).equals(expected));
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            long before = factory.cache().statistics().getNearHits();
            assertThat(title(factory)).isEqualTo(expected);
            return factory.cache().statistics().getNearHits() > before;
        });
    }

    private static String told(OwnRedis server, String... config) {
        try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            if (config.length == 2) {
                jedis.configSet(config[0], config[1]);
            }
            return jedis.info("replication");
        }
    }

    /** The replica keeps what it has and gets no more, as if it lagged. */
    private static void cutOff(OwnRedis replica) {
        told(replica, "masterauth", "nobody knows it");
        try (Jedis jedis = new Jedis("127.0.0.1", replica.port())) {
            jedis.sendCommand(
                    () -> "CLIENT".getBytes(java.nio.charset.StandardCharsets.UTF_8), "KILL", "TYPE", "MASTER");
        }
        await().until(() -> told(replica).contains("master_link_status:down"));
    }

    @Test
    void noTransactionFailsAndNothingThatTheReplicaMissedIsServed() throws InterruptedException {
        try (OwnRedis master = RedisServer.startOwn();
                OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> told(replica).contains("master_link_status:up"));
            try (OwnSentinel sentinel = new OwnSentinel(master);
                    CachedFactory one = cached(CachedFactory.on(CacheBackend.LOCMEM, Book.class), sentinel)
                            .build();
                    CachedFactory two =
                            cached(one.another(Book.class), sentinel).build();
                    CachedFactory keeping = cached(one.another(Book.class), sentinel)
                            .set("hibernate.cache.dorm.near", "all")
                            .set("hibernate.cache.dorm.ttl", "0")
                            .build()) {
                one.inTransaction(session -> session.persist(new Book(1, "old")));
                one.inTransaction(session -> session.persist(new Book(2, "0")));
                cachesAgain(one, "old");
                cachesAgain(two, "old");
                cutOff(replica);
                one.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
                cachesAgain(two, "new");
                keepsAgain(keeping, "new");

                AtomicBoolean loading = new AtomicBoolean(true);
                AtomicInteger worked = new AtomicInteger();
                AtomicReference<RuntimeException> failed = new AtomicReference<>();
                Thread load = new Thread(() -> load(one, loading, worked, failed));
                load.start();
                await().until(() -> worked.get() > 20);
                master.kill();
                await().atMost(Duration.ofSeconds(40)).until(() -> sentinel.master() == replica.port());
                cachesAgain(two, "new");
                cachesAgain(one, "new");
                loading.set(false);
                load.join();
                assertThat(failed.get()).isNull();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> one.cache().statistics().getPendingInvalidations() == 0);
                for (CachedFactory each : new CachedFactory[] {one, two}) {
                    String counted = each.fromTransaction(
                            session -> session.find(Book.class, 2L).title());
                    assertThat(counted).isEqualTo("" + worked.get());
                }
                keepsAgain(keeping, "new");
                one.inTransaction(session -> session.find(Book.class, 1L).retitle("newer"));
                keepsAgain(keeping, "newer");
            }
        }
    }

    /** Redisson by itself refuses to start with one. */
    @Test
    void oneSentinelIsEnoughAndIsWarnedOfOnce() {
        try (OwnRedis master = RedisServer.startOwn();
                OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port());
                OwnSentinel sentinel = new OwnSentinel(master);
                Printed printed = Printed.onStandardError();
                CachedFactory factory = cached(CachedFactory.on(CacheBackend.LOCMEM, Book.class), sentinel)
                        .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            cachesAgain(factory, "Emma");
            assertThat(printed.lines("WARN cache - The cache 'default'"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("reaches one sentinel only", sentinel.url(), "no failover is noticed");
        }
    }

    /** Who asks for Redisson's check has it. */
    @Test
    void theApplicationMayAskForMore() {
        try (OwnRedis master = RedisServer.startOwn();
                OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port());
                OwnSentinel sentinel = new OwnSentinel(master);
                Printed printed = Printed.onStandardError();
                CachedFactory factory = cached(CachedFactory.on(CacheBackend.LOCMEM, Book.class), sentinel)
                        .set("hibernate.cache.dorm.options.checkSentinelsList", "true")
                        .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            assertThat(title(factory)).isEqualTo("Emma");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(printed.text())
                    .contains("At least two sentinels", "checkSentinelsList"));
        }
    }

    private static void load(
            CachedFactory factory,
            AtomicBoolean loading,
            AtomicInteger worked,
            AtomicReference<RuntimeException> failed) {
        try {
            while (loading.get()) {
                factory.inTransaction(session -> session.find(Book.class, 2L).retitle("" + (worked.get() + 1)));
                worked.incrementAndGet();
            }
        } catch (RuntimeException e) {
            failed.set(e);
        }
    }
}
