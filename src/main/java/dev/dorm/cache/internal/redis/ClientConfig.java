package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.redis.login.Login;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;

/** Redisson's configuration, made from a location or read from a file, with the options applied. */
final class ClientConfig {

    // Few calls are under way at once, and each of them is short.
    private static final int NETTY_THREADS = 8;
    private static final int LISTENER_THREADS = 2;
    private static final int IDLE_CONNECTIONS = 2;
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(100);
    private static final Duration RECONNECT_LAST = Duration.ofSeconds(2);

    /** SnakeYAML shows them behind each place, and sets them in. */
    private static final Pattern SHOWN_LINES = Pattern.compile("(?m)^ {4}.*\\R?");

    private ClientConfig() {}

    static Config fromLocation(Location location, @Nullable TlsMaterial tls, BackendSettings settings) {
        Config config = new Config()
                .setNettyThreads(NETTY_THREADS)
                .setThreads(LISTENER_THREADS)
                .setUsername(location.username())
                .setPassword(location.password());
        if (tls != null) {
            secure(config, tls);
        }
        BaseConfig<?> servers = servers(config, location);
        int millis = Math.toIntExact(settings.timeout().toMillis());
        servers.setTimeout(millis);
        servers.setRetryAttempts(0);
        servers.setReconnectionDelay(new EqualJitterDelay(RECONNECT_FIRST, RECONNECT_LAST));
        if (location.kind() == Location.Kind.UNIX) {
            config.setTransportMode(NativeTransport.mode(settings, location));
        }
        return finished(config, servers, settings);
    }

    private static void secure(Config config, TlsMaterial tls) {
        config.setSslTrustManagerFactory(tls.trust()).setSslKeyManagerFactory(tls.keys());
        if (!tls.protocols().isEmpty()) {
            config.setSslProtocols(tls.protocols().toArray(new String[0]));
        }
        if (!tls.ciphers().isEmpty()) {
            config.setSslCiphers(tls.ciphers().toArray(new String[0]));
        }
    }

    static Config fromFile(String name, BackendSettings settings) {
        String yaml = text(name, settings);
        Config config;
        try {
            config = Config.fromYAML(yaml);
        } catch (RuntimeException e) {
            throw settings.refused("config", name, "a Redisson configuration in YAML: " + said(e));
        }
        BaseConfig<?> servers = servers(config);
        if (!yaml.contains(LoneSentinel.OPTION)) {
            LoneSentinel.accept(servers);
        }
        return finished(config, servers, settings);
    }

    /** Returns what is wrong, and where, without the lines that a parser shows of a file: a password may stand there. */
    private static String said(RuntimeException failure) {
        return SHOWN_LINES
                .matcher(String.valueOf(failure.getMessage()))
                .replaceAll("")
                .strip();
    }

    private static Config finished(Config config, BaseConfig<?> servers, BackendSettings settings) {
        new Options(settings, config, servers).apply();
        Login.apply(config, settings);
        config.setCodec(ByteArrayCodec.INSTANCE);
        config.setReferenceEnabled(false);
        config.setLazyInitialization(false);
        if (servers instanceof BaseMasterSlaveServersConfig<?> several) {
            several.setReadMode(ReadMode.MASTER);
        }
        return config;
    }

    private static BaseConfig<?> servers(Config config, Location location) {
        String[] addresses = location.addresses().toArray(new String[0]);
        return switch (location.kind()) {
            case SINGLE, UNIX -> {
                SingleServerConfig single = config.useSingleServer()
                        .setAddress(addresses[0])
                        .setDatabase(location.database())
                        .setConnectionMinimumIdleSize(IDLE_CONNECTIONS);
                yield location.kind() == Location.Kind.UNIX ? single.setDnsMonitoringInterval(-1) : single;
            }
            case SENTINEL -> {
                SentinelServersConfig sentinel = config.useSentinelServers()
                        .setMasterName(location.master())
                        .setDatabase(location.database())
                        .addSentinelAddress(addresses);
                LoneSentinel.accept(sentinel);
                yield sentinel.setMasterConnectionMinimumIdleSize(IDLE_CONNECTIONS);
            }
            case CLUSTER -> {
                ClusterServersConfig cluster = config.useClusterServers().addNodeAddress(addresses);
                cluster.setDatabase(location.database());
                yield cluster.setMasterConnectionMinimumIdleSize(IDLE_CONNECTIONS);
            }
        };
    }

    /** Returns the part of a loaded configuration that describes the servers. */
    static BaseConfig<?> servers(Config config) {
        if (config.isSingleConfig()) {
            return config.useSingleServer();
        }
        if (config.isClusterConfig()) {
            return config.useClusterServers();
        }
        if (config.isSentinelConfig()) {
            return config.useSentinelServers();
        }
        try {
            return config.useReplicatedServers();
        } catch (IllegalStateException another) {
            return config.useMasterSlaveServers();
        }
    }

    private static String text(String name, BackendSettings settings) {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                return Files.readString(file);
            }
            try (InputStream in = resource(name)) {
                if (in != null) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        } catch (IOException e) {
            throw settings.refused("config", name, "a file that can be read: " + e);
        }
        throw settings.refused("config", name, "a file, or a resource on the class path; neither is there");
    }

    private static @Nullable InputStream resource(String name) {
        String path = name.startsWith("classpath:") ? name.substring("classpath:".length()) : name;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InputStream found = context == null ? null : context.getResourceAsStream(path);
        return found != null ? found : ClientConfig.class.getClassLoader().getResourceAsStream(path);
    }
}
