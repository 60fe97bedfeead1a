package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key, in hexadecimal. Thread-safe: a {@link Mac} is not, so initialised ones are kept. */
final class HmacKey {

    /** The hexadecimal digits of a digest. */
    static final int DIGITS = 64;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private final SecretKeySpec key;
    private final ObjectPool<Digester> spares = new ObjectPool<>(this::create);

    HmacKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Writes the digits for all that follows an offset to another place in the same bytes. */
    void sign(byte[] bytes, int offset, int digits) {
        Digester digester = spares.take();
        byte[] digest = digester.digest(bytes, offset);
        for (int i = 0; i < digest.length; i++) {
            bytes[digits + 2 * i] = HEX[digest[i] >> 4 & 0xF];
            bytes[digits + 2 * i + 1] = HEX[digest[i] & 0xF];
        }
        spares.give(digester);
    }

    /** Returns whether {@link #sign} would write what stands there; takes the same time wherever it differs. */
    boolean signed(byte[] bytes, int offset, int digits) {
        Digester digester = spares.take();
        byte[] digest = digester.digest(bytes, offset);
        int difference = 0;
        for (int i = 0; i < digest.length; i++) {
            difference |= bytes[digits + 2 * i] ^ HEX[digest[i] >> 4 & 0xF];
            difference |= bytes[digits + 2 * i + 1] ^ HEX[digest[i] & 0xF];
        }
        spares.give(digester);
        return difference == 0;
    }

    private Digester create() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return new Digester(mac, new byte[DIGITS / 2]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** A Mac, and where it puts its digest. */
    private record Digester(Mac mac, byte[] digest) {

        byte[] digest(byte[] bytes, int offset) {
            try {
                mac.update(bytes, offset, bytes.length - offset);
                mac.doFinal(digest, 0);
                return digest;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
