package dev.dorm.cache.internal.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The region prefix of those who set none: all applications over one database have the same one, whatever they are called, since
 * they must see each other's locks.
 */
final class DatabasePrefix {

    /** So many digits of a hash are enough for the databases that share a Redis. */
    private static final int DIGITS = 10;

    /** Databases in memory have the same name in many processes, and are others. */
    private static final String PROCESS = UUID.randomUUID() + "|";

    private DatabasePrefix() {}

    /** Returns the prefix of a database; null where it cannot be asked: Hibernate says why soon enough. */
    static @Nullable String of(@Nullable DataSource source) {
        if (source == null) {
            return null;
        }
        try (Connection connection = source.getConnection()) {
            String url = withoutLogin(connection.getMetaData().getURL());
            String identity = (isInMemory(url) ? PROCESS : "") + url + "|" + connection.getCatalog() + "|"
                    + connection.getSchema();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(UTF_8));
            return "db" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (SQLException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A user, a password and other parameters do not make it another database. */
    private static String withoutLogin(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    private static boolean isInMemory(String url) {
        return url.contains(":mem:") || url.contains(":memory:");
    }
}
