package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever answers a read was looked at, and nobody is asked twice who he is. */
class RedisReadsIT {

    private static void read(Backend backend, Row row) {
        assertThat(backend.run(new Step.ReadRows(List.of(row)))).hasSize(1);
    }

    private static long calls(OwnRedis server, String command) {
        return Ask.server(server, "info", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst("[^=]*=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void aReadOnAKnownConnectionCarriesNothingBesides() {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = new RedisBackend(RedisBackendIT.settings(server.url()))) {
            Row row = backend.layout().namespace("dormqs:a").row("1");
            // On a busy machine the pool's connections are not all there at once.
            await().until(() -> {
                long before = calls(server, "info");
                for (int i = 0; i < 50; i++) {
                    read(backend, row);
                }
                return calls(server, "info") - before == 1;
            });
            long asked = calls(server, "info");
            long read = calls(server, "mget");
            for (int i = 0; i < 100; i++) {
                read(backend, row);
            }
            assertThat(calls(server, "mget") - read).isEqualTo(100);
            // This test asks itself, twice by now.
            assertThat(calls(server, "info") - asked).isBetween(1L, 3L);
            assertThat(calls(server, "client")).isZero();
        }
    }

    /** Its answer can come on no other: who waits for it would wait for the whole timeout. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadWhoseConnectionIsLostFailsAtOnce(boolean waiting) {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = patient(server)) {
            Row row = backend.layout().namespace("dormqs:a").row("1");
            List<Step<?>> step = List.of(new Step.ReadRows(List.of(row)));
            read(backend, row);
            server.pause();
            CompletableFuture<Replies> reading =
                    waiting ? CompletableFuture.supplyAsync(() -> backend.execute(step)) : backend.executeAsync(step);
            await().during(Duration.ofMillis(200)).until(() -> !reading.isDone());
            server.kill();
            assertThat(reading)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    // The one that it was sent on, or the one on which it goes out once more.
                    .withMessageMatching("(?s).*(has closed the connection|Connection refused).*");
        }
    }

    private static Backend patient(OwnRedis server) {
        return new RedisBackend(new BackendSettings(
                "default", server.url(), null, null, Duration.ZERO, Duration.ofMinutes(5), 1, 0, Map.of()));
    }

    @Test
    void aServerToWhichAReadIsSentOnIsLookedAt() {
        try (OwnRedis one = node();
                OwnRedis two = node()) {
            Ask.server(one, "cluster", ("addslots " + RedisCluster.slots(0, 8191)).split(" "));
            Ask.server(two, "cluster", ("addslots " + RedisCluster.slots(8192, 16383)).split(" "));
            Ask.server(two, "cluster", "set-config-epoch", "2");
            Ask.server(one, "cluster", "meet", "127.0.0.1", "" + two.port(), "" + two.nodePort());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(List.of(one, two))
                    .allSatisfy(node -> assertThat(Ask.server(node, "cluster", "info"))
                            .contains("cluster_state:ok", "cluster_known_nodes:2")));
            try (Backend backend = cluster(one, two)) {
                Row row = backend.layout().namespace("dormqs:a").row("1");
                String slot = Ask.server(one, "cluster", "keyslot", row.shard().versionKey());
                OwnRedis from = Integer.parseInt(slot) < 8192 ? one : two;
                OwnRedis to = from == one ? two : one;
                await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                    read(backend, row);
                    return true;
                });
                assertThat(backend.serverEpoch()).isEqualTo(1);

                // A slot is given away empty, without the proof that the read has left there.
                Ask.server(from, "flushall");
                Ask.server(to, "cluster", "setslot", slot, "node", id(to));
                Ask.server(from, "cluster", "setslot", slot, "node", id(to));
                read(backend, row);
                assertThat(backend.serverEpoch()).isEqualTo(2);
            }
        }
    }

    private static OwnRedis node() {
        return RedisServer.startNode();
    }

    private static String id(OwnRedis node) {
        return Ask.server(node, "cluster", "myid");
    }

    /** Looks at the cluster's topology once, so that it does not learn of a move before a read does. */
    private static Backend cluster(OwnRedis one, OwnRedis two) {
        return new RedisBackend(new BackendSettings(
                "default",
                "redis+cluster://127.0.0.1:" + one.port() + ",127.0.0.1:" + two.port(),
                null,
                null,
                Duration.ZERO,
                Duration.ofSeconds(5),
                1,
                0,
                Map.of("scanInterval", "600000")));
    }
}
