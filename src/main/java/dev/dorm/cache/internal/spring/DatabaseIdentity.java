package dev.dorm.cache.internal.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What makes a database the same one for several applications, whatever they are called: they must see each other's locks, and so
 * have one region prefix.
 *
 * @param name its URL without who logs in, its catalog and its schema, and what tells it from others of that name
 * @param user who has logged in, to whom it may show other rows than to others
 */
record DatabaseIdentity(String name, String user) {

    /** So many digits of a hash are enough for the databases that share a Redis. */
    private static final int DIGITS = 10;

    /** Databases in memory have the same name in many processes, and are others. */
    private static final String PROCESS = UUID.randomUUID().toString();

    private static final Pattern IN_MEMORY = Pattern.compile(":(mem|memory):");

    /** Those without a name are another one for each data source. */
    private static final Pattern UNNAMED = Pattern.compile(":(mem|memory):$");

    /** Those in a file have the same name on many machines. */
    private static final Pattern IN_FILE =
            Pattern.compile("jdbc:(h2:(?!tcp:|ssl:)|hsqldb:(?!hsqls?:|https?:)|derby:(?!//)|sqlite:).*");

    /** So have those that are reached through the machine itself, where a proxy may stand for one that is elsewhere. */
    private static final Pattern ON_LOOPBACK =
            Pattern.compile("(//|@)(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(?=[:/;?,]|$)");

    /** Returns it; null where it cannot be asked: Hibernate says why soon enough. */
    static @Nullable DatabaseIdentity of(@Nullable DataSource source) {
        if (source == null) {
            return null;
        }
        try (Connection connection = source.getConnection()) {
            String url = withoutLogin(connection.getMetaData().getURL());
            String only = UNNAMED.matcher(url).find() ? "|" + System.identityHashCode(source) : "";
            return new DatabaseIdentity(
                    url + "|" + connection.getCatalog() + "|" + connection.getSchema() + place(url, connection) + only,
                    String.valueOf(connection.getMetaData().getUserName()));
        } catch (SQLException | RuntimeException e) {
            return null;
        }
    }

    /** Returns the region prefix of those who set none. */
    String prefix() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return "db" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the name under which caches in this process share what they hold of it. */
    String shared() {
        return name + "|" + user;
    }

    /** A user, a password and other parameters do not make it another database. */
    static String withoutLogin(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//").replaceFirst(":[^:/@]*/[^@/]*@", ":@");
    }

    private static String place(String url, Connection connection) {
        if (IN_MEMORY.matcher(url).find()) {
            return "|" + PROCESS;
        }
        if (IN_FILE.matcher(url).matches()) {
            return "|" + machine() + "|" + Path.of("").toAbsolutePath();
        }
        return ON_LOOPBACK.matcher(url).find() ? "|" + server(connection) : "";
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** Returns what the server calls itself, where it can: PostgreSQL and MySQL. */
    private static String server(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            String product = connection.getMetaData().getDatabaseProductName();
            String question = product.equals("PostgreSQL")
                    ? "select system_identifier from pg_control_system()"
                    : product.equals("MySQL") ? "select @@server_uuid" : "";
            if (question.isEmpty()) {
                return "";
            }
            try (ResultSet answer = statement.executeQuery(question)) {
                return answer.next() ? answer.getString(1) : "";
            }
        } catch (SQLException e) {
            return "";
        }
    }
}
