package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.backend.RowFormat;
import java.util.Arrays;

/**
 * Seals bodies into signed entries, and opens them again: {@code dormsig1:<64 hex>:v<version>|<stamp>|<key>|<body>}.
 * Version and key stand inside the signed bytes, so that an entry copied to another key, or kept from an older version,
 * is worthless; the stamp tells each entry from all others, of whatever value.
 *
 * <p>Thread-safe. A key may contain any character; one key must not be another one followed by {@code |} and the
 * beginning of a body (which is always <code>{</code>, or the mark of Smile): ids and tenants never contain a {@code |}.
 */
public final class Envelope {

    /**
     * The most bytes that any body may have, 32 MiB. A longer one is not written. An entry that is longer than the
     * limit, which is this or less, is rejected before its signature is computed.
     */
    public static final int LONGEST_BODY = 32 << 20;

    /** What may stand before a body: mark, signature, version and key. */
    private static final int LONGEST_HEAD = 64 << 10;

    private final Signer signer;
    private final EntryLimit limit;

    /**
     * Creates an envelope maker for bodies of any length that can be read.
     *
     * @param signer signs and verifies
     */
    public Envelope(Signer signer) {
        this(signer, new EntryLimit(LONGEST_BODY, ""));
    }

    /**
     * Creates an envelope maker.
     *
     * @param signer signs and verifies
     * @param limit how long a body may be
     */
    public Envelope(Signer signer, EntryLimit limit) {
        this.signer = signer;
        this.limit = limit;
    }

    /**
     * Returns how long a body may be. Whoever seals one that is longer makes an entry that is not opened.
     *
     * @return the limit
     */
    public EntryLimit limit() {
        return limit;
    }

    /**
     * Seals a body.
     *
     * @param version the model version under which it is written
     * @param stamp its {@linkplain Stamp stamp}, of ASCII
     * @param key the key under which it will be stored
     * @param body the body
     * @return the signed entry
     */
    public byte[] seal(long version, String stamp, String key, byte[] body) {
        return seal(version, stamp, key, body, 0, body.length);
    }

    /**
     * Seals a part of an array.
     *
     * @param version the model version under which it is written
     * @param stamp its {@linkplain Stamp stamp}, of ASCII
     * @param key the key under which it will be stored
     * @param body an array that holds the body
     * @param offset where the body begins
     * @param length how long it is
     * @return the signed entry
     */
    public byte[] seal(long version, String stamp, String key, byte[] body, int offset, int length) {
        String number = Long.toString(version);
        byte[] name = isAscii(key) ? null : key.getBytes(UTF_8);
        int nameAt = RowFormat.PAYLOAD + number.length() + stamp.length() + 3;
        int bodyAt = nameAt + (name == null ? key.length() : name.length) + 1;
        byte[] blob = new byte[bodyAt + length];
        blob[RowFormat.PAYLOAD] = 'v';
        int at = write(blob, RowFormat.PAYLOAD + 1, number);
        blob[at] = '|';
        at = write(blob, at + 1, stamp);
        blob[at] = '|';
        if (name == null) {
            write(blob, nameAt, key);
        } else {
            System.arraycopy(name, 0, blob, nameAt, name.length);
        }
        blob[bodyAt - 1] = '|';
        System.arraycopy(body, offset, blob, bodyAt, length);
        signer.seal(blob);
        return blob;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Writes text of ASCII, and returns where it ends. */
    private static int write(byte[] blob, int at, String ascii) {
        int length = ascii.length();
        for (int i = 0; i < length; i++) {
            blob[at + i] = (byte) ascii.charAt(i);
        }
        return at + length;
    }

    /**
     * Opens an entry, signature first.
     *
     * @param stored what the store returned; the result refers to it
     * @param version the version it must have
     * @param key the key it must have
     * @return its body, or why there is none
     */
    public OpenResult open(byte[] stored, long version, String key) {
        if (stored.length - LONGEST_HEAD > limit.bytes()) {
            return new OpenResult(Rejection.TOO_LONG);
        }
        return switch (signer.check(stored)) {
            case TRUSTED -> payload(stored, RowFormat.PAYLOAD, version, key);
            case LEGACY -> payload(stored, 0, version, key);
            case NO_ENVELOPE -> new OpenResult(Rejection.UNSIGNED);
            case BAD_SIGNATURE -> new OpenResult(Rejection.BAD_SIGNATURE);
        };
    }

    private OpenResult payload(byte[] stored, int at, long version, String key) {
        int stampAt = RowFormat.behindVersion(stored, at, version);
        if (stampAt < 0) {
            return new OpenResult(versioned(stored, at) ? Rejection.WRONG_VERSION : Rejection.TRUNCATED);
        }
        int nameAt = RowFormat.behindStamp(stored, stampAt);
        if (nameAt < 0) {
            return new OpenResult(Rejection.TRUNCATED);
        }
        int end = behind(stored, nameAt, key);
        if (end < 0 || end >= stored.length || stored[end] != '|') {
            return new OpenResult(nameAt == stored.length ? Rejection.TRUNCATED : Rejection.WRONG_KEY);
        }
        return stored.length - end - 1 > limit.bytes()
                ? new OpenResult(Rejection.TOO_LONG)
                : new OpenResult(stored, end + 1);
    }

    /** Returns where the bytes go on behind a key, or -1 when another one stands there. */
    private static int behind(byte[] stored, int at, String key) {
        int length = key.length();
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (c >= 0x80) {
                return behind(stored, at, key.getBytes(UTF_8));
            }
            if (at + i >= stored.length || stored[at + i] != c) {
                return -1;
            }
        }
        return at + length;
    }

    private static int behind(byte[] stored, int at, byte[] part) {
        int end = at + part.length;
        return end <= stored.length && Arrays.equals(stored, at, end, part, 0, part.length) ? end : -1;
    }

    private static boolean versioned(byte[] stored, int at) {
        int i = at + 1;
        while (i < stored.length && (stored[i] == '-' || (stored[i] >= '0' && stored[i] <= '9'))) {
            i++;
        }
        return stored.length > at && stored[at] == 'v' && i > at + 1 && i < stored.length && stored[i] == '|';
    }
}
