package dev.dorm.cache.internal.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.DormSettings;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Spring Boot says that Redis is.
 *
 * @param kind nothing for one server, or {@code sentinel} or {@code cluster}
 * @param nodes hosts and ports
 * @param master the name of the sentinels' master, or null
 * @param database the number of the database
 * @param username the user, or null
 * @param password the password, or null
 * @param tls whether the connection is encrypted
 */
record RedisServers(
        String kind,
        List<String> nodes,
        @Nullable String master,
        int database,
        @Nullable String username,
        @Nullable String password,
        boolean tls) {

    /** Returns Hibernate's settings. A supplier keeps the password out of Hibernate's logs. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(DormSettings.LOCATION, (Supplier<String>) this::location);
        return settings;
    }

    String location() {
        StringBuilder location = new StringBuilder(tls ? "rediss" : "redis");
        if (!kind.isEmpty()) {
            location.append('+').append(kind);
        }
        location.append("://");
        if (password != null) {
            location.append(username == null ? "" : encoded(username) + ":")
                    .append(encoded(password))
                    .append('@');
        }
        location.append(nodes.stream().map(RedisServers::bracketed).collect(Collectors.joining(",")));
        if (master != null) {
            location.append('/').append(master);
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
