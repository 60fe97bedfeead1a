package dev.dorm.cache.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import java.util.concurrent.atomic.AtomicLong;

/** What a near tier knows of a shard. Thread-safe. */
public final class NearShard {

    private final Shard shard;
    private final Cache<Row, ?> cache;
    private final AtomicLong generation = new AtomicLong();

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

    long generation() {
        return generation.get();
    }

    /** Makes all rows worthless at once; they leave the cache when they are met, or evicted. */
    void change() {
        generation.incrementAndGet();
    }
}
