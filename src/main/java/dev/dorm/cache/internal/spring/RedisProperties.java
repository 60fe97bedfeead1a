package dev.dorm.cache.internal.spring;

import dev.dorm.cache.SettingException;
import dev.dorm.cache.internal.spring.RedisServers.Login;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;

/** Reads {@code spring.data.redis.*} where Spring Boot's own support for Redis is not on the class path. */
final class RedisProperties {

    static final String PREFIX = "spring.data.redis.";

    private static final int PORT = 6379;

    private final Binder binder;
    private final Function<String, SslBundle> bundles;

    private RedisProperties(Binder binder, Function<String, SslBundle> bundles) {
        this.binder = binder;
        this.bundles = bundles;
    }

    /**
     * Returns what the properties say, or null when they say nothing of where Redis is.
     *
     * @param binder reads properties
     * @param bundles finds an SSL bundle by its name
     */
    static @Nullable RedisServers from(Binder binder, Function<String, SslBundle> bundles) {
        return new RedisProperties(binder, bundles).read();
    }

    private @Nullable RedisServers read() {
        List<String> sentinels = list("sentinel.nodes");
        List<String> cluster = list("cluster.nodes");
        Login login = new Login(text("username"), text("password"));
        String url = text("url");
        String host = text("host");
        if (!sentinels.isEmpty()) {
            return new RedisServers(
                    "sentinel",
                    ported(sentinels, 26379),
                    text("sentinel.master"),
                    number("database", 0),
                    login,
                    new Login(text("sentinel.username"), text("sentinel.password")),
                    tls(),
                    bundle());
        }
        if (!cluster.isEmpty()) {
            return RedisServers.cluster(ported(cluster, PORT), login, tls(), bundle());
        }
        if (url != null) {
            return ofUrl(url);
        }
        return host == null
                ? null
                : RedisServers.one(host + ":" + number("port", PORT), number("database", 0), login, tls(), bundle());
    }

    private RedisServers ofUrl(String text) {
        URI url = uri(text);
        String login = url.getRawUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        String path = url.getPath();
        return RedisServers.one(
                url.getHost() + ":" + (url.getPort() < 0 ? PORT : url.getPort()),
                path != null && path.matches("/\\d+") ? Integer.parseInt(path.substring(1)) : number("database", 0),
                login == null
                        ? new Login(text("username"), text("password"))
                        : new Login(
                                colon <= 0 ? null : decoded(login.substring(0, colon)),
                                decoded(login.substring(colon + 1))),
                "rediss".equals(url.getScheme()) || tls(),
                bundle());
    }

    /** What is refused may hold a password, and is not shown. */
    private static URI uri(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("redis".equals(url.getScheme()) || "rediss".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new SettingException(
                "Property spring.data.redis.url is no address of Redis; expected redis://[user:password@]host:port/database,"
                        + " or rediss:// for TLS. A password with special characters must be percent-encoded there");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static List<String> ported(List<String> nodes, int port) {
        return nodes.stream()
                .map(node -> node.matches(".*:\\d+") ? node : node + ":" + port)
                .toList();
    }

    private boolean tls() {
        return binder.bind(PREFIX + "ssl.enabled", Boolean.class).orElse(false) || text("ssl.bundle") != null;
    }

    private @Nullable SslBundle bundle() {
        String name = text("ssl.bundle");
        return name == null ? null : bundles.apply(name);
    }

    private @Nullable String text(String name) {
        return binder.bind(PREFIX + name, String.class)
                .map(value -> value.isBlank() ? null : value)
                .orElse(null);
    }

    private int number(String name, int otherwise) {
        return binder.bind(PREFIX + name, Integer.class).orElse(otherwise);
    }

    private List<String> list(String name) {
        return binder.bind(PREFIX + name, Bindable.listOf(String.class)).orElse(List.of());
    }
}
