package dev.dorm.cache.internal.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.internal.redis.TlsMaterial;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where Spring Boot says that Redis is.
 *
 * @param kind nothing for one server, or {@code sentinel} or {@code cluster}
 * @param nodes hosts and ports
 * @param master the name of the sentinels' master, or null
 * @param database the number of the database
 * @param login who logs in to Redis
 * @param ofSentinels who logs in to the sentinels
 * @param tls whether the connection is encrypted
 * @param bundle whom to trust and as whom to log in, or null for what the JDK has
 */
record RedisServers(
        String kind,
        List<String> nodes,
        @Nullable String master,
        int database,
        Login login,
        Login ofSentinels,
        boolean tls,
        @Nullable SslBundle bundle) {

    /**
     * A user and its password.
     *
     * @param username the user, or null
     * @param password the password, or null
     */
    record Login(@Nullable String username, @Nullable String password) {

        static final Login NONE = new Login(null, null);

        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    static RedisServers one(String node, int database, Login login, boolean tls, @Nullable SslBundle bundle) {
        return new RedisServers("", List.of(node), null, database, login, Login.NONE, tls, bundle);
    }

    static RedisServers cluster(List<String> nodes, Login login, boolean tls, @Nullable SslBundle bundle) {
        return new RedisServers("cluster", nodes, null, 0, login, Login.NONE, tls, bundle);
    }

    /** Returns Hibernate's settings. A supplier keeps the password out of Hibernate's logs. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(DormSettings.LOCATION, (Supplier<String>) this::location);
        if (tls && bundle != null) {
            settings.put(DormSettings.CLIENT, material(bundle));
        }
        put(settings, "sentinelUsername", ofSentinels.username());
        put(settings, "sentinelPassword", ofSentinels.password());
        return settings;
    }

    private static void put(Map<String, Object> settings, String option, @Nullable String value) {
        if (value != null) {
            settings.put(DormSettings.OPTIONS + option, (Supplier<String>) () -> value);
        }
    }

    private static TlsMaterial material(SslBundle bundle) {
        return new TlsMaterial(
                bundle.getManagers().getTrustManagerFactory(),
                bundle.getManagers().getKeyManagerFactory(),
                list(bundle.getOptions().getEnabledProtocols()),
                list(bundle.getOptions().getCiphers()));
    }

    private static List<String> list(String @Nullable [] values) {
        return Stream.ofNullable(values).flatMap(Arrays::stream).toList();
    }

    String location() {
        StringBuilder location = new StringBuilder(tls ? "rediss" : "redis");
        if (!kind.isEmpty()) {
            location.append('+').append(kind);
        }
        location.append("://");
        if (login.password() != null) {
            location.append(login.username() == null ? "" : encoded(login.username()))
                    .append(':')
                    .append(encoded(login.password()))
                    .append('@');
        }
        location.append(nodes.stream().map(RedisServers::bracketed).collect(Collectors.joining(",")));
        if (master != null) {
            location.append('/').append(encoded(master));
        }
        return location.append(master != null ? "?db=" : "/").append(database).toString();
    }

    private static String bracketed(String node) {
        int port = node.lastIndexOf(':');
        String host = node.substring(0, port);
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" + node.substring(port) : node;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
