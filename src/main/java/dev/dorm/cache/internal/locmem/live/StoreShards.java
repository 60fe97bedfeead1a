package dev.dorm.cache.internal.locmem.live;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.live.LiveShard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a store whose rows are read without a step. Of each the version and the region lock are known here, since the
 * store tells of every change of theirs. Thread-safe.
 */
public final class StoreShards {

    private final Entries store;
    private final Map<String, StoreShard> byVersion = new ConcurrentHashMap<>();
    private final Map<String, StoreShard> byLock = new ConcurrentHashMap<>();

    /** Where the entries are. */
    public interface Entries {

        /** Returns what stands under a key, which counts as a use of it. */
        @Nullable
        Held held(String key);

        /** Returns the lock under which the steps on a shard are taken. */
        StampedLock lock(Shard shard);
    }

    public StoreShards(Entries store) {
        this.store = store;
    }

    /** Returns a shard. */
    public LiveShard of(Shard shard) {
        StoreShard known = byVersion.get(shard.versionKey());
        return known != null ? known : add(shard);
    }

    private StoreShard add(Shard shard) {
        StampedLock steps = store.lock(shard);
        long stamp = steps.writeLock();
        try {
            StoreShard added = byVersion.computeIfAbsent(shard.versionKey(), key -> new StoreShard(steps));
            byLock.put(shard.lockKey(), added);
            changed(shard.versionKey(), bytes(shard.versionKey()));
            changed(shard.lockKey(), bytes(shard.lockKey()));
            return added;
        } finally {
            steps.unlockWrite(stamp);
        }
    }

    private byte @Nullable [] bytes(String key) {
        Held held = store.held(key);
        return held == null ? null : held.bytes();
    }

    /** Says that something else stands under a key, or nothing: before anybody can read it there. */
    public void changed(String key, byte @Nullable [] bytes) {
        StoreShard ofVersion = byVersion.get(key);
        if (ofVersion != null) {
            ofVersion.version = RowFormat.counter(bytes);
        } else {
            StoreShard ofLock = byLock.get(key);
            if (ofLock != null) {
                ofLock.locked = bytes != null;
            }
        }
    }

    private final class StoreShard implements LiveShard {

        private final StampedLock steps;
        private volatile long version;
        private volatile boolean locked;

        StoreShard(StampedLock steps) {
            this.steps = steps;
        }

        /** As {@code StripedLocks.read}: what was read while a step was taken is not believed. */
        @Override
        public @Nullable Object get(String key, Object owner) {
            long stamp = steps.tryOptimisticRead();
            Held held = stamp == 0 ? null : store.held(key);
            Made made = held == null ? null : held.made();
            boolean live = made != null && made.owner() == owner && made.version() == version && !locked;
            return live && steps.validate(stamp) ? made.value() : null;
        }

        @Override
        public void put(String key, byte[] bytes, Made made) {
            Held held = store.held(key);
            if (held != null && held.bytes() == bytes) {
                held.made(made);
            }
        }
    }
}
