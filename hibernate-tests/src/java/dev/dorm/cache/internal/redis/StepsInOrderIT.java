package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.HoldingProxy.Stop;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent behind calls that are not answered finds what those have done. */
class StepsInOrderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Backend backend(String url) {
        return new RedisBackend(new BackendSettings(
                "default", url, null, null, Duration.ZERO, PATIENCE, 16, 0, Map.of("pingConnectionInterval", "0")));
    }

    private static Row row(Backend backend, String id) {
        return backend.layout().namespace("dormqs:a").row(id);
    }

    private static boolean isThere(Replies replies, Step.ReadRows read) {
        return replies.of(read).stream().map(RowState::bytes).allMatch(bytes -> bytes != null);
    }

    private static CompletableFuture<Replies> lock(StepExecutor way, Row row, String token) {
        return way.executeAsync(List.of(new Step.LockRow(row, token)));
    }

    /** Has as many connections as are wanted, and the server know its scripts. */
    private static void warm(Backend backend, Row row) {
        List<CompletableFuture<Replies>> all = IntStream.range(0, 4)
                .mapToObj(each -> lock(backend, row, "warm"))
                .toList();
        assertThat(all).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        backend.run(new Step.UnlockRow(row, "warm", 0, 0, null, Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void whatIsSentBehindFindsWhatWasSentBefore(Point point) throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                HoldingProxy proxy = new HoldingProxy(server.port());
                Backend backend = backend(proxy.url())) {
            Row row = row(backend, "1");
            warm(backend, row);
            Stop stop = proxy.holdAt(1, point);
            CompletableFuture<Replies> first = lock(backend, row, "t");
            assertThat(stop.reachedBy(first)).isTrue();

            StepExecutor way = backend.behind(List.of(first));
            assertThat(way).isNotNull();
            Step.ReadRows read = new Step.ReadRows(List.of(row));
            CompletableFuture<Replies> second = way.executeAsync(List.of(read));
            CompletableFuture<Replies> third = CompletableFuture.supplyAsync(() -> way.execute(List.of(read)));
            // On a connection of their own they would be answered, and find nothing.
            assertThat(backend.run(new Step.ReadRows(List.of(row(backend, "2"))))
                            .get(0)
                            .bytes())
                    .isNull();
            assertThat(second).isNotCompleted();
            stop.release();
            assertThat(second).succeedsWithin(PATIENCE).matches(replies -> isThere(replies, read));
            assertThat(third).succeedsWithin(PATIENCE).matches(replies -> isThere(replies, read));
            assertThat(first).isCompleted();
        }
    }

    @Test
    void whatIsUnderWayOnTwoConnectionsOfOneServerHasNoOrder() throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = backend(server.url())) {
            Row row = row(backend, "1");
            warm(backend, row);
            server.pause();
            CompletableFuture<Replies> one = lock(backend, row, "t");
            CompletableFuture<Replies> other = lock(backend, row, "u");
            await().until(() -> backend.behind(List.of(one)) != null && backend.behind(List.of(other)) != null);
            assertThat(backend.behind(List.of(one, other))).isNull();
            StepExecutor way = backend.behind(List.of(one));
            assertThat(way).isNotNull();
            CompletableFuture<Replies> behind = lock(way, row, "v");
            assertThat(backend.behind(List.of(one, behind)))
                    .as("both are on one connection")
                    .isNotNull();
            server.resume();
            assertThat(List.of(one, other, behind))
                    .allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
            assertThat(backend.behind(List.of(one, other))).as("both have come").isNotNull();
        }
    }

    /** It may come before or after what was sent once more. */
    @Test
    void whatWentOutOnceMoreHasNoOrder() throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                HoldingProxy proxy = new HoldingProxy(server.port());
                Backend backend = backend(proxy.url())) {
            Row row = row(backend, "1");
            warm(backend, row);
            server.pause();
            proxy.cutOnceAt(1, Point.BEFORE_THE_SERVER);
            CompletableFuture<Replies> first = lock(backend, row, "t");
            await().until(() -> first.isDone() || backend.behind(List.of(first)) == null);
            assertThat(first).isNotCompleted();
            server.resume();
            assertThat(first).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void whatAnotherBackendHasSentHasNoOrder() {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = backend(server.url())) {
            assertThat(backend.behind(List.of(new CompletableFuture<>()))).isNull();
        }
    }

    /** Each master keeps the order of what came to it. */
    @Test
    void theOrderIsThatOfEachMasterInACluster() {
        try (RedisCluster cluster = new RedisCluster();
                Backend backend =
                        backend(RedisCluster.url(cluster.join(cluster.ports()).ports()))) {
            List<Row> rows = IntStream.range(0, 50)
                    .mapToObj(each -> row(backend, "" + each))
                    .toList();
            rows.forEach(each -> warm(backend, each));
            Step.ReadRows read = new Step.ReadRows(rows);
            int behind = 0;
            for (int i = 0; i < 200; i++) {
                String token = "t" + i;
                CompletableFuture<Replies> locks = backend.executeAsync(
                        rows.stream().map(row -> new Step.LockRow(row, token)).toList());
                StepExecutor way = backend.behind(List.of(locks));
                if (way != null) {
                    behind++;
                    assertThat(isThere(way.execute(List.of(read)), read)).isTrue();
                }
                assertThat(locks).succeedsWithin(PATIENCE);
                backend.execute(rows.stream()
                        .map(row -> new Step.UnlockRow(row, token, 0, 0, null, Duration.ZERO))
                        .toList());
                backend.execute(
                        rows.stream().map(row -> Step.invalidate(row, "gone")).toList());
            }
            assertThat(behind).isPositive();
        }
    }
}
