package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;

/** Query results that a process keeps: served at no round trip, and gone before another process commits a change of their tables. */
class NearQueriesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern CALLS = Pattern.compile("cmdstat_(?:client\\|getname|evalsha):calls=(\\d+)");
    private static final String REGIONS = "hibernate.cache.dorm.regions.";

    private final OwnRedis redis = RedisServer.startOwn();
    private CachedFactory reader;
    private CachedFactory writer;

    private void start(UnaryOperator<CachedFactory.Builder> readers) {
        start(redis.url(), redis.url(), readers);
    }

    private void start(String readersUrl, String writersUrl, UnaryOperator<CachedFactory.Builder> readers) {
        reader = readers.apply(CachedFactory.of(Item.class, Book.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .set("hibernate.cache.dorm.location", readersUrl)
                        .set("hibernate.cache.dorm.timeout", "2s")
                        .set("hibernate.cache.dorm.options.pingConnectionInterval", "0"))
                .build();
        writer = reader.another(Item.class, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.location", writersUrl)
                .set("hibernate.cache.dorm.timeout", "60s")
                .set("hibernate.cache.dorm.near", "off")
                .build();
        reader.inTransaction(session -> {
            session.persist(new Item(1, "a", "old", "x"));
            session.persist(new Item(2, "b", "other"));
            session.persist(new Book(1, "Emma"));
        });
    }

    private static UnaryOperator<CachedFactory.Builder> near(String near) {
        return builder -> builder.set("hibernate.cache.dorm.near", near);
    }

    private void startKeeping() {
        start(near("all"));
    }

    @AfterEach
    void close() {
        if (reader != null) {
            writer.close();
            reader.close();
        }
        redis.close();
    }

    private static String entities(Session session) {
        return session.createQuery("from Item order by id", Item.class).setCacheable(true).getResultList().stream()
                .map(Item::name)
                .toList()
                .toString();
    }

    private static String names(Session session) {
        return session.createQuery("select name from Item where id < :below order by id", String.class)
                .setParameter("below", 10L)
                .setCacheable(true)
                .getResultList()
                .toString();
    }

    private static String page(Session session) {
        return session.createQuery("select name from Item order by id", String.class)
                .setFirstResult(1)
                .setMaxResults(1)
                .setCacheable(true)
                .getResultList()
                .toString();
    }

    private static String sql(Session session) {
        return session
                .createNativeQuery("select * from Item order by id", Item.class)
                .setCacheable(true)
                .getResultList()
                .stream()
                .map(Item::name)
                .toList()
                .toString();
    }

    private boolean isKept(Function<Session, String> query) {
        long before = queryHits();
        reader.fromTransaction(query);
        return queryHits() > before;
    }

    /** Rows are kept, too: only a query region counts here. */
    private long queryHits() {
        return reader.cache().statistics().getRegions().entrySet().stream()
                .filter(region -> region.getKey().endsWith("query-results-region")
                        || region.getKey().endsWith("named"))
                .mapToLong(region -> region.getValue().getNearHits())
                .sum();
    }

    private void keep(Function<Session, String> query) {
        await().atMost(SOON).until(() -> isKept(query));
    }

    private long requests() {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            Matcher calls = CALLS.matcher(jedis.info("commandstats"));
            return calls.results()
                    .mapToLong(each -> Long.parseLong(each.group(1)))
                    .sum();
        }
    }

    private static void rename(CachedFactory process, String name) {
        process.inTransaction(session -> session.find(Item.class, 1L).rename(name));
    }

    static Stream<Named<Function<Session, String>>> queries() {
        return Stream.of(
                Named.of("entities", NearQueriesIT::entities),
                Named.of("values", NearQueriesIT::names),
                Named.of("a page", NearQueriesIT::page),
                Named.of("native SQL", NearQueriesIT::sql));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aResultThatIsKeptCostsNoRoundTrip(Function<Session, String> query) {
        startKeeping();
        costsNothing(query);
    }

    /** The ids are of the result, and the entities' rows are kept, too. */
    @Test
    void theEntitiesOfAShallowResultAreKeptBesideIt() {
        start(builder -> near("all").apply(builder).set("hibernate.cache.query_cache_layout", "SHALLOW"));
        costsNothing(NearQueriesIT::entities);
    }

    private void costsNothing(Function<Session, String> query) {
        keep(query);
        // A machine that holds the heartbeat up for a while makes some readings ask again.
        await().atMost(SOON).until(() -> {
            long requests = requests();
            reader.clear();
            return isKept(query) && requests() == requests;
        });
        assertThat(reader.statements().all()).isEmpty();
        assertThat(reader.statistics().getQueryCacheHitCount()).isEqualTo(1);
        assertThat(reader.statistics().getQueryCacheMissCount()).isZero();
        assertThat(reader.statistics().getUpdateTimestampsCacheHitCount()).isPositive();
        assertThat(reader.fromTransaction(query)).contains("other");
    }

    @Test
    void aResultIsGoneBeforeAnotherProcessCommitsAChangeOfItsTable() throws IOException {
        try (HoldingProxy proxy = new HoldingProxy(redis.port())) {
            start(redis.url(), proxy.url(), near("all"));
            // Scripts that the server does not know are sent twice.
            rename(writer, "warm");
            rename(writer, "old");
            await().atMost(SOON)
                    .until(() -> reader.fromTransaction(NearQueriesIT::names).equals("[old, other]"));
            keep(NearQueriesIT::names);
            HoldingProxy.Stop locked = proxy.holdAt(2, Point.BEFORE_THE_REPLY);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> rename(writer, "new"));
            assertThat(locked.reachedBy(writing)).isTrue();
            await().atMost(SOON).until(() -> !isKept(NearQueriesIT::names));
            assertThat(isKept(NearQueriesIT::names)).as("while it is locked").isFalse();
            assertThat(reader.fromTransaction(NearQueriesIT::names)).isEqualTo("[old, other]");
            locked.release();
            writing.join();
            assertThat(reader.fromTransaction(NearQueriesIT::names)).isEqualTo("[new, other]");
            keep(NearQueriesIT::names);
            assertThat(reader.fromTransaction(NearQueriesIT::names)).isEqualTo("[new, other]");
        }
    }

    @Test
    void whatThisProcessChangesIsGoneAtOnce() {
        startKeeping();
        for (int i = 0; i < 20; i++) {
            keep(NearQueriesIT::names);
            rename(reader, "n" + i);
            assertThat(reader.fromTransaction(NearQueriesIT::names)).isEqualTo("[n" + i + ", other]");
        }
    }

    @Test
    void whatIsWrittenToAnotherTableLeavesIt() {
        startKeeping();
        keep(NearQueriesIT::names);
        await().atMost(SOON).until(() -> {
            writer.inTransaction(session -> session.find(Book.class, 1L).retitle("Persuasion"));
            return isKept(NearQueriesIT::names);
        });
    }

    private interface Change {
        void in(CachedFactory process);
    }

    static Stream<Named<Change>> changes() {
        return Stream.of(
                Named.of("update", process -> rename(process, "changed")),
                Named.of("insert", process -> process.inTransaction(session -> session.persist(new Item(3, "c", "c")))),
                Named.of(
                        "delete",
                        process -> process.inTransaction(session -> session.remove(session.find(Item.class, 1L)))),
                Named.of(
                        "bulk update",
                        process -> process.inTransaction(
                                session -> session.createMutationQuery("update Item set name = 'bulk'")
                                        .executeUpdate())),
                Named.of(
                        "native SQL",
                        process -> process.inTransaction(
                                session -> session.createNativeQuery("update Item set name = 'sql'", Object.class)
                                        .addSynchronizedEntityClass(Item.class)
                                        .executeUpdate())),
                Named.of(
                        "evict query regions",
                        process -> process.get().getCache().evictQueryRegions()),
                Named.of(
                        "evict the default region",
                        process -> process.get().getCache().evictDefaultQueryRegion()),
                Named.of("evict all", process -> process.get().getCache().evictAllRegions()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeReachesWhatOthersKeep(Change change) {
        startKeeping();
        keep(NearQueriesIT::names);
        change.in(writer);
        await().atMost(SOON).until(() -> !isKept(NearQueriesIT::names));
        assertThat(reader.fromTransaction(NearQueriesIT::names))
                .isEqualTo(writer.fromTransaction(NearQueriesIT::names));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeReachesWhatThisProcessKeepsAtOnce(Change change) {
        startKeeping();
        keep(NearQueriesIT::names);
        change.in(reader);
        assertThat(isKept(NearQueriesIT::names)).isFalse();
        assertThat(reader.fromTransaction(NearQueriesIT::names))
                .isEqualTo(writer.fromTransaction(NearQueriesIT::names));
    }

    @Test
    void whoHasWrittenIsNotServed() {
        startKeeping();
        keep(NearQueriesIT::names);
        reader.inTransaction(session -> {
            session.find(Item.class, 1L).rename("mine");
            assertThat(names(session)).isEqualTo("[mine, other]");
            session.getTransaction().markRollbackOnly();
        });
        assertThat(reader.fromTransaction(NearQueriesIT::names)).isEqualTo("[old, other]");
    }

    /** What a transaction has computed, and is served again, may hold what it takes back. */
    @Test
    void whatATransactionHasForItselfIsNotKept() {
        startKeeping();
        keep(NearQueriesIT::names);
        reader.get().getCache().evictQueryRegions();
        reader.inTransaction(session -> {
            session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("update Item set name = 'nobody knows' where id = 1");
                }
            });
            for (int i = 0; i < 3; i++) {
                assertThat(names(session)).contains("nobody knows");
            }
            session.getTransaction().markRollbackOnly();
        });
        for (int i = 0; i < 3; i++) {
            assertThat(reader.fromTransaction(NearQueriesIT::names)).isEqualTo("[old, other]");
        }
    }

    @Test
    void aFlushedRedisIsNoticed() {
        startKeeping();
        keep(NearQueriesIT::names);
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.flushAll();
        }
        await().atMost(SOON).until(() -> !isKept(NearQueriesIT::names));
        keep(NearQueriesIT::names);
    }

    @Test
    void whatIsResetKeepsNothing() {
        startKeeping();
        keep(NearQueriesIT::names);
        reader.cache().reset();
        assertThat(isKept(NearQueriesIT::names)).isFalse();
        keep(NearQueriesIT::names);
    }

    @Test
    void resultsAreKeptOnlyWhenAskedFor() {
        start(near("on"));
        for (int i = 0; i < 20; i++) {
            assertThat(isKept(NearQueriesIT::names)).isFalse();
        }
    }

    @Test
    void whatIsCachedByTransactionalIsNeverKept() {
        start(builder -> near("all").apply(builder).cacheAll(AccessType.TRANSACTIONAL));
        for (int i = 0; i < 20; i++) {
            assertThat(isKept(NearQueriesIT::names)).isFalse();
        }
    }

    /** The first that is kept may be one of a region that no query has asked for until now. */
    @Test
    void aRegionMayAskForItself() {
        start(builder -> builder.set(REGIONS + "named.near", "on"));
        keep(session -> session.createQuery("select name from Item order by id", String.class)
                .setCacheable(true)
                .setCacheRegion("named")
                .getResultList()
                .toString());
        assertThat(isKept(NearQueriesIT::names)).isFalse();
    }

    @Test
    void aRegionMayRefuse() {
        start(builder -> near("all").apply(builder).set(REGIONS + "default-query-results-region.near", "off"));
        for (int i = 0; i < 20; i++) {
            assertThat(isKept(NearQueriesIT::names)).isFalse();
        }
    }

    private CachedFactory.Builder elsewhere(CachedFactory.Builder builder) {
        return builder.set("hibernate.cache.dorm.caches.other.backend", "redis")
                .set("hibernate.cache.dorm.caches.other.location", redis.url())
                .set(REGIONS + "default-query-results-region.alias", "other");
    }

    @Test
    void whereNobodyTellsOfTheirTablesResultsAreNotKept() {
        start(builder -> elsewhere(near("all").apply(builder)));
        for (int i = 0; i < 20; i++) {
            assertThat(isKept(NearQueriesIT::names)).isFalse();
        }
    }

    @Test
    void whereNobodyTellsOfTheirTablesResultsCannotBeAskedFor() {
        assertThatThrownBy(() ->
                        start(builder -> elsewhere(builder).set(REGIONS + "default-query-results-region.near", "on")))
                .hasStackTraceContaining("query results in the backend 'other' are never kept in the near tier");
    }

    @Test
    void inAClusterTheMasterOfTheClockIsHeard() {
        try (RedisCluster cluster = new RedisCluster()) {
            cluster.join(cluster.ports());
            String url = RedisCluster.url(cluster.ports());
            start(url, url, near("all"));
            List<Function<Session, String>> all =
                    List.of(NearQueriesIT::names, NearQueriesIT::page, NearQueriesIT::entities);
            for (int i = 0; i < 4; i++) {
                all.forEach(this::keep);
                rename(writer, "n" + i);
                writer.inTransaction(session -> session.find(Item.class, 2L).rename("other"));
                String now = "[n" + i + ", other]";
                await().atMost(SOON).until(() -> reader.fromTransaction(NearQueriesIT::names)
                        .equals(now));
                await().atMost(SOON).until(() -> reader.fromTransaction(NearQueriesIT::entities)
                        .equals(now));
            }
            assertThat(reader.count(Counter.NEAR_HIT)).isPositive();
        }
    }
}
