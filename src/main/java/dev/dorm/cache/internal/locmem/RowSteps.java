package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The steps on one row, as the scripts {@code put_rows}, {@code lock_rows} and {@code unlock_rows} have them. */
final class RowSteps {

    private final Transaction store;
    private final VersionCounters counters;
    private final ShardSteps shards;
    private final Writes writes;

    RowSteps(Transaction store, VersionCounters counters, ShardSteps shards, Writes writes) {
        this.store = store;
        this.counters = counters;
        this.shards = shards;
        this.writes = writes;
    }

    PutReply put(Step.PutRow put) {
        long version = counters.version(put.row().shard().versionKey());
        PutReply evicted = put.inserted() == null ? null : evict(put.row(), put, put.inserted(), version);
        if (evicted != null) {
            return evicted;
        }
        if (counters.passed(put.latest())) {
            return new PutReply(Outcome.LATE, version, null);
        }
        if (version != put.version()) {
            return new PutReply(Outcome.VERSION, version, null);
        }
        if (shards.locked(put.row().shard())) {
            return new PutReply(Outcome.SHARD_LOCKED, version, null);
        }
        String key = put.row().key();
        byte[] bytes = store.get(key);
        Kind kind = kind(bytes, version);
        if (kind == Kind.LOCK) {
            return new PutReply(Outcome.LOCKED, version, null);
        }
        if (kind == Kind.ABSENT && !writes.unwritten(put.row(), put.written())) {
            return new PutReply(Outcome.UNPROVEN, version, null);
        }
        if (bytes != null && kind != Kind.ABSENT && kind != Kind.DEAD && !outdates(bytes, kind, put)) {
            String digest = RowFormat.digest(bytes);
            if (!digest.equals(put.expected())) {
                return kind == Kind.ENTRY
                        ? new PutReply(present(bytes, put), version, null)
                        : new PutReply(Outcome.UNEXPECTED, version, digest);
            }
        }
        store.put(key, put.entry(), put.timeout());
        return new PutReply(Outcome.STORED, version, null);
    }

    /** A version was raised, and nobody was told. */
    private boolean outdates(byte[] bytes, Kind kind, Step.PutRow put) {
        return put.replaces()
                && kind == Kind.ENTRY
                && RowFormat.isLater(put.entry(), bytes, put.version())
                && writes.unwritten(put.row(), put.written());
    }

    /** An insert proves that an entry which stands is of a row that is gone. */
    private @Nullable PutReply evict(Row row, Step.PutRow put, String token, long version) {
        byte[] bytes = store.get(row.key());
        if (bytes != null && kind(bytes, version) == Kind.ENTRY && present(bytes, put) == Outcome.PRESENT) {
            long write = writes.next(row.shard());
            writes.mark(row, write);
            byte[] tombstone = RowFormat.tombstone(token, write);
            store.put(row.key(), tombstone, Step.TOMBSTONE_LEASE);
            return new PutReply(Outcome.EVICTED, version, RowFormat.digest(tombstone));
        }
        return put.entry().length == 0 ? new PutReply(Outcome.NOTHING, version, null) : null;
    }

    private static Outcome present(byte[] bytes, Step.PutRow put) {
        return RowFormat.sameValue(bytes, put.entry(), put.version()) ? Outcome.STORED : Outcome.PRESENT;
    }

    LockReply lock(Step.LockRow step) {
        Row row = step.row();
        String token = step.token();
        long version = counters.version(row.shard().versionKey());
        long write = writes.next(row.shard());
        if (counters.passed(step.latest())) {
            return new LockReply(0, false, false);
        }
        writes.mark(row, write);
        byte[] bytes = store.get(row.key());
        LockRecord lock = read(row);
        boolean found = step.expected() != null
                && kind(bytes, version) == Kind.ENTRY
                && step.expected().equals(RowFormat.identity(bytes));
        boolean kept = lock.tokens().live().containsKey(token);
        boolean concurrent = lock.concurrent() || lock.tokens().othersThan(token) || shards.locked(row.shard());
        long deadline = counters.millis() + Step.LOCK_LEASE.toMillis();
        lock.tokens().live().put(token, new LockTokens.Hold(deadline, write));
        shards.hold(row.key(), lock.tokens().live(), concurrent);
        return new LockReply(version, found, kept);
    }

    boolean unlock(Step.UnlockRow unlock) {
        Row row = unlock.row();
        byte[] entry = unlock.entry();
        long version = counters.version(row.shard().versionKey());
        byte[] bytes = store.get(row.key());
        long write = writes.next(row.shard());
        if (entry != null && Arrays.equals(bytes, entry)) {
            return kind(bytes, version) == Kind.ENTRY;
        }
        if (bytes != null && RowFormat.isTombstone(bytes, unlock.token())) {
            return false;
        }
        writes.mark(row, write);
        LockRecord lock = read(row);
        LockTokens.Hold mine = lock.tokens().live().remove(unlock.token());
        if (lock.stands()) {
            shards.hold(row.key(), lock.tokens().live(), true);
            return false;
        }
        boolean same = mine != null && mine.write() == unlock.locked() && version == unlock.version();
        boolean unseen = same && !lock.concurrent() && !shards.locked(row.shard());
        if (unseen && entry != null) {
            store.put(row.key(), entry, unlock.timeout());
            return true;
        }
        store.put(row.key(), RowFormat.tombstone(unlock.token(), write), Step.TOMBSTONE_LEASE);
        return false;
    }

    private LockRecord read(Row row) {
        return LockRecord.of(store.get(row.key()), counters.millis());
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
        LockRecord lock = LockRecord.of(bytes, counters.millis());
        if (lock.stands()) {
            return Kind.LOCK;
        }
        return lock.wellFormed() ? Kind.ABSENT : Kind.UNREADABLE;
    }
}
