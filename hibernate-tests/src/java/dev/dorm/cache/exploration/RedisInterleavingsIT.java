package dev.dorm.cache.exploration;

import static dev.dorm.cache.exploration.RowScope.Kind.BULK;
import static dev.dorm.cache.exploration.RowScope.Kind.DEL;
import static dev.dorm.cache.exploration.RowScope.Kind.UPD;
import static dev.dorm.cache.exploration.RowScope.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.redis.RedisBackend;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.JedisPool;

/**
 * What {@link RowInterleavingsTest} and {@link QueryInterleavingsTest} show of locmem, over the scripts in Redis: every
 * interleaving of the smallest scopes, and random ones of the others, for a second each.
 *
 * <p>{@code -Ddorm.interleavings.seed=<number>} repeats a sample, {@code -Ddorm.interleavings.millis=<number>} makes it
 * longer.
 */
class RedisInterleavingsIT {

    private static final long MILLIS = Long.getLong("dorm.interleavings.millis", 1000);
    private static final long SEED = Long.getLong("dorm.interleavings.seed", new Random().nextInt(1_000_000));
    private static final AtomicLong WORLDS = new AtomicLong();

    private static OwnRedis server;
    private static Backend backend;
    private static JedisPool pool;

    @BeforeAll
    static void open() {
        server = RedisServer.startOwn();
        backend = new RedisBackend(new BackendSettings(
                BackendSettings.DEFAULT_ALIAS,
                server.url(),
                null,
                null,
                BackendSettings.DEFAULT_TTL,
                Duration.ofSeconds(10),
                BackendSettings.DEFAULT_MAX_ENTRIES,
                0,
                Map.of()));
        pool = new JedisPool("127.0.0.1", server.port());
    }

    @AfterAll
    static void close() {
        pool.close();
        backend.close();
        server.close();
    }

    static Stream<RowScope> smallest() {
        return Stream.of(
                RowScope.of(List.of(UPD), reads(0, 2)),
                RowScope.of(List.of(DEL), reads(0, 2)).flushing(),
                RowScope.of(List.of(BULK), reads(0, 2)),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)));
    }

    static Stream<RowScope> mutants() {
        return RowMutantsTest.scopes().filter(scope -> scope.waits() == 0);
    }

    static Stream<RowScope> samples() {
        return RowInterleavingsTest.scopes();
    }

    static Stream<QueryScope> queries() {
        return QueryInterleavingsTest.scopes();
    }

    static Stream<QueryScope> queryMutants() {
        return QueryInterleavingsTest.mutants().filter(scope -> scope.expiries() == 0);
    }

    @ParameterizedTest
    @MethodSource("smallest")
    void noInterleavingShowsAStaleRow(RowScope scope) {
        assertThat(complete(scope, () -> world(scope)).counterexample()).isNull();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void anExplorationMissesEachRuleOfRows(RowScope scope) {
        assertThat(complete(scope, () -> world(scope)).counterexample()).contains("STALE");
    }

    @ParameterizedTest
    @MethodSource("queryMutants")
    void anExplorationMissesEachRuleOfTheClock(QueryScope scope) {
        assertThat(complete(scope, () -> world(scope)).counterexample()).contains("STALE");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noSampleShowsAStaleRow(RowScope scope) {
        assertThat(sample(scope, () -> world(scope)).counterexample()).isNull();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void noSampleShowsAStaleResult(QueryScope scope) {
        assertThat(sample(scope, () -> world(scope)).counterexample()).isNull();
    }

    private static Exploration complete(Object scope, Supplier<World> start) {
        return Exploration.complete(start).told(scope);
    }

    private static Exploration sample(Object scope, Supplier<World> start) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        return Exploration.sample(start, SEED, Integer.MAX_VALUE, deadline).told("seed " + SEED + ", " + scope, "runs");
    }

    private static World world(RowScope scope) {
        AtomicLong nanos = new AtomicLong(1);
        String prefix = "w" + WORLDS.incrementAndGet() + ".";
        return new RowWorld(scope, new VirtualRedis(backend, pool, nanos, prefix), nanos::get, prefix);
    }

    private static World world(QueryScope scope) {
        AtomicLong nanos = new AtomicLong(1);
        String prefix = "w" + WORLDS.incrementAndGet() + ".";
        return new QueryWorld(scope, new VirtualRedis(backend, pool, nanos, prefix), nanos::get, prefix);
    }
}
