package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a client learns that a server's memory is another, and what it then has renewed. */
class RedisServerEpochIT {

    private static final Shard SHARD = new Shard("dormver:a", "dormlock:a", "dormrow:a:", "a:v", "dormwrote:a");

    private static long version(Backend backend) {
        return backend.run(new Step.ReadVersion(SHARD));
    }

    private static void read(Backend backend) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> backend.run(new Step.ReadRows(List.of(new Row(SHARD, "1")))) != null);
    }

    private static void restart(OwnRedis server) {
        server.kill();
        server.start();
    }

    private static Backend backend(OwnRedis server) {
        return new RedisBackend(RedisBackendIT.settings(server.url()));
    }

    @Test
    void aRestartIsNoticedByTheFirstRead() {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = backend(server)) {
            read(backend);
            assertThat(backend.serverEpoch()).isEqualTo(1);
            read(backend);
            assertThat(backend.serverEpoch()).isEqualTo(1);
            restart(server);
            read(backend);
            assertThat(backend.serverEpoch()).isEqualTo(2);
        }
    }

    private static void noticesALoss(Backend backend, long epoch) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            read(backend);
            return backend.serverEpoch() == epoch;
        });
    }

    /** Its connections stay open, and it only writes. */
    @Test
    void aLockNoticesAServerThatWasAReplicaMeanwhile() {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = backend(server)) {
            read(backend);
            Ask.server(server, "replicaof", "127.0.0.1", "1");
            Ask.server(server, "replicaof", "no", "one");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                backend.run(new Step.LockRow(new Row(SHARD, "1"), "t"));
                return backend.serverEpoch() == 2;
            });
        }
    }

    /** Else each outage afterwards, which has everything renewed again, would end what all have cached. */
    @Test
    void aLossThatSeveralFindIsRenewedOnceByEach() {
        try (OwnRedis server = RedisServer.startOwn();
                Backend one = backend(server);
                Backend other = backend(server)) {
            read(one);
            read(other);
            one.run(new Step.RenewShard(SHARD));
            Map<String, byte[]> backup = Ask.backup(server);
            noticesNothing(one, other);
            Ask.restore(server, backup);
            noticesALoss(one, 2);
            noticesALoss(other, 2);
            long first = one.run(new Step.RenewShard(SHARD));
            long second = other.run(new Step.RenewShard(SHARD));
            assertThat(second).isGreaterThan(first);
            for (Backend each : List.of(one, other, one)) {
                assertThat(each.run(new Step.RenewShard(SHARD))).isEqualTo(second);
            }
            try (Backend later = backend(server)) {
                assertThat(later.run(new Step.RenewShard(SHARD))).isEqualTo(second);
            }
        }
    }

    /** Reads until each has a proof that is newer than the backup. */
    private static void noticesNothing(Backend... backends) {
        for (Backend each : backends) {
            await().during(Duration.ofMillis(600))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        read(each);
                        return each.serverEpoch() == 1;
                    });
        }
    }

    @Test
    void aRenewedVersionIsAboveAllThatWereUsed() throws Exception {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = backend(server)) {
            read(backend);
            long first = backend.run(new Step.RenewShard(SHARD));
            Ask.server(server, "save");
            long last = first;
            for (int i = 0; i < 5; i++) {
                last = backend.run(new Step.BumpVersion(SHARD));
            }
            restart(server);
            read(backend);
            assertThat(version(backend)).as("as the snapshot has it").isEqualTo(first);
            long renewed = backend.run(new Step.RenewShard(SHARD));
            assertThat(renewed).isGreaterThan(last);
            assertThat(backend.run(new Step.RenewShard(SHARD))).isEqualTo(renewed);
            assertThat(version(backend)).isEqualTo(renewed);
        }
    }

    @Test
    void aRenewedClockIsAboveAllThatWereUsedAndSoIsEachTable() throws Exception {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = backend(server)) {
            read(backend);
            Clock clock = backend.layout().clock("x");
            backend.run(new Step.RenewTables(clock, List.of("a", "b")));
            Ask.server(server, "save");
            long last = 0;
            for (int i = 0; i < 5; i++) {
                last = backend.run(new Step.UnlockTables(clock, List.of("a", "b"), "t"));
            }
            restart(server);
            read(backend);
            long renewed = backend.run(new Step.RenewTables(clock, List.of("a")));
            assertThat(renewed).isGreaterThan(last);
            assertThat(table(backend, clock, "a").covers(last)).isFalse();
            assertThat(table(backend, clock, "b").covers(last))
                    .as("nobody has named it yet")
                    .isTrue();
            backend.run(new Step.RenewTables(clock, List.of("a", "b")));
            assertThat(table(backend, clock, "a").clock()).isEqualTo(renewed);
            assertThat(table(backend, clock, "b").covers(last)).isFalse();
        }
    }

    private static TableState table(Backend backend, Clock clock, String table) {
        return backend.run(new Step.ReadQuery(SHARD, "none", clock, List.of(table)))
                .tables()
                .get(0);
    }

    @Test
    void connectionsKeepTheirName() {
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = new RedisBackend(new BackendSettings(
                        "default",
                        server.url(),
                        null,
                        null,
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        1,
                        0,
                        java.util.Map.of("clientName", "shop")))) {
            read(backend);
            assertThat(Ask.server(server, "client", "list")).contains("name=shop ");
        }
    }

    @Test
    void aReplicaIsNotBelieved() {
        try (OwnRedis master = RedisServer.startOwn();
                OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port());
                Backend backend = backend(replica)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Ask.server(replica, "info", "replication").contains("master_link_status:up"));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> backend.run(new Step.ReadRows(List.of(new Row(SHARD, "1")))))
                        .hasMessageContaining("a replica answered");
            }
        }
    }

    @Test
    void aLockCountsOnlyWhenItHasReachedTheReplicas() throws Exception {
        try (OwnRedis master = RedisServer.startOwn();
                OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port());
                Backend backend =
                        new RedisBackend(RedisBackendIT.settings(master.url()).withMinReplicas(1))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Ask.server(replica, "info", "replication").contains("master_link_status:up"));
            Row row = backend.layout().namespace("dormqs:a").row("1");
            Step.LockRow lock = new Step.LockRow(row, "t");
            Step.BumpVersion bump = new Step.BumpVersion(row.shard());
            Replies replies = backend.execute(List.of(lock, bump));
            assertThat(replies.of(bump)).isEqualTo(replies.of(lock).version() + 1);
            assertThat(Ask.server(replica, "get", row.key())).startsWith("dormlock1:");

            replica.pause();
            assertThatThrownBy(() -> backend.run(new Step.LockRow(row, "t")))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("reached 0 replicas")
                    .hasMessageContaining("min_replicas");
            backend.run(Step.invalidate(row, "u"));
            replica.resume();
        }
    }
}
