package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.redis.command.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.SslVerificationMode;

class RedisSettingsTest {

    @TempDir
    Path directory;

    private static final String LOCATION = "redis://:secret@localhost:1/0";

    private static BackendSettings settings(
            String alias, String location, String config, Object client, Map<String, String> options) {
        return new BackendSettings(
                alias, location, config, client, Duration.ZERO, Duration.ofMillis(250), 1, 0, options);
    }

    private static Config config(String location, Map<String, String> options) {
        BackendSettings settings = settings("default", location, null, null, options);
        return ClientConfig.fromLocation(Location.parse(location, settings), null, settings);
    }

    private static void refused(BackendSettings settings, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisBackend(settings))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("secret"));
    }

    @Test
    void exactlyOneSettingSaysWhereRedisIs() {
        refused(settings("default", null, null, null, Map.of()), "location (not set)", "exactly one");
        refused(
                settings("hot", LOCATION, "redisson.yaml", null, Map.of()),
                "hibernate.cache.dorm.caches.hot.location = redis://***@localhost:1/0",
                "hibernate.cache.dorm.caches.hot.config = redisson.yaml",
                "exactly one");
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearest() {
        refused(
                settings("default", LOCATION, null, null, Map.of("conectTimeout", "1")),
                "Unknown setting hibernate.cache.dorm.options.conectTimeout; did you mean"
                        + " hibernate.cache.dorm.options.connectTimeout?");
        refused(
                settings("default", LOCATION, null, null, Map.of("passwort", "secret")),
                "options.passwort; did you mean");
    }

    @Test
    void anOptionOfTheWrongFormIsRefusedWithWhatIsAccepted() {
        refused(settings("default", LOCATION, null, null, Map.of("timeout", "1s")), "timeout: '1s'", "a whole number");
        refused(settings("default", LOCATION, null, null, Map.of("tcpNoDelay", "yes")), "true or false");
        refused(settings("default", LOCATION, null, null, Map.of("sslVerificationMode", "X")), "STRICT");
    }

    @Test
    void optionsReachRedissonUnderItsOwnNames() {
        Config config = config(
                LOCATION,
                Map.of(
                        "connectTimeout", "1234",
                        "nettyThreads", "3",
                        "connectionPoolSize", "9",
                        "sslVerificationMode", "none",
                        "sslProtocols", "TLSv1.2, TLSv1.3",
                        "sslTruststore", "/etc/trust.p12"));
        assertThat(config.useSingleServer().getConnectTimeout()).isEqualTo(1234);
        assertThat(config.useSingleServer().getConnectionPoolSize()).isEqualTo(9);
        assertThat(config.getNettyThreads()).isEqualTo(3);
        assertThat(config.getSslVerificationMode()).isEqualTo(SslVerificationMode.NONE);
        assertThat(config.getSslProtocols()).containsExactly("TLSv1.2", "TLSv1.3");
        assertThat(config.getSslTruststore()).hasToString("file:/etc/trust.p12");
        assertThat(config.getPassword()).isEqualTo("secret");
        assertThat(config.useSingleServer().getTimeout()).isEqualTo(250);
    }

    @Test
    void theCaseOfAnOptionDoesNotMatter() {
        Config config = config(LOCATION, Map.of("connecttimeout", "1234", "CONNECTIONPOOLSIZE", "9"));
        assertThat(config.useSingleServer().getConnectTimeout()).isEqualTo(1234);
        assertThat(config.useSingleServer().getConnectionPoolSize()).isEqualTo(9);
    }

    @Test
    void sentinelsAndClustersReadFromTheirMasters() {
        Config sentinel = config("redis+sentinel://a:1,b:2/master?db=3", Map.of("sentinelPassword", "x"));
        assertThat(sentinel.useSentinelServers().getReadMode()).isEqualTo(ReadMode.MASTER);
        assertThat(sentinel.useSentinelServers().getDatabase()).isEqualTo(3);
        assertThat(sentinel.useSentinelServers().getSentinelPassword()).isEqualTo("x");
        Config cluster = config("redis+cluster://a:1,b:2", Map.of());
        assertThat(cluster.useClusterServers().getReadMode()).isEqualTo(ReadMode.MASTER);
        assertThat(cluster.useClusterServers().getNodeAddresses()).containsExactly("redis://a:1", "redis://b:2");
    }

    @Test
    void oneSentinelIsEnoughUnlessTheApplicationSaysOtherwise() throws IOException {
        String location = "redis+sentinel://a:1/master";
        assertThat(config(location, Map.of()).useSentinelServers().isCheckSentinelsList())
                .isFalse();
        assertThat(config(location, Map.of("checkSentinelsList", "true"))
                        .useSentinelServers()
                        .isCheckSentinelsList())
                .isTrue();
        String yaml = "sentinelServersConfig:\n  masterName: master\n  sentinelAddresses: [\"redis://a:1\"]\n";
        assertThat(file(yaml).useSentinelServers().isCheckSentinelsList()).isFalse();
        assertThat(file(yaml + "  checkSentinelsList: true\n")
                        .useSentinelServers()
                        .isCheckSentinelsList())
                .isTrue();
    }

    @Test
    void aConfigurationThatCannotBeReadDoesNotTellThePasswordInIt() throws IOException {
        for (String yaml : List.of(
                "pasword: secret\n",
                "password: secret: x\n",
                "password: 'secret\n",
                "singleServerConfig:\n    address: \"redis://a:1\"\n    password: secret\n    pasword: secret\n",
                "password: secret\n\tthreads: 1\n")) {
            Path file = Files.writeString(directory.resolve("redisson.yaml"), yaml);
            refused(
                    settings("default", null, file.toString(), null, Map.of()),
                    "hibernate.cache.dorm.config",
                    "a Redisson configuration in YAML",
                    "line ",
                    "column ");
        }
    }

    @Test
    void noPasswordOfAFileIsTold() throws IOException {
        for (String yaml : List.of(
                "password: secret\nsingleServerConfig:\n  address: \"redis://a:1\"\n",
                "singleServerConfig:\n  address: \"redis://a:1\"\n  password: secret\n",
                "sentinelServersConfig:\n  masterName: m\n  sentinelAddresses: [\"redis://a:1\"]\n"
                        + "  sentinelPassword: secret\n")) {
            Path file = Files.writeString(directory.resolve("redisson.yaml"), yaml);
            Target target = Target.of(settings("default", null, file.toString(), null, Map.of()));
            assertThat(Failures.translated(new IllegalStateException("with secret"), target.secrets()))
                    .hasMessageContaining("with ***");
        }
    }

    private Config file(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("redisson.yaml"), yaml);
        return ClientConfig.fromFile(file.toString(), settings("default", null, file.toString(), null, Map.of()));
    }

    @Test
    void aConfigurationThatIsNotThereIsRefused() {
        refused(settings("default", null, "no-such.yaml", null, Map.of()), "config: 'no-such.yaml'", "class path");
    }

    @Test
    void aClientMustBeRedissons() {
        refused(settings("default", null, null, "text", Map.of()), "client: 'java.lang.String'", "Redisson.create");
        Supplier<Object> none = () -> null;
        refused(settings("default", null, null, none, Map.of()), "client: 'null'");
    }

    @Test
    void aBackendOutsideAClusterHasOneShardWhateverIsSet() {
        try (RedisBackend backend = new RedisBackend(settings("default", LOCATION, null, null, Map.of()))) {
            assertThat(backend.layout().shards()).isEqualTo(1);
            assertThat(backend.layout().hashTags()).isFalse();
            assertThat(backend).hasToString("RedisBackend[default]");
        }
        try (RedisBackend cluster =
                new RedisBackend(settings("default", "redis+cluster://a:1", null, null, Map.of()))) {
            assertThat(cluster.layout().shards()).isEqualTo(16);
            assertThat(cluster.layout().hashTags()).isTrue();
        }
    }
}
