package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Step;
import java.util.List;

/** The lock on all rows of a namespace during a bulk write. */
final class RegionLock {

    private final CachedRows rows;
    private final String token = Tokens.next();
    private boolean requested;

    RegionLock(CachedRows rows) {
        this.rows = rows;
    }

    CachedRows rows() {
        return rows;
    }

    /** Says that the lock was sent, whether or not it is acknowledged: it has to be taken out. */
    void request() {
        requested = true;
    }

    boolean requested() {
        return requested;
    }

    List<Step.LockShard> lock() {
        return rows.namespace().shards().stream()
                .map(shard -> new Step.LockShard(shard, token))
                .toList();
    }

    List<Step.UnlockShard> unlock() {
        return rows.namespace().shards().stream()
                .map(shard -> new Step.UnlockShard(shard, token))
                .toList();
    }
}
