package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand in a row.
 *
 * <ul>
 *   <li>entry: {@code dormsig1:<64 hex>:v<version>|<stamp>|<key>|<body>}. The stamp says when it was written and
 *       makes it unlike every other entry; it has at most {@value #LONGEST_STAMP} characters, none of them a {@code |}.
 *       When the row has a version that is a whole number, {@code ;<its digits>} are the last of them.
 *   <li>lock: {@code dormlock1:<c>} and, for each token, {@code |<token>=<deadline>.<write>}; {@code c} is 1 for a
 *       concurrent lock, else 0, a deadline is in milliseconds of the store's clock, and the write's number tells this
 *       lock from others with its token. A region lock has the same form without a number.
 *   <li>tombstone: {@code dormtomb1:<token>.<write>}, with the number of the write that left it
 *   <li>a table's record: {@code <clock>} and, for each token, {@code |<token>=<deadline>}
 * </ul>
 *
 * A token is made of letters, digits and {@code -}.
 */
public final class RowFormat {

    /** What a row holds. */
    public enum Kind {
        /** Nothing. */
        ABSENT,
        /** An entry of the current version. */
        ENTRY,
        /** An entry of another version: it counts as absent. */
        DEAD,
        /** A lock. */
        LOCK,
        /** A tombstone. */
        TOMBSTONE,
        /** Bytes of no known form: a miss, and replaceable. */
        UNREADABLE
    }

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

    /** What stands between a tombstone's token and the number of its write. */
    public static final String BEFORE_WRITE = ".";

    /** Into how many {@linkplain Row#slice() slices} the rows of a shard are spread. */
    public static final int SLICES = 256;

    /** How long an entry's stamp may be. */
    public static final int LONGEST_STAMP = 64;

    /** What stands between an entry's stamp and the version of its row. */
    public static final char BEFORE_ROW_VERSION = ';';

    /** The highest version of a row that is written, of 15 digits: so much a number in Lua tells exactly. */
    public static final long HIGHEST_ROW_VERSION = 999_999_999_999_999L;

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
     * Returns where an entry goes on behind its stamp, or whatever else may stand between version and key.
     *
     * @param bytes the bytes
     * @param at where the stamp begins in them, behind the version
     * @return an index, at most the bytes' length; -1 when no stamp stands there
     */
    public static int behindStamp(byte[] bytes, int at) {
        int last = Math.min(bytes.length - 1, at + LONGEST_STAMP);
        for (int i = at; i <= last; i++) {
            if (bytes[i] == '|') {
                return i + 1;
            }
        }
        return -1;
    }

    /**
     * Returns whether two entries of one version say the same, each with a stamp of its own.
     *
     * @param one an entry
     * @param other an entry
     * @param version the version of both
     * @return whether key and body are equal
     */
    public static boolean sameValue(byte[] one, byte[] other, long version) {
        int from = valueAt(one, version);
        int otherFrom = valueAt(other, version);
        return from >= 0 && otherFrom >= 0 && Arrays.equals(one, from, one.length, other, otherFrom, other.length);
    }

    /**
     * Returns whether an entry shows a later version of its row than another.
     *
     * @param one an entry
     * @param other an entry
     * @param version the model version of both
     * @return false when either says no version
     */
    public static boolean isLater(byte[] one, byte[] other, long version) {
        long before = rowVersion(other, version);
        return before >= 0 && rowVersion(one, version) > before;
    }

    private static long rowVersion(byte[] entry, long version) {
        int at = behindVersion(entry, PAYLOAD, version);
        int end = at < 0 ? -1 : behindStamp(entry, at) - 1;
        while (at >= 0 && at < end && entry[at] != BEFORE_ROW_VERSION) {
            at++;
        }
        long value = at >= 0 && at + 1 < end && end - at <= 16 ? 0 : -1;
        for (int i = at + 1; value >= 0 && i < end; i++) {
            value = entry[i] < '0' || entry[i] > '9' ? -1 : 10 * value + (entry[i] - '0');
        }
        return value;
    }

    private static int valueAt(byte[] entry, long version) {
        int stampAt = behindVersion(entry, PAYLOAD, version);
        return stampAt < 0 ? -1 : behindStamp(entry, stampAt);
    }

    /**
     * Returns the bytes of a tombstone.
     *
     * @param token who left it
     * @param write the number of the write that left it
     * @return its bytes
     */
    public static byte[] tombstone(String token, long write) {
        return (TOMBSTONE + token + BEFORE_WRITE + write).getBytes(ISO_8859_1);
    }

    /**
     * Returns whether stored bytes are a tombstone that somebody left.
     *
     * @param bytes the stored bytes
     * @param token who
     * @return true whichever of its writes left it
     */
    public static boolean isTombstone(byte[] bytes, String token) {
        return startsWith(bytes, 0, (TOMBSTONE + token + BEFORE_WRITE).getBytes(ISO_8859_1));
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
