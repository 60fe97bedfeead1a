package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import dev.dorm.cache.testing.CountingProxy;
import dev.dorm.cache.testing.ForgettingProxy;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.HoldingProxy.Stop;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.SlowProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that are under way at the same moment go over one connection, and none is the worse for the others. */
class SharedReadsIT {

    private static final int READERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private OwnRedis server;

    @BeforeEach
    void start() {
        server = RedisServer.startOwn();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    /** Where a server that stands still is no reason to leave a connection: its reads are under way together. */
    private static Backend backend(String url, Duration timeout) {
        return new RedisBackend(settings(url, timeout), timeout);
    }

    private static BackendSettings settings(String url, Duration timeout) {
        return new BackendSettings("default", url, null, null, Duration.ZERO, timeout, 1, 0, Map.of());
    }

    private static Row row(Backend backend, String id) {
        return backend.layout().namespace("dormqs:a").row(id);
    }

    private static RowState read(Backend backend, Row row) {
        return backend.run(new Step.ReadRows(List.of(row))).get(0);
    }

    private CompletableFuture<RowState> reading(Backend backend, Row row) {
        return CompletableFuture.supplyAsync(() -> read(backend, row), threads);
    }

    /** Lets one read after the other set out while the server stands still, so that they are under way together. */
    private List<CompletableFuture<RowState>> underWay(Backend backend, CountingProxy proxy, Row... rows) {
        List<CompletableFuture<RowState>> all = new ArrayList<>();
        for (Row each : rows) {
            int before = proxy.pieces();
            all.add(reading(backend, each));
            await().until(() -> proxy.pieces() > before);
        }
        return all;
    }

    /** Reads until a connection is known and there is proof, so that a read is nothing but its MGET. */
    private static void settle(Backend backend, Row row) {
        for (int i = 0; i < 20; i++) {
            read(backend, row);
        }
    }

    private static void store(Backend backend, Row row, int bytes) {
        assertThat(backend.setAsync(row.key(), new byte[bytes], Duration.ofMinutes(5)))
                .succeedsWithin(PATIENCE);
    }

    private Row[] same(Row row) {
        return IntStream.range(0, READERS).mapToObj(each -> row).toArray(Row[]::new);
    }

    @Test
    void readsAtTheSameMomentTakeOneConnectionAndOneRoundTrip() throws IOException {
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = backend(proxy.url(), PATIENCE)) {
            Row row = row(backend, "1");
            // Many replies together are no large one, nor are many rows of one reply.
            store(backend, row, 10_000);
            backend.run(new Step.ReadRows(Collections.nCopies(30, row)));
            settle(backend, row);
            server.pause();
            int before = proxy.turns();
            List<CompletableFuture<RowState>> reads = underWay(backend, proxy, same(row));
            assertThat(proxy.turns() - before).isEqualTo(1);
            server.resume();
            assertThat(reads).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        }
    }

    @Test
    void eachFindsItsOwnReply() throws IOException {
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = backend(proxy.url(), PATIENCE)) {
            Row[] rows = IntStream.range(0, READERS)
                    .mapToObj(each -> row(backend, "" + each))
                    .toArray(Row[]::new);
            for (int i = 0; i < READERS; i++) {
                store(backend, rows[i], 10 + i);
            }
            settle(backend, rows[0]);
            server.pause();
            List<CompletableFuture<RowState>> reads = underWay(backend, proxy, rows);
            server.resume();
            for (int i = 0; i < READERS; i++) {
                assertThat(reads.get(i).join().bytes()).hasSize(10 + i);
            }
        }
    }

    /** What takes long must not keep others waiting. */
    @Test
    void whatIsLargeOrWritesHasAConnectionOfItsOwn() throws IOException {
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = backend(proxy.url(), PATIENCE)) {
            Row small = row(backend, "1");
            Row large = backend.layout().namespace("dormqs:large").row("1");
            store(backend, large, 100_000);
            settle(backend, small);
            settle(backend, large);
            List<Row> many = IntStream.range(0, 30)
                    .mapToObj(each -> row(backend, "" + each))
                    .toList();
            server.pause();
            int before = proxy.turns();
            List<CompletableFuture<?>> all = new ArrayList<>(underWay(backend, proxy, small));
            assertThat(proxy.turns() - before).isEqualTo(1);
            all.add(reading(backend, large));
            await().until(() -> proxy.turns() - before == 2);
            all.add(backend.executeAsync(List.of(new Step.ReadRows(many))).toCompletableFuture());
            await().until(() -> proxy.turns() - before == 3);
            all.add(backend.executeAsync(List.of(new Step.LockRow(small, "t"))).toCompletableFuture());
            await().until(() -> proxy.turns() - before == 4);
            server.resume();
            assertThat(all).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        }
    }

    /** Nobody knew that the reply would be large: what is behind it goes out once more, on another connection. */
    @Test
    void aReadBehindALargeReplyDoesNotWaitForItsEnd() throws IOException {
        try (SlowProxy slow = new SlowProxy(server.port(), Duration.ofMillis(100));
                CountingProxy proxy = new CountingProxy(slow.port());
                Backend backend = backend(proxy.url(), Duration.ofSeconds(2));
                Backend other = backend(server.url(), PATIENCE)) {
            Row small = row(backend, "1");
            Row large = row(backend, "2");
            store(other, large, 4_000_000);
            settle(backend, small);
            server.pause();
            int before = proxy.turns();
            List<CompletableFuture<RowState>> reads = underWay(backend, proxy, large, small);
            assertThat(proxy.turns() - before).isEqualTo(1);
            server.resume();
            assertThat(reads.get(1)).succeedsWithin(PATIENCE);
            assertThat(reads.get(0)).isNotDone();
            assertThat(reads.get(0)).succeedsWithin(PATIENCE);
        }
    }

    /** All were sent while there was proof, and are answered when there is none any more. */
    @Test
    void eachIsBelievedOnlyWithProofThatLastsUntilItsReply() throws IOException {
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = backend(proxy.url(), PATIENCE)) {
            Row row = row(backend, "1");
            settle(backend, row);
            long before = mgets();
            server.pause();
            List<CompletableFuture<RowState>> reads = underWay(backend, proxy, same(row));
            await().during(ServerMemory.LEASE.plusMillis(50)).until(() -> true);
            server.resume();
            assertThat(reads).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
            // Behind a proof that was asked for anew.
            assertThat(mgets() - before).isGreaterThan(READERS);
        }
    }

    private long mgets() {
        return Ask.server(server, "info", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_mget:"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst("[^=]*=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void aThreadThatIsInterruptedTakesNothingFromTheOthers() throws Exception {
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = backend(proxy.url(), PATIENCE)) {
            Row row = row(backend, "1");
            settle(backend, row);
            server.pause();
            int before = proxy.pieces();
            Future<RowState> interrupted = threads.submit(() -> read(backend, row));
            await().until(() -> proxy.pieces() > before);
            int connections = proxy.connections();
            List<CompletableFuture<RowState>> others = underWay(backend, proxy, row, row);
            interrupted.cancel(true);
            await().during(Duration.ofMillis(100)).until(() -> proxy.connections() == connections);
            server.resume();
            assertThat(others).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
            assertThat(proxy.connections()).isEqualTo(connections);
        }
    }

    @Test
    void threadsThatReadAllTheTimeShareConnections() throws IOException {
        int each = 500;
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = new RedisBackend(settings(proxy.url(), PATIENCE))) {
            Row row = row(backend, "1");
            settle(backend, row);
            int before = proxy.turns();
            List<CompletableFuture<Void>> threads = IntStream.range(0, READERS)
                    .mapToObj(thread -> CompletableFuture.runAsync(
                            () -> IntStream.range(0, each).forEach(read -> read(backend, row)), this.threads))
                    .toList();
            assertThat(threads).allSatisfy(thread -> assertThat(thread).succeedsWithin(PATIENCE));
            assertThat(proxy.turns() - before).isLessThan(READERS * each);
        }
    }

    /** Half the time, after which any read goes out once more, is longer than anybody waits here. */
    @ParameterizedTest
    @EnumSource(Point.class)
    void aReadDoesNotStandWithOneThatIsHeldUp(Point point) throws IOException {
        try (HoldingProxy proxy = new HoldingProxy(server.port());
                Backend backend = new RedisBackend(settings(proxy.url(), LONG))) {
            Row row = row(backend, "1");
            settle(backend, row);
            Stop stop = proxy.holdAt(1, point);
            CompletableFuture<RowState> held = reading(backend, row);
            assertThat(stop.reachedBy(held)).isTrue();
            List<CompletableFuture<RowState>> others = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                others.add(reading(backend, row));
            }
            assertThat(others).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
            assertThat(held).isNotDone();
            stop.release();
            assertThat(held).succeedsWithin(PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void aReadThatHasJoinedLeavesAConnectionThatIsHeldUp(Point point) throws IOException {
        Duration patience = Duration.ofSeconds(2);
        try (HoldingProxy holding = new HoldingProxy(server.port());
                CountingProxy proxy = new CountingProxy(holding.port());
                Backend backend = new RedisBackend(settings(proxy.url(), LONG), patience)) {
            Row row = row(backend, "1");
            settle(backend, row);
            Stop stop = holding.holdAt(1, point);
            int turns = proxy.turns();
            List<CompletableFuture<RowState>> reads = underWay(backend, proxy, row, row);
            assertThat(proxy.turns() - turns).isEqualTo(1);
            assertThat(reads.get(1)).succeedsWithin(PATIENCE);
            assertThat(proxy.turns() - turns).isEqualTo(2);
            assertThat(reads.get(0)).isNotDone();
            stop.release();
            assertThat(reads.get(0)).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void nobodyJoinsAConnectionThatIsHeldUp() throws IOException {
        Duration patience = Duration.ofMillis(50);
        try (HoldingProxy holding = new HoldingProxy(server.port());
                CountingProxy proxy = new CountingProxy(holding.port());
                Backend backend = new RedisBackend(settings(proxy.url(), LONG), patience)) {
            Row row = row(backend, "1");
            settle(backend, row);
            Stop stop = holding.holdAt(1, Point.BEFORE_THE_SERVER);
            CompletableFuture<RowState> held = underWay(backend, proxy, row).get(0);
            // Longer than its patience is by now, whatever it has learned.
            await().during(patience.multipliedBy(10)).until(() -> true);
            int before = proxy.pieces();
            assertThat(reading(backend, row)).succeedsWithin(PATIENCE);
            assertThat(proxy.pieces() - before).isEqualTo(1);
            stop.release();
            assertThat(held).succeedsWithin(PATIENCE);
        }
    }

    /** Whoever waits for longer than a moment is not held up where each reply takes longer than that. */
    @Test
    void aConnectionIsSharedForLongerWhereRepliesTakeLonger() throws IOException {
        try (SlowProxy slow = new SlowProxy(server.port(), Duration.ofMillis(500));
                CountingProxy proxy = new CountingProxy(slow.port());
                Backend backend = new RedisBackend(settings(proxy.url(), LONG), Duration.ofMillis(50))) {
            Row row = row(backend, "1");
            settle(backend, row);
            server.pause();
            int before = proxy.turns();
            // The second sets out when this has seen the first, a tenth of a second later at least.
            List<CompletableFuture<RowState>> reads = underWay(backend, proxy, row, row);
            assertThat(proxy.turns() - before).isEqualTo(1);
            server.resume();
            assertThat(reads).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allAreAnsweredThoughTheirConnectionIsForgotten(boolean resets) throws IOException {
        try (ForgettingProxy proxy = new ForgettingProxy(server.port(), resets);
                Backend backend = backend(proxy.url(), Duration.ofSeconds(4))) {
            Row row = row(backend, "1");
            settle(backend, row);
            server.pause();
            List<CompletableFuture<RowState>> reads = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                reads.add(reading(backend, row));
            }
            await().during(Duration.ofMillis(200)).until(() -> true);
            proxy.forget();
            server.resume();
            assertThat(reads).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        }
    }

    @Test
    void allFailWhenNothingAnswersInTime() throws IOException {
        try (CountingProxy proxy = new CountingProxy(server.port());
                Backend backend = backend(proxy.url(), Duration.ofMillis(300))) {
            Row row = row(backend, "1");
            // On a busy machine a call may take longer than that by itself.
            await().ignoreExceptions().until(() -> {
                settle(backend, row);
                return true;
            });
            server.pause();
            List<CompletableFuture<RowState>> reads = IntStream.range(0, READERS)
                    .mapToObj(each -> reading(backend, row))
                    .toList();
            assertThat(reads).allSatisfy(each -> assertThatThrownBy(each::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(BackendException.class)
                    .hasMessageContaining("no reply within 300 ms"));
            server.resume();
            await().ignoreExceptions().until(() -> read(backend, row) != null);
        }
    }
}
