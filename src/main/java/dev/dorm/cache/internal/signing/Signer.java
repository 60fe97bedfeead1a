package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.RowFormat;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs payloads and verifies them: {@code dormsig1:<64 lower-case hex>:<payload>}, byte for byte as dorm's
 * {@code sign_payload} and {@code verify_payload} ({@code hmac.new(key, payload, sha256).hexdigest()}).
 *
 * <p>Thread-safe. Fallback keys only verify.
 */
public final class Signer {

    private static final byte[] MARK = RowFormat.ENTRY.getBytes(ISO_8859_1);

    private final HmacKey key;
    private final List<HmacKey> fallbacks;
    private final boolean insecure;

    /**
     * Creates a signer.
     *
     * @param keys the keys
     */
    public Signer(SigningKeys keys) {
        this.key = new HmacKey(keys.current());
        this.fallbacks = keys.fallbacks().stream().map(HmacKey::new).toList();
        this.insecure = keys.insecure();
    }

    /**
     * Signs a payload.
     *
     * @param payload any bytes
     * @return the envelope with the payload in it
     */
    public byte[] sign(byte[] payload) {
        byte[] blob = new byte[RowFormat.PAYLOAD + payload.length];
        System.arraycopy(payload, 0, blob, RowFormat.PAYLOAD, payload.length);
        seal(blob);
        return blob;
    }

    /**
     * Verifies an envelope and takes the payload out of it.
     *
     * @param blob what a store returned
     * @return the payload, or null when the blob has no envelope or no key of ours signed it
     */
    public byte @Nullable [] verify(byte[] blob) {
        return switch (check(blob)) {
            case TRUSTED -> Arrays.copyOfRange(blob, RowFormat.PAYLOAD, blob.length);
            case LEGACY -> blob.clone();
            case NO_ENVELOPE, BAD_SIGNATURE -> null;
        };
    }

    /** Fills in the envelope of a blob whose payload is in its place already. */
    void seal(byte[] blob) {
        System.arraycopy(MARK, 0, blob, 0, MARK.length);
        key.sign(blob, RowFormat.PAYLOAD, MARK.length);
        blob[RowFormat.PAYLOAD - 1] = ':';
    }

    Verdict check(byte[] blob) {
        if (!enveloped(blob)) {
            return insecure ? Verdict.LEGACY : Verdict.NO_ENVELOPE;
        }
        if (insecure || key.signed(blob, RowFormat.PAYLOAD, MARK.length)) {
            return Verdict.TRUSTED;
        }
        for (HmacKey fallback : fallbacks) {
            if (fallback.signed(blob, RowFormat.PAYLOAD, MARK.length)) {
                return Verdict.TRUSTED;
            }
        }
        return Verdict.BAD_SIGNATURE;
    }

    private static boolean enveloped(byte[] blob) {
        return blob.length >= RowFormat.PAYLOAD
                && Arrays.equals(blob, 0, MARK.length, MARK, 0, MARK.length)
                && blob[RowFormat.PAYLOAD - 1] == ':';
    }

    /** What a signer thinks of a blob. */
    enum Verdict {
        /** The envelope is there, and its signature good (or not asked for). */
        TRUSTED,
        /** There is no envelope, and none is asked for. */
        LEGACY,
        /** There is no envelope. */
        NO_ENVELOPE,
        /** No key of ours signed it. */
        BAD_SIGNATURE
    }
}
