package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each step reads, changes and replies, over any store: in Java what the scripts are in Lua. */
class StepEffects implements StepVisitor<Object> {

    private final Transaction store;
    private final VersionCounters counters;
    private final Writes writes;
    private final RowSteps rows;
    private final ShardSteps shards;
    private final ClockSteps clocks;

    /** Creates the effects; whoever calls them sees to it that each is alone in its {@link #group}. */
    StepEffects(Transaction store) {
        this.store = store;
        this.counters = new VersionCounters(store);
        this.shards = new ShardSteps(store, counters);
        this.writes = new Writes(store, counters);
        this.rows = new RowSteps(store, counters, shards, writes);
        this.clocks = new ClockSteps(store, counters);
    }

    /** A step's reply, and when it was taken. */
    record Taken(Object reply, Moment moment) {}

    /** Returns the name of what a step changes together; null for one that only reads, or stores a single value. */
    static @Nullable String group(Step<?> step) {
        Shard shard = step.shard();
        Clock clock = step instanceof Step.Read ? null : step.clock();
        return shard != null ? shard.versionKey() : clock != null ? clock.key() : null;
    }

    /** Takes a step. */
    final Taken take(Step<?> step) {
        Object reply = visit(step);
        Shard shard = step.shard();
        if (group(step) == null) {
            return new Taken(reply, Moment.UNTOLD);
        }
        return new Taken(reply, new Moment(store.micros(), shard == null ? 0 : writes.newest(shard)));
    }

    @Override
    public Object readRows(Step.ReadRows read) {
        List<RowState> states = new ArrayList<>(read.rows().size());
        read.rows().forEach(row -> states.add(state(row)));
        return states;
    }

    /** Reads one row. */
    final RowState state(Row row) {
        Shard shard = row.shard();
        return new RowState(
                RowFormat.counter(store.get(shard.versionKey())),
                store.get(shard.lockKey()) != null,
                store.get(row.key()),
                RowFormat.counter(store.get(shard.writtenKey())));
    }

    @Override
    public Object readQuery(Step.ReadQuery read) {
        byte[] result = store.get(read.resultKey());
        return state(read, result, RowFormat.counter(store.get(read.region().versionKey())));
    }

    /** Reads what dates a result. */
    final QueryState state(Step.ReadQuery read, byte @Nullable [] result, long version) {
        return new QueryState(
                version,
                RowFormat.counter(store.get(read.clock().key())),
                result,
                read.tables().stream()
                        .map(table -> TableState.of(store.get(read.clock().tableKey(table))))
                        .toList());
    }

    @Override
    public final Object putQuery(Step.PutQuery put) {
        store.put(put.resultKey(), put.entry(), put.timeout());
        return true;
    }

    @Override
    public final Object putRow(Step.PutRow put) {
        return rows.put(put);
    }

    @Override
    public final Object lockRow(Step.LockRow lock) {
        return rows.lock(lock);
    }

    @Override
    public final Object unlockRow(Step.UnlockRow unlock) {
        return rows.unlock(unlock);
    }

    @Override
    public final Object lockShard(Step.LockShard lock) {
        return shards.lock(lock);
    }

    @Override
    public Object unlockShard(Step.UnlockShard unlock) {
        return shards.unlock(unlock.shard(), unlock.token());
    }

    @Override
    public Object bumpVersion(Step.BumpVersion bump) {
        return counters.bump(bump.shard().versionKey());
    }

    @Override
    public final Object readVersion(Step.ReadVersion read) {
        return counters.version(read.shard().versionKey());
    }

    @Override
    public final Object lockTables(Step.LockTables lock) {
        return clocks.lock(lock);
    }

    @Override
    public final Object unlockTables(Step.UnlockTables unlock) {
        return clocks.unlock(unlock);
    }

    @Override
    public final Object settleTables(Step.SettleTables settle) {
        return clocks.settle(settle);
    }

    /** The memory of such a store is always the same: it is never older than what was served. */
    @Override
    public final Object renewShard(Step.RenewShard renew) {
        return counters.version(renew.shard().versionKey());
    }

    @Override
    public final Object renewTables(Step.RenewTables renew) {
        return clocks.settle(new Step.SettleTables(renew.clock(), renew.tables()));
    }
}
