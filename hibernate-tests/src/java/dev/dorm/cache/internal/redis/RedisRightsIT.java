package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that the documentation says a user needs are enough, and each of them is needed. */
class RedisRightsIT {

    private static final String LINE = "ACL SETUSER shop on >password resetkeys ~dorm* ~{dorm* resetchannels"
            + " &dormnear:* -@all"
            + " +mget +get +getrange +set +setrange +del +unlink +time +evalsha +script|load +scan +info +wait +ping"
            + " +publish +subscribe";

    private static OwnRedis server;

    @BeforeAll
    static void start() {
        server = RedisServer.startOwn();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void grant(String line) {
        Ask.server(server, "acl", "deluser", "shop");
        String[] words = line.replace(">password", ">" + TestSecrets.PASSWORD).split(" ");
        Ask.server(server, words[0], Arrays.copyOfRange(words, 1, words.length));
        Ask.server(server, "script", "flush");
    }

    private static Backend backend() {
        return new RedisBackend(RedisBackendIT.settings(location()));
    }

    private static String location() {
        return "redis://shop:" + TestSecrets.encoded(TestSecrets.PASSWORD) + "@127.0.0.1:" + server.port();
    }

    /** Everything that a cache does, while somebody listens. */
    private static void work(Backend backend) {
        Namespace namespace = backend.layout().namespace("dormqs:shop.Book");
        backend.set(namespace.shards().get(0).channel(), new byte[] {1});
        workAlone(backend);
    }

    private static void workAlone(Backend backend) {
        Namespace namespace = backend.layout().namespace("dormqs:shop.Book");
        Row row = namespace.row("1");
        Shard shard = row.shard();
        Clock clock = backend.layout().clock("shop");
        List<String> tables = List.of("book");
        backend.execute(List.of(new Step.RenewShard(shard), new Step.RenewTables(clock, tables)));
        backend.execute(List.of(new Step.ReadVersion(shard), new Step.SettleTables(clock, tables)));
        backend.execute(List.of(new Step.LockShard(shard, "t", Step.ANY_TIME), new Step.UnlockShard(shard, "t")));
        backend.execute(List.of(new Step.LockRow(row, "t"), new Step.LockTables(clock, tables, "t", Step.ANY_TIME)));
        backend.execute(List.of(Step.invalidate(row, "t"), new Step.UnlockTables(clock, tables, "t")));
        long version = backend.run(new Step.BumpVersion(shard));
        backend.run(
                new Step.PutRow(row, version, 0, new byte[] {1}, Duration.ofSeconds(9), null, false, null, 0, false));
        backend.run(new Step.PutQuery(shard.resultKey(version, "q"), new byte[] {1}, Duration.ofSeconds(9)));
        backend.run(new Step.ReadRows(List.of(row)));
        backend.run(new Step.ReadQuery(shard, shard.resultKey(version, "q"), clock, tables));
        backend.set("dormlock:dormqs:shop.Book", new byte[] {1});
        backend.run(new Step.LockRow(row, "t"));
        backend.delete(row.key());
        backend.deletePattern("dorm*");
    }

    @Test
    void theDocumentedLineIsEnough() throws Exception {
        assertThat(Files.readString(Path.of("docs/operations.md")).replaceAll("\\s+", " "))
                .contains(LINE);
        grant(LINE);
        try (Backend backend = backend()) {
            work(backend);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mget", "get", "set", "del", "unlink", "time", "evalsha", "script|load", "scan"})
    void eachOfItsCommandsIsNeededAndNamedWhenItIsMissing(String command) {
        grant(LINE.replace(" +" + command + " ", " ").replaceFirst(" \\+" + command.replace("|", "\\|") + "$", ""));
        try (Backend backend = backend()) {
            assertThatThrownBy(() -> work(backend))
                    .isInstanceOf(BackendException.class)
                    .satisfies(failure -> assertThat(failure.getMessage().toLowerCase(java.util.Locale.ROOT))
                            .containsAnyOf("noperm", "can't run this command", "permission"));
        }
    }

    /** These are asked for since there is a quicker way with them: without them there is another. */
    @ParameterizedTest
    @ValueSource(strings = {"getrange", "setrange", "info", "ping", "publish", "wait", "subscribe"})
    void someOfItsCommandsAreDoneWithout(String command) {
        grant((LINE + " ").replace(" +" + command + " ", " ").strip());
        try (Backend backend = backend()) {
            work(backend);
        }
    }

    @Test
    void aFewCommandsAreEnoughWhereScriptsMayBeSentWhole() {
        grant("ACL SETUSER shop on >password resetkeys ~dorm* ~{dorm* resetchannels -@all"
                + " +get +set +del +time +eval +unlink +scan");
        try (Backend backend = backend()) {
            work(backend);
        }
    }

    @Test
    void nobodyNeedsToPublishWhereNobodyListens() {
        grant(LINE.replace(" &dormnear:*", "").replace(" +publish +subscribe", ""));
        try (Backend backend = backend()) {
            workAlone(backend);
        }
    }

    @Test
    void locksThatWaitForReplicasNeedWait() {
        BackendSettings settings = RedisBackendIT.settings(location()).withMinReplicas(1);
        grant(LINE.replace(" +wait", ""));
        try (Backend backend = new RedisBackend(settings)) {
            Row row = backend.layout().namespace("dormqs:a").row("1");
            assertThatThrownBy(() -> backend.run(new Step.LockRow(row, "t"))).hasMessageContaining("NOPERM");
        }
    }

    @Test
    void listeningNeedsSubscribeAndNothingMore() {
        assertThat(hears(LINE)).isTrue();
        assertThat(hears(LINE.replace(" +subscribe", ""))).isFalse();
    }

    private static boolean hears(String line) {
        grant(line);
        try (Backend backend = backend();
                Listening listening = backend.listen(new Nobody())) {
            Row row = backend.layout().namespace("dormqs:shop.Book").row("1");
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            boolean heard = false;
            while (!heard && System.nanoTime() < end) {
                heard = listening
                        .beat(List.of(row.shard().channel()))
                        .handle((told, failure) -> failure == null && !told.isEmpty())
                        .join();
            }
            return heard;
        }
    }

    private static final class Nobody implements Listener {

        @Override
        public void changed(String key) {
            // Nothing happens here.
        }

        @Override
        public void lost() {
            // As long as there are no rights.
        }

        @Override
        public void lost(String channel) {
            // At the beginning.
        }
    }

    @Test
    void otherKeysAreNotItsOwn() {
        grant(LINE);
        try (Backend backend = backend()) {
            assertThatThrownBy(() -> backend.get("session:1")).hasMessageContaining("NOPERM");
        }
    }
}
