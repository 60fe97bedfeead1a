package dev.dorm.cache.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.FreePort;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands between the applications and Redis. A proxy that is not installed is skipped, and says so. */
class ProxiesIT {

    private static final TwoApplications ALL_WORKS = new TwoApplications("yes", "yes", "yes");

    @TempDir
    Path directory;

    private final int port = FreePort.next();
    private OwnRedis redis;

    @BeforeEach
    void start() {
        redis = RedisServer.startOwn("--unixsocket", "{dir}/redis.sock");
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private static String installed(String program) {
        Optional<Path> found = OwnProcess.find(program);
        assumeTrue(found.isPresent(), () -> program + " is not installed: the test of it is skipped");
        return found.orElseThrow().toString();
    }

    private Path config(String text) throws IOException {
        return Files.writeString(directory.resolve("config"), text);
    }

    @Test
    void throughHaproxyAllWorks() throws IOException {
        String haproxy = installed("haproxy");
        Path config = config(
                """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1m
                    timeout server 1m
                listen redis
                    bind 127.0.0.1:%d
                    server one 127.0.0.1:%d
                """
                        .formatted(port, redis.port()));
        try (OwnProcess proxy =
                new OwnProcess(port, directory.resolve("log"), List.of(haproxy, "-db", "-f", config.toString()))) {
            assertThat(proxy).isNotNull();
            assertThat(TwoApplications.over("redis://127.0.0.1:" + port, "all", TwoApplications.PATIENCE))
                    .isEqualTo(ALL_WORKS);
        }
    }

    @Test
    void throughAUnixSocketAllWorks() {
        String socket = redis.directory().resolve("redis.sock").toString();
        assertThat(TwoApplications.over("unix://" + socket, "all", TwoApplications.PATIENCE))
                .isEqualTo(ALL_WORKS);
    }

    /** It knows neither SCRIPT nor INFO nor SUBSCRIBE, and ends a connection that asks for them. */
    @Test
    void twemproxyGivesNoHitsAndTheLogSaysSo() throws IOException {
        String nutcracker = installed("nutcracker");
        Path config = config(
                """
                redis:
                  listen: 127.0.0.1:%d
                  redis: true
                  hash: fnv1a_64
                  distribution: ketama
                  servers:
                   - 127.0.0.1:%d:1
                """
                        .formatted(port, redis.port()));
        try (OwnProcess proxy = new OwnProcess(
                        port,
                        directory.resolve("log"),
                        List.of(nutcracker, "-s", "" + FreePort.next(), "-c", config.toString()));
                Printed printed = Printed.onStandardError()) {
            assertThat(proxy).isNotNull();
            assertThat(TwoApplications.over("redis://127.0.0.1:" + port, "off", TwoApplications.PATIENCE)
                            .after())
                    .isEqualTo("no");
            assertThat(printed.lines("The cache 'default' fails and is bypassed: the server has closed the connection"))
                    .isNotEmpty();
        }
    }
}
