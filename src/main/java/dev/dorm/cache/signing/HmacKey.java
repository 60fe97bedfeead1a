package dev.dorm.cache.signing;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 under one key. Thread-safe: a {@link Mac} is not, so initialised ones are pooled; the pool holds at most
 * as many as threads ever signed at once.
 */
final class HmacKey {

    /** The bytes of a digest. */
    static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final ConcurrentLinkedQueue<Mac> idle = new ConcurrentLinkedQueue<>();

    HmacKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    byte[] digest(byte[] bytes, int offset, int length) {
        @Nullable Mac mac = idle.poll();
        if (mac == null) {
            mac = create();
        }
        mac.update(bytes, offset, length);
        byte[] digest = mac.doFinal();
        idle.offer(mac);
        return digest;
    }

    private Mac create() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
