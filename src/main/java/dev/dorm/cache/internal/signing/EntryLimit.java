package dev.dorm.cache.internal.signing;

/**
 * How large an entry may be.
 *
 * @param bytes the most bytes that its body may have; its key and signature stand before it
 * @param setting the name of the setting that says so, for messages
 */
public record EntryLimit(int bytes, String setting) {

    /** How many bytes they are unless it is set. */
    public static final int DEFAULT_BYTES = 1 << 20;

    /** Returns whether a body is within the limit. */
    public boolean admits(int length) {
        return length <= bytes;
    }
}
