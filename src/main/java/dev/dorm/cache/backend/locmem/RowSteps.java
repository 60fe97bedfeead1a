package dev.dorm.cache.backend.locmem;

import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState.Kind;
import dev.dorm.cache.backend.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The steps on one row, as the scripts {@code put_rows}, {@code lock_rows} and {@code unlock_rows} have them. */
final class RowSteps {

    private final Store store;
    private final Counters counters;
    private final ShardSteps shards;

    RowSteps(Store store, Counters counters, ShardSteps shards) {
        this.store = store;
        this.counters = counters;
        this.shards = shards;
    }

    PutReply put(Step.PutRow put) {
        long version = counters.version(put.row().shard().versionKey());
        PutReply evicted = put.inserted() == null ? null : evict(put.row(), put, put.inserted(), version);
        if (evicted != null) {
            return evicted;
        }
        if (version != put.version()) {
            return new PutReply(Outcome.VERSION, version, null);
        }
        if (shards.locked(put.row().shard())) {
            return new PutReply(Outcome.SHARD_LOCKED, version, null);
        }
        String key = put.row().key();
        byte[] bytes = store.get(key);
        if (Arrays.equals(bytes, put.entry())) {
            return new PutReply(Outcome.STORED, version, null);
        }
        Kind kind = kind(bytes, version);
        if (kind == Kind.LOCK) {
            return new PutReply(Outcome.LOCKED, version, null);
        }
        if (bytes != null && kind != Kind.ABSENT && kind != Kind.DEAD) {
            String digest = RowFormat.digest(bytes);
            if (!digest.equals(put.expected())) {
                return kind == Kind.ENTRY
                        ? new PutReply(Outcome.PRESENT, version, null)
                        : new PutReply(Outcome.UNEXPECTED, version, digest);
            }
        }
        if (bytes != null && kind == Kind.TOMBSTONE) {
            store.putOver(key, bytes, store.remaining(key), put.entry(), put.timeout());
        } else {
            store.put(key, put.entry(), put.timeout());
        }
        return new PutReply(Outcome.STORED, version, null);
    }

    /** An insert proves that an entry which stands is of a row that is gone. */
    private @Nullable PutReply evict(Row row, Step.PutRow put, String token, long version) {
        byte[] bytes = store.get(row.key());
        if (!Arrays.equals(bytes, put.entry()) && kind(bytes, version) == Kind.ENTRY) {
            byte[] tombstone = RowFormat.tombstone(token);
            store.put(row.key(), tombstone, Step.TOMBSTONE_LEASE);
            return new PutReply(Outcome.EVICTED, version, RowFormat.digest(tombstone));
        }
        return put.entry().length == 0 ? new PutReply(Outcome.NOTHING, version, null) : null;
    }

    LockReply lock(Step.LockRow step) {
        Row row = step.row();
        String token = step.token();
        long version = counters.version(row.shard().versionKey());
        byte[] bytes = store.get(row.key());
        LockRecord lock = read(row);
        boolean found = step.expected() != null
                && kind(bytes, version) == Kind.ENTRY
                && step.expected().equals(RowFormat.identity(bytes));
        boolean kept = lock.tokens().live().containsKey(token);
        boolean concurrent = lock.concurrent() || lock.tokens().othersThan(token) || shards.locked(row.shard());
        lock.tokens().live().put(token, store.time().millis() + Step.LOCK_LEASE.toMillis());
        shards.hold(row.key(), lock.tokens().live(), concurrent);
        return new LockReply(version, found, kept);
    }

    boolean unlock(Step.UnlockRow unlock) {
        Row row = unlock.row();
        byte[] entry = unlock.entry();
        long version = counters.version(row.shard().versionKey());
        byte[] bytes = store.get(row.key());
        byte[] tombstone = RowFormat.tombstone(unlock.token());
        if (entry != null && Arrays.equals(bytes, entry)) {
            return kind(bytes, version) == Kind.ENTRY;
        }
        if (Arrays.equals(bytes, tombstone)) {
            return false;
        }
        LockRecord lock = read(row);
        boolean mine = lock.tokens().live().remove(unlock.token()) != null;
        if (lock.stands()) {
            shards.hold(row.key(), lock.tokens().live(), true);
            return false;
        }
        boolean unseen = mine && !lock.concurrent() && !shards.locked(row.shard()) && version == unlock.version();
        if (unseen && entry != null) {
            store.putOver(row.key(), tombstone, Step.TOMBSTONE_LEASE, entry, unlock.timeout());
            return true;
        }
        store.put(row.key(), tombstone, Step.TOMBSTONE_LEASE);
        return false;
    }

    private LockRecord read(Row row) {
        return LockRecord.of(store.get(row.key()), store.time().millis());
    }

    /** Returns what a row holds; a spent lock is absent, a damaged one unreadable. */
    private Kind kind(byte @Nullable [] bytes, long version) {
        if (bytes == null) {
            return Kind.ABSENT;
        }
        Kind kind = RowFormat.kind(bytes, version);
        if (kind != Kind.LOCK) {
            return kind;
        }
        LockRecord lock = LockRecord.of(bytes, store.time().millis());
        if (lock.stands()) {
            return Kind.LOCK;
        }
        return lock.wellFormed() ? Kind.ABSENT : Kind.UNREADABLE;
    }
}
