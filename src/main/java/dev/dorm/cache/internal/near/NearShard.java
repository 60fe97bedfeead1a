package dev.dorm.cache.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a near tier knows of a shard. Thread-safe. */
public final class NearShard {

    private final Shard shard;
    private final Cache<Row, ?> cache;
    private final AtomicLong generation = new AtomicLong();
    private volatile @Nullable Long servesUntil;

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

    /** Returns whether what happens in the shard is told, as far as is known. */
    boolean isTold() {
        return servesUntil != null;
    }

    /** Returns whether everything was received that happened up to a window ago. */
    boolean serves(long now) {
        Long until = servesUntil;
        return until != null && until - now > 0;
    }

    /** Says until when rows are served; null when nobody tells what happens to them. */
    void serveUntil(@Nullable Long until) {
        servesUntil = until;
    }

    /** Makes all rows worthless at once; they leave the cache when they are met, or evicted. */
    void change() {
        generation.incrementAndGet();
    }
}
