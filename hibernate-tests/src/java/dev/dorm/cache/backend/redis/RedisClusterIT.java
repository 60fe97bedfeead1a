package dev.dorm.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendContract;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kit on three masters. */
class RedisClusterIT extends BackendContract {

    private static final List<OwnRedis> SERVERS = new ArrayList<>();
    private static final String[] SLOTS = {"0-5460", "5461-10922", "10923-16383"};

    @BeforeAll
    static void startCluster() throws IOException {
        for (int i = 0; i < 3; i++) {
            SERVERS.add(RedisServer.startOwn("--cluster-enabled", "yes", "--cluster-port", freePort()));
        }
        for (int i = 0; i < 3; i++) {
            String[] slots = SLOTS[i].split("-");
            Ask.server(SERVERS.get(i), "cluster", "addslotsrange", slots[0], slots[1]);
            Ask.server(SERVERS.get(i), "cluster", "set-config-epoch", String.valueOf(i + 1));
        }
        for (OwnRedis server : SERVERS) {
            String[] ports = Ask.server(server, "config", "get", "cluster-port").split("\n");
            Ask.server(SERVERS.get(0), "cluster", "meet", "127.0.0.1", String.valueOf(server.port()), ports[1]);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(SERVERS)
                .allSatisfy(server -> assertThat(Ask.server(server, "cluster", "info"))
                        .contains("cluster_state:ok", "cluster_known_nodes:3")));
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    @AfterAll
    static void stopCluster() {
        SERVERS.forEach(OwnRedis::close);
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
