package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs the steps: each under the lock of its shard, or of the query clock. */
final class Steps {

    private final Store store;
    private final Counters counters;
    private final Writes writes;
    private final RowSteps rows;
    private final ShardSteps shards;
    private final ClockSteps clocks;

    Steps(Store store) {
        this.store = store;
        this.counters = new Counters(store);
        this.shards = new ShardSteps(store, counters);
        this.writes = new Writes(store, counters);
        this.rows = new RowSteps(store, counters, shards, writes);
        this.clocks = new ClockSteps(store, counters);
    }

    /** A step's reply, and when it was taken. */
    record Taken(Object reply, Moment moment) {

        static Taken untimed(Object reply) {
            return new Taken(reply, Moment.UNTOLD);
        }
    }

    Taken run(Step<?> step) {
        if (step instanceof Step.ReadRows read) {
            return Taken.untimed(readRows(read.rows()));
        }
        if (step instanceof Step.ReadQuery read) {
            return Taken.untimed(readQuery(read));
        }
        if (step instanceof Step.PutQuery put) {
            store.put(put.resultKey(), put.entry(), put.timeout());
            return Taken.untimed(true);
        }
        if (step instanceof Step.PutRow put) {
            return onShard(put.row().shard(), () -> rows.put(put));
        }
        if (step instanceof Step.LockRow lock) {
            return onShard(lock.row().shard(), () -> rows.lock(lock));
        }
        if (step instanceof Step.UnlockRow unlock) {
            return onShard(unlock.row().shard(), () -> rows.unlock(unlock));
        }
        return onShardOrClock(step);
    }

    private Taken onShardOrClock(Step<?> step) {
        if (step instanceof Step.LockShard lock) {
            return onShard(lock.shard(), () -> shards.lock(lock));
        }
        if (step instanceof Step.UnlockShard unlock) {
            return onShard(unlock.shard(), () -> shards.unlock(unlock.shard(), unlock.token()));
        }
        if (step instanceof Step.BumpVersion bump) {
            return onShard(bump.shard(), () -> counters.bump(bump.shard().versionKey()));
        }
        if (step instanceof Step.ReadVersion read) {
            return onShard(read.shard(), () -> counters.version(read.shard().versionKey()));
        }
        if (step instanceof Step.LockTables lock) {
            return onClock(lock.clock(), () -> clocks.lock(lock));
        }
        if (step instanceof Step.UnlockTables unlock) {
            return onClock(unlock.clock(), () -> clocks.unlock(unlock));
        }
        if (step instanceof Step.SettleTables settle) {
            return onClock(settle.clock(), () -> clocks.settle(settle));
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

    private Taken onShard(Shard shard, Supplier<Object> work) {
        return store.stripes()
                .write(
                        group(shard),
                        () -> new Taken(work.get(), new Moment(store.time().micros(), writes.newest(shard))));
    }

    private Taken onClock(Clock clock, Supplier<Object> work) {
        return store.stripes()
                .write(
                        clock.key(),
                        () -> new Taken(work.get(), new Moment(store.time().micros(), 0)));
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
                                    store.get(row.key()),
                                    RowFormat.counter(store.get(shard.writtenKey())))));
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
