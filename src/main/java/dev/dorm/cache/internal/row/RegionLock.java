package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.Tokens;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The lock on all rows of a namespace during a bulk write. */
public final class RegionLock {

    private final RowNamespace rows;
    private final String token = Tokens.next();
    private boolean requested;

    /** When the lock of each shard was sent that was acknowledged. */
    private final Map<Shard, Long> lockedAt = new HashMap<>();

    RegionLock(RowNamespace rows) {
        this.rows = rows;
    }

    public RowNamespace rows() {
        return rows;
    }

    /** Returns whether the lock was sent, acknowledged or not: it has to be taken out then. */
    public boolean requested() {
        return requested;
    }

    /** Returns whether it is to be sent before the commit: it was not acknowledged, or is soon over. */
    public boolean wanting() {
        return !requested || !rows.layout().shards().stream().allMatch(this::stands);
    }

    /** Adds the steps that take the lock. */
    public void addLock(Batch batch) {
        requested = true;
        ResilientStore store = rows.store();
        rows.layout()
                .shards()
                .forEach(shard -> batch.add(store, locking(shard, batch.latest(store, shard.versionKey()))));
    }

    private Batch.Sent locking(Shard shard, long latest) {
        ResilientStore store = rows.store();
        Step.LockShard step = new Step.LockShard(shard, token, latest);
        long sent = store.observed().now();
        Predicate<Replies> replied = replies -> {
            boolean taken = store.bumped(shard, replies.of(step));
            if (taken) {
                lockedAt.put(shard, sent);
            }
            return taken;
        };
        return new Batch.Sent(
                step, replied, rows.strict(), true, () -> locking(shard, Batch.latestNow(store, shard.versionKey())));
    }

    /** Adds the release; what was not locked was not written, unless the commit came without notice. */
    public void addUnlock(Batch batch, boolean written) {
        if (written || requested) {
            rows.layout()
                    .shards()
                    .forEach(shard ->
                            batch.bump(rows.store(), shard, new Step.UnlockShard(shard, token), !stands(shard)));
        }
    }

    /** Returns whether the lock was acknowledged, and is not soon over. */
    private boolean stands(Shard shard) {
        Long at = lockedAt.get(shard);
        return at != null && rows.store().observed().now() - at < TransactionStart.FENCE.toNanos();
    }
}
