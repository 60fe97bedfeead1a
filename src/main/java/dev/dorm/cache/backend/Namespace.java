package dev.dorm.cache.backend;

import java.util.List;

/**
 * What one model version covers: an entity role, a collection role, a natural id, or a query region.
 *
 * @param name {@code dormqs:<region>}
 * @param shards its shards, at least one
 */
public record Namespace(String name, List<Shard> shards) {

    /**
     * Returns the row with an id.
     *
     * @param id the id's injective rendering
     * @return the row
     */
    public Row row(String id) {
        return new Row(shards.get(Math.floorMod(spread(id), shards.size())), id);
    }

    private static int spread(String id) {
        int h = id.hashCode() * 0x9E3779B9;
        return h ^ (h >>> 16);
    }
}
