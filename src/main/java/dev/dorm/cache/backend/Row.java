package dev.dorm.cache.backend;

/**
 * One cached entity, collection or natural-id resolution.
 *
 * @param shard where it stands
 * @param id the id's injective rendering
 */
public record Row(Shard shard, String id) {

    /**
     * Returns the key under which the row is stored.
     *
     * @return {@code dormrow:<namespace>:<id>}
     */
    public String key() {
        return shard.rowPrefix() + id;
    }

    /**
     * Returns the slice to which the row belongs: for each is known when one of its rows was last written.
     *
     * @return a number from 0, below {@link RowFormat#SLICES}
     */
    public int slice() {
        int spread = id.hashCode() * 0x85EBCA6B;
        return spread >>> 24;
    }
}
