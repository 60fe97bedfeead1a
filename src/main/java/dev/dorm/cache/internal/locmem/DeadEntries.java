package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.Shard;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the memory of entries whose version has passed, on a thread of its own. Versions only grow, so that such an
 * entry is dead for ever: it is removed without the lock of its shard. Thread-safe.
 */
final class DeadEntries {

    /** From so many entries of a shard on they are worth it; fewer are displaced, or end by their time to live. */
    static final int MUCH = 1_000;

    /** Where they are. */
    interface Entries {

        /** Returns the keys from one on, in their order. */
        Iterable<String> keysFrom(String first);

        byte @Nullable [] get(String key);

        /** Removes an entry if it is still the one that was found. */
        void remove(String key, byte[] found);
    }

    private final Entries store;
    private final Set<Shard> busy = ConcurrentHashMap.newKeySet();

    DeadEntries(Entries store) {
        this.store = store;
    }

    /** Begins to remove what is dead of a shard, if that may be much, and nobody does so already. */
    void remove(Shard shard) {
        if (areMany(shard) && busy.add(shard)) {
            Thread thread = new Thread(() -> removeAll(shard), "dorm-locmem-dead");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Looks at no more of them than it takes to tell. */
    private boolean areMany(Shard shard) {
        int count = 0;
        for (String prefix : List.of(shard.rowPrefix(), shard.resultPrefix())) {
            for (String key : store.keysFrom(prefix)) {
                if (!key.startsWith(prefix)) {
                    break;
                }
                if (++count == MUCH) {
                    return true;
                }
            }
        }
        return false;
    }

    private void removeAll(Shard shard) {
        try {
            for (String prefix : List.of(shard.rowPrefix(), shard.resultPrefix())) {
                for (String key : store.keysFrom(prefix)) {
                    if (!key.startsWith(prefix)) {
                        break;
                    }
                    removeDead(shard, key);
                }
            }
        } finally {
            busy.remove(shard);
        }
    }

    /** The version is read after the entry: it is the entry's own, or a later one. */
    private void removeDead(Shard shard, String key) {
        byte[] bytes = store.get(key);
        long version = RowFormat.counter(store.get(shard.versionKey()));
        if (bytes != null && version != 0 && isDead(shard, key, bytes, version)) {
            store.remove(key, bytes);
        }
    }

    private static boolean isDead(Shard shard, String key, byte[] bytes, long version) {
        return Keys.isRow(key)
                ? RowFormat.kind(bytes, version) == Kind.DEAD
                : !key.startsWith(shard.resultKey(version, ""));
    }
}
