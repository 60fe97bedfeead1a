package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.backend.BackendSettings;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parsed {@code location} setting.
 *
 * @param kind what stands there
 * @param tls whether to speak TLS
 * @param servers host and port of each server, or the socket's path
 * @param master the master's name, for sentinels
 * @param database the database
 * @param username who logs in, or null
 * @param password the password, or null
 */
record Location(
        Kind kind,
        boolean tls,
        List<String> servers,
        String master,
        int database,
        @Nullable String username,
        @Nullable String password) {

    enum Kind {
        SINGLE,
        UNIX,
        SENTINEL,
        CLUSTER
    }

    private static final String ACCEPTED = "redis://[user:password@]host:port/db, rediss:// (TLS),"
            + " unix:///path/to.sock?db=0, redis+sentinel://host:port,host:port/master and"
            + " redis+cluster://host:port,host:port, the last two with TLS as rediss+sentinel:// and rediss+cluster://";
    private static final Pattern URL = Pattern.compile("(rediss?|unix)(\\+sentinel|\\+cluster)?://(.*)");
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]@\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern DATABASE = Pattern.compile("\\d{1,6}");

    static Location parse(String url, BackendSettings settings) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw refused(settings, url, "no known scheme");
        }
        boolean unix = parts.group(1).equals("unix");
        Kind kind = unix ? Kind.UNIX : kind(parts.group(2));
        if (unix && parts.group(2) != null) {
            throw refused(settings, url, "a socket is one server");
        }
        String rest = parts.group(3);
        int query = rest.indexOf('?');
        String options = query < 0 ? "" : rest.substring(query + 1);
        rest = query < 0 ? rest : rest.substring(0, query);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(unix ? slash : slash + 1);
        int at = authority.lastIndexOf('@');
        String[] login = login(at < 0 ? "" : authority.substring(0, at), settings, url);
        List<String> servers = unix
                ? List.of(decoded(path, settings, url))
                : servers(authority.substring(at + 1), kind == Kind.SENTINEL ? 26379 : 6379, settings, url);
        if (unix && (path.length() < 2 || !authority.substring(at + 1).isEmpty())) {
            throw refused(settings, url, "the socket's path is missing");
        }
        boolean named = kind == Kind.SENTINEL;
        if (named && path.isEmpty()) {
            throw refused(settings, url, "the master's name is missing");
        }
        if (kind == Kind.SINGLE && servers.size() > 1) {
            throw refused(settings, url, "one server only");
        }
        String db = database(options, settings, url);
        if (db.isEmpty() && !unix && !named) {
            db = path;
        }
        if (!db.isEmpty() && !DATABASE.matcher(db).matches()) {
            throw refused(settings, url, "the database is no number");
        }
        return new Location(
                kind,
                parts.group(1).equals("rediss"),
                servers,
                named ? decoded(path, settings, url) : "",
                db.isEmpty() ? 0 : Integer.parseInt(db),
                login[0].isEmpty() ? null : login[0],
                login[1].isEmpty() ? null : login[1]);
    }

    /** Returns what Redisson calls each server. */
    List<String> addresses() {
        String scheme = kind == Kind.UNIX ? "redis+uds://" : tls ? "rediss://" : "redis://";
        return servers.stream().map(scheme::concat).toList();
    }

    /** Returns the servers' hosts; none for a socket. */
    List<String> hosts() {
        return kind == Kind.UNIX
                ? List.of()
                : servers.stream()
                        .map(server -> server.substring(0, server.lastIndexOf(':')))
                        .toList();
    }

    /** Returns a location without what stands before the last {@code @} of its servers. */
    static String withoutLogin(String url) {
        return url.replaceFirst("^([^/@]*//)?.*@", "$1***@");
    }

    @Override
    public String toString() {
        return "Location[" + kind + " " + servers + "]";
    }

    private static Kind kind(@Nullable String suffix) {
        if (suffix == null) {
            return Kind.SINGLE;
        }
        return suffix.equals("+cluster") ? Kind.CLUSTER : Kind.SENTINEL;
    }

    private static List<String> servers(String list, int defaultPort, BackendSettings settings, String url) {
        List<String> servers = new ArrayList<>();
        for (String each : list.split(",", -1)) {
            Matcher server = SERVER.matcher(each);
            if (!server.matches()) {
                throw refused(settings, url, "no host and port");
            }
            int port = server.group(2) == null ? defaultPort : Integer.parseInt(server.group(2));
            if (port < 1 || port > 65535) {
                throw refused(settings, url, "no such port");
            }
            servers.add(server.group(1) + ":" + port);
        }
        return servers;
    }

    /** Returns user and password; a single part is the password, as redis-cli has it. */
    private static String[] login(String userInfo, BackendSettings settings, String url) {
        int colon = userInfo.indexOf(':');
        return new String[] {
            decoded(userInfo.substring(0, Math.max(colon, 0)), settings, url),
            decoded(userInfo.substring(colon + 1), settings, url)
        };
    }

    private static String database(String options, BackendSettings settings, String url) {
        String database = "";
        for (String option : options.isEmpty() ? new String[0] : options.split("&", -1)) {
            if (!option.matches("(db|database)=.*")) {
                throw refused(settings, url, "after ? only db=<number> is accepted, other settings are options.*");
            }
            database = option.substring(option.indexOf('=') + 1);
        }
        return database;
    }

    private static String decoded(String text, BackendSettings settings, String url) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused(settings, url, "a % that is not followed by two hexadecimal digits");
        }
    }

    private static IllegalArgumentException refused(BackendSettings settings, String url, String why) {
        return settings.refused("location", withoutLogin(url), ACCEPTED + " (" + why + ")");
    }
}
