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
}
