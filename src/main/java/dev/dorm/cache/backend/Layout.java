package dev.dorm.cache.backend;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a store spreads its keys.
 *
 * @param shards how many shards a namespace has, each with a version and a region lock of its own; 1 without hash tags
 * @param hashTags whether keys that belong together must share a hash tag, as in a Redis Cluster
 */
public record Layout(int shards, boolean hashTags) {

    /** All keys in one place. */
    public static final Layout UNDIVIDED = new Layout(1, false);

    /**
     * Returns whether the rows of one {@link Step.ReadRows} are read at one moment, or one after the other as they stand in the step. In a
     * cluster each master reads its own.
     *
     * @return true without hash tags
     */
    public boolean readsInOrder() {
        return !hashTags;
    }

    /**
     * Lays out a namespace.
     *
     * @param name {@code dormqs:<region>}
     * @return the namespace
     */
    public Namespace namespace(String name) {
        if (!hashTags) {
            return new Namespace(name, List.of(Shard.of(name)));
        }
        if (shards == 1) {
            return new Namespace(name, List.of(Shard.of("{" + name + "}")));
        }
        return new Namespace(
                name,
                IntStream.range(0, shards)
                        .mapToObj(i -> Shard.of("{" + name + "#" + i + "}"))
                        .toList());
    }

    /**
     * Returns the query clock of an application.
     *
     * @param regionPrefix Hibernate's {@code hibernate.cache.region_prefix}, empty for none
     * @return the clock
     */
    public Clock clock(String regionPrefix) {
        String name = Keys.clock(regionPrefix);
        String key = hashTags ? "{" + name + "}" : name;
        return new Clock(key, key + ":");
    }
}
