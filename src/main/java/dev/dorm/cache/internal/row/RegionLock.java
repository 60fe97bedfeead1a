package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.store.Tokens;
import java.util.List;

/** The lock on all rows of a namespace during a bulk write. */
public final class RegionLock {

    private final CachedRows rows;
    private final String token = Tokens.next();
    private boolean requested;

    RegionLock(CachedRows rows) {
        this.rows = rows;
    }

    public CachedRows rows() {
        return rows;
    }

    /** Says that the lock was sent, whether or not it is acknowledged: it has to be taken out. */
    public void request() {
        requested = true;
    }

    public boolean requested() {
        return requested;
    }

    public List<Step.LockShard> lock() {
        return rows.namespace().shards().stream()
                .map(shard -> new Step.LockShard(shard, token))
                .toList();
    }

    public List<Step.UnlockShard> unlock() {
        return rows.namespace().shards().stream()
                .map(shard -> new Step.UnlockShard(shard, token))
                .toList();
    }
}
