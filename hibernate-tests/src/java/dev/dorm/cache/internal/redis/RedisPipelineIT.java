package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.signing.Stamp;
import dev.dorm.cache.testing.CountingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what stands in Redis. */
class RedisPipelineIT {

    private OwnRedis server;
    private RedisBackend backend;
    private Row row;

    @BeforeEach
    void open() {
        server = RedisServer.startOwn();
        backend = new RedisBackend(RedisBackendIT.settings(server.url()));
        row = backend.layout().namespace("dormqs:app.User").row("1");
    }

    @AfterEach
    void close() {
        backend.close();
        server.close();
    }

    private byte[] entry(Row row, long version) {
        return ("dormsig1:" + "0".repeat(64) + ":v" + version + "|" + Stamp.at(1) + "|" + row.key() + "|body")
                .getBytes(ISO_8859_1);
    }

    @Test
    void scriptsThatTheServerForgotAreLoadedAgain() {
        backend.run(new Step.ReadVersion(row.shard()));
        Ask.server(server, "script", "flush");
        Step.LockRow lock = new Step.LockRow(row, "t");
        Step.ReadRows read = new Step.ReadRows(List.of(row));
        Step.BumpVersion bump = new Step.BumpVersion(row.shard());
        Replies replies = backend.execute(List.of(lock, read, bump));
        assertThat(replies.of(read).get(0).kind()).isEqualTo(Kind.LOCK);
        assertThat(replies.of(bump)).isEqualTo(replies.of(lock).version() + 1);
    }

    @Test
    void stepsKeepTheirOrderWhenTheServerKnowsOnlyTheLaterScript() {
        long version = backend.run(new Step.ReadVersion(row.shard()));
        Ask.server(server, "script", "flush");
        backend.run(Step.invalidate(new Row(row.shard(), "other"), "t"));
        Step.LockRow lock = new Step.LockRow(row, "t");
        Step.UnlockRow unlock = Step.invalidate(row, "t");
        Replies replies = backend.execute(List.of(lock, unlock));
        assertThat(backend.run(new Step.ReadRows(List.of(row))).get(0).kind()).isNotEqualTo(Kind.LOCK);
        assertThat(replies.of(lock).version()).isEqualTo(version);
    }

    /** Redis spends more on calling a script than on what it does with a row, and does nothing else meanwhile. */
    @Test
    void aScriptTakesTheRowsOfAShardTogetherButNotTooMany() {
        Shard other = backend.layout().namespace("dormqs:app.Book").row("1").shard();
        List<Step.LockRow> locks = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            locks.add(new Step.LockRow(new Row(row.shard(), "row" + i), "t"));
            locks.add(new Step.LockRow(new Row(other, "row" + i), "t"));
        }
        backend.execute(locks);
        long before = scripts();
        Replies replies = backend.execute(locks);
        assertThat(scripts() - before).isEqualTo(4);
        assertThat(locks)
                .allSatisfy(lock -> assertThat(replies.of(lock).version()).isPositive());
        assertThat(backend.getMany(locks.stream().map(lock -> lock.row().key()).toList()))
                .hasSize(260);
    }

    private long scripts() {
        return Ask.server(server, "info", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst("[^=]*=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void aBatchIsOneRoundTrip() throws Exception {
        Clock clock = backend.layout().clock("");
        try (CountingProxy proxy = new CountingProxy(server.port());
                RedisBackend counted = new RedisBackend(RedisBackendIT.settings("redis://127.0.0.1:" + proxy.port()))) {
            List<Step<?>> steps = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Row each = new Row(row.shard(), "row" + i);
                steps.add(new Step.ReadRows(List.of(each)));
                steps.add(new Step.LockRow(each, "t"));
                steps.add(Step.invalidate(each, "t"));
            }
            steps.add(new Step.LockTables(clock, List.of("a", "b", "c"), "t", Step.ANY_TIME));
            counted.execute(steps);
            // The first read on a connection asks for the server's identity as well.
            Awaitility.await().until(() -> {
                int before = proxy.turns();
                for (int i = 0; i < 100; i++) {
                    counted.run(new Step.ReadRows(List.of(row)));
                }
                return proxy.turns() - before == 100;
            });
            int before = proxy.turns();
            counted.execute(steps);
            assertThat(proxy.turns() - before).isEqualTo(1);
            counted.run(new Step.ReadRows(List.of(row, new Row(row.shard(), "2"))));
            assertThat(proxy.turns() - before).isEqualTo(2);
            counted.getMany(List.of("a", "b", "c"));
            assertThat(proxy.turns() - before).isEqualTo(3);
            counted.run(new Step.ReadQuery(row.shard(), "dormqs:x", clock, List.of("a", "b")));
            assertThat(proxy.turns() - before).isEqualTo(4);
        }
    }

    @Test
    void nothingThatGuardsAWriteHasATimeToLiveByWhichItCouldBeEvicted() {
        Clock clock = backend.layout().clock("");
        backend.run(new Step.LockRow(row, "t"));
        backend.run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
        backend.run(new Step.LockTables(clock, List.of("a"), "t", Step.ANY_TIME));
        assertThat(pttl(row.key())).isEqualTo(-1);
        assertThat(pttl(row.shard().lockKey())).isEqualTo(-1);
        assertThat(pttl(row.shard().writtenKey())).isEqualTo(-1);
        assertThat(pttl(row.shard().slicesKey())).isEqualTo(-1);
        assertThat(pttl(row.shard().versionKey())).isEqualTo(-1);
        assertThat(pttl(clock.key())).isEqualTo(-1);
        assertThat(pttl(clock.tableKey("a"))).isEqualTo(-1);
        backend.run(Step.invalidate(row, "t"));
        assertThat(pttl(row.key())).isBetween(50_000L, 60_000L);
    }

    @Test
    void anUnlockAgainLeavesTheTombstoneItsTime() {
        backend.run(Step.invalidate(row, "t"));
        Ask.server(server, "pexpire", row.key(), "20000");
        backend.run(Step.invalidate(row, "t"));
        assertThat(pttl(row.key())).isLessThanOrEqualTo(20_000);
    }

    @Test
    void keysOfAnotherKindAreTakenOver() {
        Clock clock = backend.layout().clock("");
        for (String key : List.of(
                row.key(),
                row.shard().versionKey(),
                row.shard().lockKey(),
                row.shard().writtenKey(),
                clock.key(),
                clock.tableKey("a"))) {
            Ask.server(server, "hset", key, "field", "value");
        }
        assertThat(backend.run(new Step.ReadRows(List.of(row))).get(0).kind()).isEqualTo(Kind.ABSENT);
        assertThat(backend.run(new Step.ReadQuery(row.shard(), "dormqs:x", clock, List.of("a")))
                        .clock())
                .isZero();
        Step.LockRow lock = new Step.LockRow(row, "t");
        Replies replies = backend.execute(List.of(lock));
        long version = replies.of(lock).version();
        long number = replies.moment(lock).written();
        assertThat(backend.run(new Step.UnlockRow(row, "t", number, version, entry(row, version), Duration.ZERO)))
                .isTrue();
        long locked = backend.run(new Step.LockTables(clock, List.of("a"), "t", Step.ANY_TIME));
        assertThat(backend.run(new Step.UnlockTables(clock, List.of("a"), "t"))).isEqualTo(locked + 1);
        assertThat(backend.run(new Step.LockShard(row.shard(), "b", Step.ANY_TIME)))
                .isEqualTo(version + 1);
    }

    @Test
    void deletingByPatternNeverBlocksTheServer() {
        backend.set("dormqs:a:1", new byte[] {1});
        backend.deletePattern("dormqs:a:*");
        String commands = Ask.server(server, "info", "commandstats");
        assertThat(commands).contains("cmdstat_scan", "cmdstat_unlink").doesNotContain("cmdstat_keys", "cmdstat_del:");
    }

    private long pttl(String key) {
        return Long.parseLong(Ask.server(server, "pttl", key));
    }
}
