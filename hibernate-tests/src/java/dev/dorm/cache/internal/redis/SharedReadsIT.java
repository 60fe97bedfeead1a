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
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that are under way at the same moment go over one connection, and none is the worse for the others. */
class SharedReadsIT {

    private static final int READERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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

    private static Backend backend(String url, Duration timeout) {
        return new RedisBackend(
                new BackendSettings("default", url, null, null, Duration.ZERO, timeout, 1, 0, Map.of()));
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
