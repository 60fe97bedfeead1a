package dev.dorm.cache.internal.spring;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** Reads {@code spring.data.redis.*} where Spring Boot's own support for Redis is not on the class path. */
final class RedisProperties {

    private static final String PREFIX = "spring.data.redis.";

    private final Binder binder;

    private RedisProperties(Binder binder) {
        this.binder = binder;
    }

    /** Returns what the properties say, or null when they say nothing of where Redis is. */
    static @Nullable RedisServers from(Binder binder) {
        return new RedisProperties(binder).read();
    }

    private @Nullable RedisServers read() {
        List<String> sentinels = list("sentinel.nodes");
        List<String> cluster = list("cluster.nodes");
        String url = text("url");
        if (!sentinels.isEmpty()) {
            return servers("sentinel", sentinels, text("sentinel.master"));
        }
        if (!cluster.isEmpty()) {
            return servers("cluster", cluster, null);
        }
        if (url != null) {
            return ofUrl(URI.create(url));
        }
        String host = text("host");
        return host == null ? null : servers("", List.of(host + ":" + number("port", 6379)), null);
    }

    private RedisServers servers(String kind, List<String> nodes, @Nullable String master) {
        return new RedisServers(kind, nodes, master, number("database", 0), text("username"), text("password"), tls());
    }

    private RedisServers ofUrl(URI url) {
        String login = url.getUserInfo();
        String path = url.getPath();
        int colon = login == null ? -1 : login.indexOf(':');
        String user = login == null || colon <= 0 ? null : login.substring(0, colon);
        int port = url.getPort() < 0 ? 6379 : url.getPort();
        return new RedisServers(
                "",
                List.of(url.getHost() + ":" + port),
                null,
                path != null && path.matches("/\\d+") ? Integer.parseInt(path.substring(1)) : 0,
                user,
                login == null ? null : login.substring(colon + 1),
                "rediss".equals(url.getScheme()) || tls());
    }

    private boolean tls() {
        return binder.bind(PREFIX + "ssl.enabled", Boolean.class).orElse(false) || text("ssl.bundle") != null;
    }

    private @Nullable String text(String name) {
        return binder.bind(PREFIX + name, String.class).orElse(null);
    }

    private int number(String name, int otherwise) {
        return binder.bind(PREFIX + name, Integer.class).orElse(otherwise);
    }

    private List<String> list(String name) {
        return binder.bind(PREFIX + name, Bindable.listOf(String.class)).orElse(List.of());
    }
}
