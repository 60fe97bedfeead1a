package dev.dorm.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendContract;
import dev.dorm.cache.backend.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kit on three masters. */
class RedisClusterIT extends BackendContract {

    private static final List<TestServer> SERVERS = new ArrayList<>();

    @BeforeAll
    static void startCluster() throws Exception {
        List<String> create = new ArrayList<>(List.of("--cluster", "create"));
        for (int i = 0; i < 3; i++) {
            TestServer server = TestServer.startNew("--cluster-enabled", "yes", "--cluster-node-timeout", "5000");
            SERVERS.add(server);
            create.add("127.0.0.1:" + server.port());
        }
        create.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
        SERVERS.get(0).cli(create.toArray(new String[0]));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(SERVERS).allSatisfy(server -> assertThat(server.cli("cluster", "info"))
                        .contains("cluster_state:ok", "cluster_known_nodes:3")));
    }

    @AfterAll
    static void stopCluster() {
        SERVERS.forEach(TestServer::close);
        SERVERS.clear();
    }

    @Override
    protected Backend newBackend() {
        String nodes = String.join(
                ",",
                SERVERS.stream().map(server -> "127.0.0.1:" + server.port()).toList());
        return new RedisBackend(RedisBackendIT.settings("redis+cluster://" + nodes));
    }

    @Test
    void aNamespaceIsSpreadOverSixteenShards() {
        assertThat(backend().shards()).isEqualTo(16);
        assertThat(backend().hashTags()).isTrue();
        Namespace namespace = Namespace.of("dormqs:app.User", backend());
        assertThat(namespace.shards()).hasSize(16);
        assertThat(namespace.row("1").key()).matches("dormrow:\\{dormqs:app.User#\\d+}:1");
    }
}
