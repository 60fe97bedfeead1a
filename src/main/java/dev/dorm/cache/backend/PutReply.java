package dev.dorm.cache.backend;

import org.jspecify.annotations.Nullable;

/**
 * What came of storing an entry.
 *
 * @param outcome whether it was stored, or why not
 * @param version the shard's current version
 * @param found the {@linkplain RowFormat#digest digest} of what stands in the way, when that is a tombstone or bytes of
 *     no known form, also of the tombstone that was left; null otherwise
 */
public record PutReply(Outcome outcome, long version, @Nullable String found) {

    /** Whether an entry was stored, or why not. The order is that of the codes on the wire, from 0. */
    public enum Outcome {
        /** It was stored, or the very same bytes were there. */
        STORED,
        /** The version has changed. */
        VERSION,
        /** A region lock stands. */
        SHARD_LOCKED,
        /** The row is locked. */
        LOCKED,
        /** A tombstone, or bytes of no known form, that the caller did not expect. */
        UNEXPECTED,
        /** An entry of the current version is there. */
        PRESENT,
        /** It came later than it may be taken. */
        LATE,
        /** The row is absent, and may have been written since the caller last learned of a write in its shard. */
        UNPROVEN,
        /** An entry was there, of a row that is gone; a tombstone has taken its place. */
        EVICTED,
        /** There was nothing to store, and nothing to take away. */
        NOTHING,
        /** The store's memory is full. */
        NO_MEMORY
    }
}
