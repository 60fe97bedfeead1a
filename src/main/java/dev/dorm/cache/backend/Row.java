package dev.dorm.cache.backend;

/**
 * One cached entity, collection or natural-id resolution.
 *
 * @param shard where it stands
 * @param id the id's injective rendering
 */
public record Row(Shard shard, String id) {

    /** Into how many slices the rows of a shard are spread: for each is known when one of its rows was last written. */
    public static final int SLICES = 256;

    /**
     * Returns the slice to which the row belongs.
     *
     * @return a number from 0, below {@link #SLICES}
     */
    public int slice() {
        return id.hashCode() * 0x85EBCA6B >>> 24;
    }

    /**
     * Returns the key under which the row is stored.
     *
     * @return {@code dormrow:<namespace>:<id>}
     */
    public String key() {
        return shard.rowPrefix() + id;
    }
}
