package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.CacheMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Rows that a process keeps: served at no round trip, and gone before another process commits a change of them. */
class NearIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern CALLS = Pattern.compile("cmdstat_(?:client\\|getname|evalsha):calls=(\\d+)");

    private final OwnRedis redis = RedisServer.startOwn();
    private CachedFactory reader;
    private CachedFactory writer;

    private void start(AccessType strategy, String near) {
        start(redis.url(), redis.url(), strategy, near);
    }

    private void start(String readersUrl, String writersUrl, AccessType strategy, String near) {
        reader = CachedFactory.of(Item.class)
                .cacheAll(strategy)
                .set("hibernate.cache.dorm.location", readersUrl)
                .set("hibernate.cache.dorm.timeout", "2s")
                .set("hibernate.cache.dorm.near", near)
                .set("hibernate.cache.dorm.options.pingConnectionInterval", "0")
                .build();
        writer = reader.another(Item.class)
                .cacheAll(strategy)
                .set("hibernate.cache.dorm.location", writersUrl)
                .set("hibernate.cache.dorm.timeout", "60s")
                .set("hibernate.cache.dorm.near", "off")
                .build();
        reader.inTransaction(session -> {
            session.persist(new Item(1, "a", "old", "x"));
            session.persist(new Item(2, "b", "other"));
        });
    }

    @AfterEach
    void close() {
        if (reader != null) {
            writer.close();
            reader.close();
        }
        redis.close();
    }

    /** Reads an entity by its natural id, and its collection: three rows. */
    private static String look(Session session) {
        Item item = session.bySimpleNaturalId(Item.class).load("a");
        if (item == null) {
            return "gone";
        }
        Hibernate.initialize(item.tags());
        return item.name() + item.tags();
    }

    private static String look(CachedFactory process) {
        return process.fromTransaction(NearIT::look);
    }

    private long keptOf(Runnable reading) {
        long before = reader.count(Counter.NEAR_HIT);
        reading.run();
        return reader.count(Counter.NEAR_HIT) - before;
    }

    private boolean isKept() {
        return keptOf(() -> look(reader)) == 3;
    }

    /** Reads until everything is kept. */
    private void keep() {
        await().atMost(SOON).until(this::isKept);
    }

    private long requests() {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            Matcher calls = CALLS.matcher(jedis.info("commandstats"));
            return calls.results()
                    .mapToLong(each -> Long.parseLong(each.group(1)))
                    .sum();
        }
    }

    private void rename(CachedFactory process, String name) {
        process.inTransaction(session -> session.find(Item.class, 1L).rename(name));
    }

    @Test
    void entitiesCollectionsAndNaturalIdsThatAreKeptCostNoRoundTrip() {
        start(AccessType.READ_WRITE, "all");
        keep();
        // A machine that holds the heartbeat up for a while makes some readings ask again.
        await().atMost(SOON).until(() -> {
            long requests = requests();
            reader.clear();
            return isKept() && requests() == requests;
        });
        assertThat(reader.statements().all()).isEmpty();
        assertThat(reader.statistics().getSecondLevelCacheHitCount()).isEqualTo(2);
        assertThat(reader.statistics().getNaturalIdCacheHitCount()).isEqualTo(1);
        assertThat(reader.cache().statistics().getNearHits()).isPositive();
    }

    @Test
    void aRowIsGoneBeforeAnotherProcessCommitsItsChange() throws IOException {
        try (HoldingProxy proxy = new HoldingProxy(redis.port())) {
            start(redis.url(), proxy.url(), AccessType.READ_WRITE, "all");
            // Scripts that the server does not know are sent twice.
            rename(writer, "warm");
            rename(writer, "old");
            await().atMost(SOON).until(() -> look(reader).equals("old[x]"));
            keep();
            HoldingProxy.Stop locked = proxy.holdAt(2, Point.BEFORE_THE_REPLY);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> rename(writer, "new"));
            assertThat(locked.reachedBy(writing)).isTrue();
            await().atMost(SOON).until(() -> keptOf(() -> look(reader)) < 3);
            assertThat(look(reader)).isEqualTo("old[x]");
            assertThat(keptOf(() -> look(reader)))
                    .as("the collection and the natural id")
                    .isLessThan(3);
            locked.release();
            writing.join();
            assertThat(look(reader)).isEqualTo("new[x]");
            keep();
            assertThat(look(reader)).isEqualTo("new[x]");
        }
    }

    @Test
    void whatThisProcessChangesIsGoneAtOnce() {
        start(AccessType.READ_WRITE, "all");
        for (int i = 0; i < 20; i++) {
            keep();
            rename(reader, "n" + i);
            assertThat(look(reader)).isEqualTo("n" + i + "[x]");
        }
    }

    private interface Change {
        void in(CachedFactory process);
    }

    static Stream<Named<Change>> changes() {
        return Stream.of(
                Named.of(
                        "update",
                        process -> process.inTransaction(
                                session -> session.find(Item.class, 1L).rename("other"))),
                Named.of(
                        "collection",
                        process -> process.inTransaction(
                                session -> session.find(Item.class, 1L).tags().add("y"))),
                Named.of(
                        "bulk update",
                        process -> process.inTransaction(
                                session -> session.createMutationQuery("update Item set name = 'bulk'")
                                        .executeUpdate())),
                Named.of("evict", process -> process.get().getCache().evictEntityData(Item.class, 1L)),
                Named.of("evict all", process -> process.get().getCache().evictEntityData(Item.class)),
                Named.of(
                        "evict a collection",
                        process -> process.get().getCache().evictCollectionData(Item.class.getName() + ".tags", 1L)),
                Named.of(
                        "evict natural ids", process -> process.get().getCache().evictNaturalIdData()),
                Named.of("bump", process -> process.cache().bumpModelVersion(Item.class)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeReachesWhatOthersKeep(Change change) {
        start(AccessType.READ_WRITE, "all");
        keep();
        change.in(writer);
        await().atMost(SOON).until(() -> !isKept());
        assertThat(look(reader)).isEqualTo(look(writer));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeReachesWhatThisProcessKeepsAtOnce(Change change) {
        start(AccessType.READ_WRITE, "all");
        keep();
        change.in(reader);
        assertThat(isKept()).isFalse();
        assertThat(look(reader)).isEqualTo(look(writer));
    }

    @Test
    void whatIsResetKeepsNothing() {
        start(AccessType.READ_WRITE, "all");
        keep();
        reader.cache().reset();
        assertThat(keptOf(() -> look(reader))).isZero();
        keep();
    }

    @Test
    void aKilledSubscriptionEmptiesTheTier() {
        start(AccessType.READ_WRITE, "all");
        keep();
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
        }
        await().atMost(SOON).until(() -> keptOf(() -> look(reader)) == 0);
        keep();
    }

    @Test
    void aSilentSubscriptionTurnsTheTierOffWithinTheWindow() throws IOException {
        try (HoldingProxy proxy = new HoldingProxy(redis.port())) {
            start(proxy.url(), redis.url(), AccessType.READ_WRITE, "all");
            keep();
            HoldingProxy.Stop silent = proxy.holdSubscribed(Point.BEFORE_THE_REPLY);
            await().atMost(SOON).until(silent::isReached);
            rename(writer, "new");
            long changed = System.nanoTime();
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> look(reader)
                    .equals("new[x]"));
            Duration stale = Duration.ofNanos(System.nanoTime() - changed);
            assertThat(silent.isReached()).isTrue();
            assertThat(stale)
                    .as("the window, and a read")
                    .isBetween(Duration.ofMillis(1_000), Duration.ofMillis(6_000));
            assertThat(keptOf(() -> look(reader))).isZero();
            silent.release();
            keep();
        }
    }

    @Test
    void aFlushedRedisIsNoticed() {
        start(AccessType.READ_WRITE, "all");
        keep();
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.flushAll();
        }
        await().atMost(SOON).until(() -> keptOf(() -> look(reader)) == 0);
        keep();
    }

    @Test
    void aVersionThatIsIncrementedByHandIsNoticed() {
        start(AccessType.READ_WRITE, "all");
        keep();
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.incr("dormver:" + reader.cache().cacheNamespace(Item.class));
        }
        await().atMost(SOON).until(() -> !isKept());
        keep();
    }

    @Test
    void aRestartedRedisEmptiesTheTier() {
        start(AccessType.READ_WRITE, "all");
        keep();
        redis.kill();
        await().atMost(SOON).until(() -> keptOf(() -> look(reader)) == 0);
        redis.start();
        assertThat(look(reader)).isEqualTo("old[x]");
        keep();
        assertThat(look(reader)).isEqualTo("old[x]");
    }

    @Test
    void aRefreshReplacesWhatOthersKeepToo() {
        start(AccessType.READ_WRITE, "all");
        keep();
        // Behind the cache's back, whose entry is no more: what is stored now must not differ from what is kept.
        writer.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("update Item set name = 'sql'");
            }
        }));
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.del("dormrow:" + reader.cache().cacheNamespace(Item.class) + ":1");
        }
        assertThat(look(reader)).isEqualTo("old[x]");
        writer.inTransaction(
                session -> session.byId(Item.class).with(CacheMode.REFRESH).load(1L));
        await().atMost(SOON).until(() -> look(reader).equals("sql[x]"));
    }

    @Test
    void whatIsKeptDoesNotMakeANewEntityADetachedOne() {
        start(AccessType.READ_WRITE, "all");
        keep();
        writer.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("delete from Item_tags");
                statement.execute("delete from Item where id = 1");
            }
        }));
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.del("dormrow:" + reader.cache().cacheNamespace(Item.class) + ":1");
        }
        reader.inTransaction(session -> session.persist(new Item(1, "a", "again")));
        assertThat(look(reader)).isEqualTo("again[]");
    }

    @Test
    void readWriteIsKeptOnlyWhenAskedFor() {
        start(AccessType.READ_WRITE, "on");
        for (int i = 0; i < 20; i++) {
            assertThat(keptOf(() -> look(reader))).isZero();
        }
    }

    @Test
    void transactionalIsNeverKept() {
        start(AccessType.TRANSACTIONAL, "all");
        for (int i = 0; i < 20; i++) {
            assertThat(keptOf(() -> look(reader))).isZero();
        }
    }

    @Test
    void nonstrictIsKeptUntilAnotherProcessInvalidates() {
        start(AccessType.NONSTRICT_READ_WRITE, "on");
        keep();
        rename(writer, "new");
        await().atMost(SOON).until(() -> look(reader).equals("new[x]"));
        keep();
    }
}
