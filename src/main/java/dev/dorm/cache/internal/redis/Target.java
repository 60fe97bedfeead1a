package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.redis.ability.Refusal;
import dev.dorm.cache.internal.redis.command.RetryPolicy;
import dev.dorm.cache.internal.redis.command.Secrets;
import dev.dorm.cache.internal.redis.login.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.SentinelServersConfig;

/**
 * What the settings point at.
 *
 * @param connection the way there
 * @param cluster whether it is a cluster
 * @param retries how long a call may take, and how often it is tried again
 * @param secrets what must not be told
 * @param place where Redis is, without them
 * @param hosts the hosts that the location names
 */
record Target(
        Connection connection,
        boolean cluster,
        RetryPolicy retries,
        Secrets secrets,
        String place,
        List<String> hosts) {

    static Target of(BackendSettings settings) {
        String location = settings.location();
        String config = settings.config();
        TlsMaterial tls = settings.client() instanceof TlsMaterial material && location != null ? material : null;
        Object client = tls == null ? settings.client() : null;
        long given = Stream.of(location != null, config != null, client != null)
                .filter(each -> each)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException("Settings "
                    + settings.nameOf("location") + shown(location == null ? null : Location.withoutLogin(location))
                    + ", "
                    + settings.nameOf("config") + shown(config) + " and "
                    + settings.nameOf("client")
                    + shown(client == null ? null : client.getClass().getName())
                    + ": exactly one of them must say where Redis is, for instance " + settings.nameOf("location")
                    + " = redis://localhost:6379/0");
        }
        if (settings.credentials() != null) {
            refuseAnotherLogin(settings, client);
        }
        if (client != null) {
            return through(client, settings);
        }
        if (location == null) {
            return opening(ClientConfig.fromFile(String.valueOf(config), settings), settings, List.of());
        }
        Location parsed = Location.parse(location, settings);
        return opening(ClientConfig.fromLocation(parsed, tls, settings), settings, parsed.hosts());
    }

    private static void refuseAnotherLogin(BackendSettings settings, @Nullable Object client) {
        String location = settings.location();
        if (client != null) {
            throw settings.refused(
                    "credentials", "(given)", "nothing beside " + settings.nameOf("client") + ", which logs in itself");
        }
        if (location != null && !location.equals(Location.withoutLogin(location))) {
            throw settings.refused(
                    "credentials",
                    "(given)",
                    "nothing beside a " + settings.nameOf("location") + " with a user or password; remove one of them");
        }
        if (location != null && location.contains("+sentinel:")) {
            // Redisson asks one resolver for both, and does not say for which of them.
            throw settings.refused(
                    "credentials", "(given)", "nothing with redis+sentinel://: it would log in to the sentinels, too");
        }
    }

    private static Target opening(Config config, BackendSettings settings, List<String> hosts) {
        ConnectionAttempts attempts = new ConnectionAttempts();
        config.setNettyHook(new ConnectionHook(attempts, config.getNettyHook()));
        String location = settings.location();
        String place = location == null ? "as " + settings.config() + " says" : Location.withoutLogin(location);
        Connection connection = Connection.opening(() -> opened(config, settings, place, attempts), attempts);
        return new Target(
                connection, config.isClusterConfig(), retries(settings), secrets(config, settings), place, hosts);
    }

    private static RedissonClient opened(
            Config config, BackendSettings settings, String place, ConnectionAttempts attempts) {
        RedissonClient client = created(config, attempts);
        LoneSentinel.warn(client, settings, place);
        return client;
    }

    /** Redisson asks PING of each new connection, and then every 30 s; who may not ask it does without. */
    private static RedissonClient created(Config config, ConnectionAttempts attempts) {
        try {
            return DaemonClient.create(config);
        } catch (RuntimeException e) {
            Throwable seen = attempts.failure();
            BaseConfig<?> servers = ClientConfig.servers(config);
            boolean refused = refusesPing(e) || (seen != null && refusesPing(seen));
            if (!refused || servers.getPingConnectionInterval() == 0) {
                throw e;
            }
            servers.setPingConnectionInterval(0);
            return DaemonClient.create(config);
        }
    }

    private static boolean refusesPing(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (Refusal.of("ping", each)) {
                return true;
            }
        }
        return false;
    }

    private static Target through(Object given, BackendSettings settings) {
        Object client = given instanceof Supplier<?> supplier ? supplier.get() : given;
        if (!(client instanceof Redisson redisson)) {
            String type = client == null ? "null" : client.getClass().getName();
            throw settings.refused(
                    "client",
                    type,
                    "what org.redisson.Redisson.create returns, or a" + " java.util.function.Supplier of it");
        }
        if (!settings.options().isEmpty()) {
            String option = "options." + settings.options().keySet().iterator().next();
            throw settings.refused(
                    option, "(given)", "nothing beside " + settings.nameOf("client") + ", which is configured already");
        }
        Config config = ((RedissonClient) redisson).getConfig();
        return new Target(
                Connection.through(redisson),
                config.isClusterConfig(),
                retries(settings),
                secrets(config, settings),
                "through the application's client",
                List.of());
    }

    /** One try within the call's bound, unless the options say otherwise: a later success would come too late. */
    private static RetryPolicy retries(BackendSettings settings) {
        Map<String, String> options = settings.options();
        long millis = Long.parseLong(Options.given(
                options, "timeout", String.valueOf(settings.timeout().toMillis())));
        int attempts = Integer.parseInt(Options.given(options, "retryAttempts", "0"));
        return new RetryPolicy(java.time.Duration.ofMillis(millis), attempts);
    }

    @SuppressWarnings("deprecation") // a file may have it beside the servers, as older releases of Redisson wanted
    private static Secrets secrets(Config config, BackendSettings settings) {
        BaseConfig<?> servers = ClientConfig.servers(config);
        List<String> passwords = new ArrayList<>();
        add(config.getPassword(), passwords);
        add(servers.getPassword(), passwords);
        if (servers instanceof SentinelServersConfig sentinels) {
            add(sentinels.getSentinelPassword(), passwords);
        }
        settings.options().forEach((name, value) -> {
            if (Options.isSecret(name)) {
                passwords.add(value);
            }
        });
        return new Secrets(() -> Stream.concat(passwords.stream(), Login.passwords(config).stream())
                .toList());
    }

    private static void add(@Nullable String password, List<String> passwords) {
        if (password != null) {
            passwords.add(password);
        }
    }

    private static String shown(@Nullable String value) {
        return value == null ? " (not set)" : " = " + value;
    }
}
