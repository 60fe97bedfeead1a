package dev.dorm.cache.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;

/** What a near tier knows of a shard. Thread-safe. */
public final class NearShard extends NearChannel {

    private final Shard shard;
    private final Cache<Row, ?> cache;

    NearShard(Shard shard, Cache<Row, ?> cache) {
        this.shard = shard;
        this.cache = cache;
    }

    public Shard shard() {
        return shard;
    }

    Cache<Row, ?> cache() {
        return cache;
    }
}
