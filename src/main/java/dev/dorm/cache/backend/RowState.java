package dev.dorm.cache.backend;

import dev.dorm.cache.backend.RowFormat.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a read saw of a row.
 *
 * @param version its shard's version; 0 when that is absent
 * @param shardLocked whether a region lock stands
 * @param bytes what is stored, or null
 * @param written the number of the newest write in its shard; 0 when that is absent
 */
public record RowState(long version, boolean shardLocked, byte @Nullable [] bytes, long written) {

    /**
     * Returns what the row holds.
     *
     * @return its kind, judged by its first bytes only; a signature is not verified here
     */
    public Kind kind() {
        return bytes == null ? Kind.ABSENT : RowFormat.kind(bytes, version);
    }
}
