package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** Every way to say where Redis is. */
class RedisLocationIT {

    @TempDir
    Path directory;

    private static void works(Backend backend) {
        backend.set("key", new byte[] {1});
        assertThat(backend.get("key")).containsExactly(1);
    }

    private static BackendSettings with(String config, Object client, Map<String, String> options) {
        return new BackendSettings(
                "default", null, config, client, Duration.ZERO, Duration.ofSeconds(5), 1, 0, options);
    }

    private static BackendSettings with(String location, Map<String, String> options) {
        return new BackendSettings(
                "default", location, null, null, Duration.ZERO, Duration.ofSeconds(5), 1, 0, options);
    }

    @Test
    void userPasswordAndDatabaseStandInTheUrl() throws Exception {
        try (OwnRedis server = RedisServer.startOwn()) {
            Ask.server(server, "acl", "setuser", "app", "on", ">" + TestSecrets.PASSWORD, "+@all", "~*");
            Ask.server(server, "acl", "setuser", "default", "off");
            JedisClientConfig app = DefaultJedisClientConfig.builder()
                    .user("app")
                    .password(TestSecrets.PASSWORD)
                    .database(3)
                    .build();
            String location =
                    "redis://app:" + TestSecrets.encoded(TestSecrets.PASSWORD) + "@127.0.0.1:" + server.port() + "/3";
            try (Backend backend = new RedisBackend(RedisBackendIT.settings(location))) {
                works(backend);
                assertThat(Ask.as(app, server, "keys", "*")).isEqualTo("key");
            }
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutThePassword() throws Exception {
        try (OwnRedis server = RedisServer.startOwn("--requirepass", TestSecrets.PASSWORD);
                Backend backend = new RedisBackend(RedisBackendIT.settings(
                        "redis://:" + TestSecrets.WRONG_PASSWORD + "@127.0.0.1:" + server.port()))) {
            Throwable failure = catchThrowable(() -> backend.get("key"));
            assertThat(failure).isInstanceOf(BackendException.class);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString())
                    .doesNotContain(TestSecrets.WRONG_PASSWORD)
                    .contains("WRONGPASS");
            assertThat(backend.toString()).doesNotContain(TestSecrets.WRONG_PASSWORD);
        }
    }

    @Test
    void aUnixSocketIsAServer() throws Exception {
        String socket = directory.resolve("redis.sock").toString();
        try (OwnRedis server = RedisServer.startOwn("--unixsocket", socket);
                Backend backend = new RedisBackend(RedisBackendIT.settings("unix://" + socket + "?db=2"))) {
            works(backend);
            assertThat(Ask.database(2, server, "keys", "*")).isEqualTo("key");
        }
    }

    @Test
    void tlsTrustsOnlyTheCertificateItWasTold() throws Exception {
        Certificates certificates = Certificates.create(directory.resolve("right"));
        Certificates others = Certificates.create(directory.resolve("wrong"));
        try (OwnRedis server = RedisServer.startOwn(certificates.serverArguments())) {
            int port = server.port();
            String location = "rediss://localhost:" + port + "/0";
            try (Backend backend = new RedisBackend(with(location, certificates.clientOptions()))) {
                works(backend);
            }
            try (Backend backend = new RedisBackend(with(location, others.clientOptions()))) {
                assertThatThrownBy(() -> backend.get("key"))
                        .isInstanceOf(BackendException.class)
                        .hasStackTraceContaining("PKIX path");
            }
            // Nobody is told to trust it: the JVM's own authorities do not.
            try (Backend backend = new RedisBackend(with(location, Map.of()))) {
                assertThatThrownBy(() -> backend.get("key"))
                        .isInstanceOf(BackendException.class)
                        .hasStackTraceContaining("PKIX path");
            }
            String byAddress = "rediss://127.0.0.1:" + port + "/0";
            try (Backend backend = new RedisBackend(with(byAddress, certificates.clientOptions()))) {
                assertThatThrownBy(() -> backend.get("key"))
                        .isInstanceOf(BackendException.class)
                        .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
            }
            // Redis refuses who speaks without TLS to its TLS port, and so do we.
            try (Backend backend = new RedisBackend(with("redis://localhost:" + port + "/0", Map.of()))) {
                assertThatThrownBy(() -> backend.get("key")).isInstanceOf(BackendException.class);
            }
            try (Backend backend = new RedisBackend(with(location, certificates.clientOptions()))) {
                works(backend);
            }
        }
    }

    @Test
    void aYamlFileOrResourceConfiguresRedisson() throws Exception {
        try (OwnRedis server = RedisServer.startOwn()) {
            Path file = directory.resolve("redisson.yaml");
            Files.writeString(
                    file, "singleServerConfig:\n  address: \"" + server.url() + "\"\n  database: 4\nnettyThreads: 4\n");
            try (Backend backend = new RedisBackend(with(file.toString(), null, Map.of("clientName", "kit")))) {
                works(backend);
                assertThat(Ask.database(4, server, "keys", "*")).isEqualTo("key");
                assertThat(Ask.server(server, "client", "list")).contains("name=kit");
            }
        }
    }

    @Test
    void theApplicationsClientIsNotClosed() throws Exception {
        try (OwnRedis server = RedisServer.startOwn()) {
            Config config = new Config();
            config.useSingleServer().setAddress(server.url()).setConnectionMinimumIdleSize(1);
            RedissonClient client = Redisson.create(config);
            try {
                Backend backend = new RedisBackend(with(null, client, Map.of()));
                works(backend);
                backend.close();
                Supplier<RedissonClient> supplier = () -> client;
                Backend supplied = new RedisBackend(with(null, supplier, Map.of()));
                works(supplied);
                supplied.close();
                assertThat(client.isShutdown()).isFalse();
                assertThat(client.getKeys().count()).isEqualTo(1);
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void anApplicationStartsBeforeRedisAndOutlivesItsRestart() throws Exception {
        OwnRedis server = RedisServer.startOwn();
        server.stop();
        try (Backend backend =
                new RedisBackend(RedisBackendIT.settings(server.url()).withLocation(server.url()))) {
            assertThatThrownBy(() -> backend.get("key")).isInstanceOf(BackendException.class);
            server.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> works(backend));
            server.stop();
            assertThatThrownBy(() -> backend.get("key")).isInstanceOf(BackendException.class);
            server.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> works(backend));
        } finally {
            server.close();
        }
    }

    @Test
    void aServerThatHangsCostsTheCallsTimeoutAndNoMore() throws Exception {
        try (OwnRedis server = RedisServer.startOwn()) {
            BackendSettings quick = new BackendSettings(
                    "default", server.url(), null, null, Duration.ZERO, Duration.ofMillis(250), 1, 0, Map.of());
            try (Backend backend = new RedisBackend(quick)) {
                await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> works(backend));
                Ask.server(server, "client", "pause", "3000", "ALL");
                long start = System.nanoTime();
                assertThatThrownBy(() -> backend.getAsync("key").join()).hasCauseInstanceOf(BackendException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
            }
        }
    }
}
