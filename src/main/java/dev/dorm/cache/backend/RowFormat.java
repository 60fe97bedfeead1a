package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.RowState.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand in a row.
 *
 * <ul>
 *   <li>entry: {@code dormsig1:<64 hex>:v<version>|<key>|<body>}
 *   <li>lock: {@code dormlock1:<c>} and, for each token, {@code |<token>=<deadline>}; {@code c} is 1 for a concurrent
 *       lock, else 0, and a deadline is in milliseconds of the store's clock. A region lock has the same form.
 *   <li>tombstone: {@code dormtomb1:<token>}
 *   <li>a table's record: {@code <clock>} and, for each token, {@code |<token>=<deadline>}
 * </ul>
 *
 * A token is made of letters, digits and {@code -}.
 */
public final class RowFormat {

    /** What a signed entry begins with. */
    public static final String ENTRY = "dormsig1:";

    /** What a lock begins with. */
    public static final String LOCK = "dormlock1:";

    /** What a tombstone begins with. */
    public static final String TOMBSTONE = "dormtomb1:";

    /** Where the payload begins in an entry: after the mark, the 64 hexadecimal digits and a colon. */
    public static final int PAYLOAD = ENTRY.length() + 64 + 1;

    /** How many digits an identity has: 64 bits of an HMAC. */
    private static final int IDENTITY = 16;

    /** How many tokens a lock or a table's record may have; more are forged, and what goes beyond is not read. */
    public static final int MOST_TOKENS = 1_000;

    private static final byte[] ENTRY_BYTES = ENTRY.getBytes(ISO_8859_1);
    private static final byte[] LOCK_BYTES = LOCK.getBytes(ISO_8859_1);
    private static final byte[] TOMBSTONE_BYTES = TOMBSTONE.getBytes(ISO_8859_1);

    private RowFormat() {}

    /**
     * Returns what stored bytes are.
     *
     * @param bytes the bytes
     * @param version the shard's current version
     * @return their kind, never {@link Kind#ABSENT}
     */
    public static Kind kind(byte[] bytes, long version) {
        if (startsWith(bytes, 0, ENTRY_BYTES)) {
            return behindVersion(bytes, PAYLOAD, version) < 0 ? Kind.DEAD : Kind.ENTRY;
        }
        if (startsWith(bytes, 0, LOCK_BYTES)) {
            return Kind.LOCK;
        }
        return startsWith(bytes, 0, TOMBSTONE_BYTES) ? Kind.TOMBSTONE : Kind.UNREADABLE;
    }

    /**
     * Returns what tells an entry from every other one: the first of its signature's digits.
     *
     * @param bytes the stored bytes
     * @return its identity, or null when they are no signed entry
     */
    public static @Nullable String identity(byte[] bytes) {
        int from = ENTRY.length();
        return bytes.length >= PAYLOAD && startsWith(bytes, 0, ENTRY_BYTES)
                ? new String(bytes, from, IDENTITY, ISO_8859_1)
                : null;
    }

    /**
     * Returns where a payload goes on behind its version.
     *
     * @param bytes the bytes
     * @param at where the payload begins in them
     * @param version the version that must stand there: <code>v&lt;version&gt;|</code>
     * @return an index, at most the bytes' length; -1 when anything else stands there
     */
    public static int behindVersion(byte[] bytes, int at, long version) {
        if (version < 0) {
            byte[] head = ("v" + version + "|").getBytes(ISO_8859_1);
            return startsWith(bytes, at, head) ? at + head.length : -1;
        }
        int end = at + 2;
        for (long rest = version; rest >= 10; rest /= 10) {
            end++;
        }
        if (end >= bytes.length || bytes[at] != 'v' || bytes[end] != '|') {
            return -1;
        }
        long rest = version;
        for (int i = end - 1; i > at; i--) {
            if (bytes[i] != '0' + rest % 10) {
                return -1;
            }
            rest /= 10;
        }
        return end + 1;
    }

    /**
     * Returns the bytes of a tombstone.
     *
     * @param token who left it
     * @return its bytes
     */
    public static byte[] tombstone(String token) {
        return (TOMBSTONE + token).getBytes(ISO_8859_1);
    }

    /**
     * Returns the digest by which a caller tells what it saw in a row.
     *
     * @param bytes the stored bytes
     * @return their SHA-1 in hexadecimal, which Redis computes by {@code redis.sha1hex}; it guards against change, not
     *     against forgery
     */
    public static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /**
     * Returns the value of a version or of the query clock.
     *
     * @param bytes what is stored under its key, or null
     * @return the number; 0 when it is absent or no number of at most 16 digits without a leading zero
     */
    public static long counter(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0 || bytes.length > 16 || bytes[0] == '0') {
            return 0;
        }
        long value = 0;
        for (byte digit : bytes) {
            if (digit < '0' || digit > '9') {
                return 0;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
        int to = from + prefix.length;
        return bytes.length >= to && Arrays.equals(bytes, from, to, prefix, 0, prefix.length);
    }
}
