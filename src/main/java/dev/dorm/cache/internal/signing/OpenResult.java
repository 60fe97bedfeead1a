package dev.dorm.cache.internal.signing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What came out of an envelope: a body, as a view into the stored bytes, or the reason for which there is none.
 */
public final class OpenResult {

    private final byte[] bytes;
    private final int offset;
    private final @Nullable Rejection rejection;

    OpenResult(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.offset = offset;
        this.rejection = null;
    }

    OpenResult(Rejection rejection) {
        this.bytes = new byte[0];
        this.offset = 0;
        this.rejection = rejection;
    }

    /**
     * Returns whether there is a body.
     *
     * @return true unless the bytes were rejected
     */
    public boolean accepted() {
        return rejection == null;
    }

    /**
     * Returns why the bytes were rejected.
     *
     * @return the reason, or null when there is a body
     */
    public @Nullable Rejection rejection() {
        return rejection;
    }

    /**
     * Returns the array in which the body stands; not a copy.
     *
     * @return the stored bytes; empty when they were rejected
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Returns where the body begins.
     *
     * @return an index into {@link #bytes}
     */
    public int offset() {
        return offset;
    }

    /**
     * Returns how long the body is.
     *
     * @return its bytes; 0 when there is none
     */
    public int length() {
        return bytes.length - offset;
    }

    /**
     * Returns the body by itself.
     *
     * @return a copy
     */
    public byte[] body() {
        return Arrays.copyOfRange(bytes, offset, bytes.length);
    }

    @Override
    public String toString() {
        return rejection == null ? "Opened[" + length() + " bytes]" : "Opened[" + rejection + "]";
    }
}
