package dev.dorm.cache.backend;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one model version covers: an entity role, a collection role, a natural id, or a query region.
 *
 * @param name {@code dormqs:<region>}
 * @param shards its shards, at least one
 */
public record Namespace(String name, List<Shard> shards) {

    /**
     * Lays a namespace out for a backend.
     *
     * @param name {@code dormqs:<region>}
     * @param backend where it lives: says how many shards, and whether they need hash tags
     * @return the namespace
     */
    public static Namespace of(String name, Backend backend) {
        int count = backend.shards();
        if (!backend.hashTags()) {
            return new Namespace(name, List.of(Shard.of(name)));
        }
        if (count == 1) {
            return new Namespace(name, List.of(Shard.of("{" + name + "}")));
        }
        return new Namespace(
                name,
                IntStream.range(0, count)
                        .mapToObj(i -> Shard.of("{" + name + "#" + i + "}"))
                        .toList());
    }

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
