package dev.dorm.cache.backend.locmem;

import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import java.util.ArrayList;
import java.util.List;

/** Runs the steps: each under the lock of its shard, or of the query clock. */
final class Steps {

    private final Store store;
    private final Counters counters;
    private final RowSteps rows;
    private final ShardSteps shards;
    private final ClockSteps clocks;

    Steps(Store store) {
        this.store = store;
        this.counters = new Counters(store);
        this.shards = new ShardSteps(store, counters);
        this.rows = new RowSteps(store, counters, shards);
        this.clocks = new ClockSteps(store, counters);
    }

    Object run(Step<?> step) {
        if (step instanceof Step.ReadRows read) {
            return readRows(read.rows());
        }
        if (step instanceof Step.ReadQuery read) {
            return readQuery(read);
        }
        if (step instanceof Step.PutQuery put) {
            store.put(put.resultKey(), put.entry(), put.timeout());
            return true;
        }
        if (step instanceof Step.PutRow put) {
            return store.stripes().write(group(put.row().shard()), () -> rows.put(put));
        }
        if (step instanceof Step.LockRow lock) {
            return store.stripes().write(group(lock.row().shard()), () -> rows.lock(lock));
        }
        if (step instanceof Step.UnlockRow unlock) {
            return store.stripes().write(group(unlock.row().shard()), () -> rows.unlock(unlock));
        }
        return onShardOrClock(step);
    }

    private Object onShardOrClock(Step<?> step) {
        Stripes stripes = store.stripes();
        if (step instanceof Step.LockShard lock) {
            return stripes.write(group(lock.shard()), () -> shards.lock(lock.shard(), lock.token()));
        }
        if (step instanceof Step.UnlockShard unlock) {
            return stripes.write(group(unlock.shard()), () -> shards.unlock(unlock.shard(), unlock.token()));
        }
        if (step instanceof Step.BumpVersion bump) {
            return stripes.write(
                    group(bump.shard()), () -> counters.bump(bump.shard().versionKey()));
        }
        if (step instanceof Step.ReadVersion read) {
            return stripes.write(
                    group(read.shard()), () -> counters.version(read.shard().versionKey()));
        }
        if (step instanceof Step.LockTables lock) {
            return stripes.write(lock.clock().key(), () -> clocks.lock(lock));
        }
        if (step instanceof Step.UnlockTables unlock) {
            return stripes.write(unlock.clock().key(), () -> clocks.unlock(unlock));
        }
        if (step instanceof Step.SettleTables settle) {
            return stripes.write(settle.clock().key(), () -> clocks.settle(settle));
        }
        // What is kept in this process's memory began with it and is never older than what was served.
        if (step instanceof Step.RenewShard renew) {
            return run(new Step.ReadVersion(renew.shard()));
        }
        if (step instanceof Step.RenewTables renew) {
            return run(new Step.SettleTables(renew.clock(), renew.tables()));
        }
        throw new IllegalArgumentException("no such step: " + step);
    }

    private List<RowState> readRows(List<Row> asked) {
        List<RowState> states = new ArrayList<>(asked.size());
        for (Row row : asked) {
            Shard shard = row.shard();
            states.add(store.stripes()
                    .read(
                            group(shard),
                            () -> new RowState(
                                    RowFormat.counter(store.get(shard.versionKey())),
                                    store.get(shard.lockKey()) != null,
                                    store.get(row.key()))));
        }
        return states;
    }

    /** Reads the result before what dates it: a write between the two is seen. */
    private QueryState readQuery(Step.ReadQuery read) {
        byte[] result = store.get(read.resultKey());
        long version = RowFormat.counter(store.get(read.region().versionKey()));
        return store.stripes()
                .read(
                        read.clock().key(),
                        () -> new QueryState(
                                version,
                                RowFormat.counter(store.get(read.clock().key())),
                                result,
                                read.tables().stream()
                                        .map(table -> TableState.of(
                                                store.get(read.clock().tableKey(table))))
                                        .toList()));
    }

    private static String group(Shard shard) {
        return shard.versionKey();
    }
}
