package dev.dorm.cache.internal.redis.step;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.redis.command.Call;
import dev.dorm.cache.internal.redis.command.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A step that goes by itself: all but those on one row, which go in a {@link RowGroup}. */
final class AloneStep implements StepVisitor<Prepared> {

    private static final long LEASE = Step.LOCK_LEASE.toMillis();

    private final List<Integer> one;
    private final ToIntFunction<String> slots;

    AloneStep(int index, ToIntFunction<String> slots) {
        this.one = List.of(index);
        this.slots = slots;
    }

    @Override
    public Prepared readRows(Step.ReadRows read) {
        List<Row> rows = read.rows();
        if (rows.size() == 1) {
            return Prepared.plain(one, List.of(Call.mget(keys(rows.get(0)))), replies -> List.of(row(replies.get(0))));
        }
        RowReading reading = new RowReading(rows, slots);
        return Prepared.plain(one, reading.calls(), replies -> List.of(reading.states(replies)));
    }

    @Override
    public Prepared readQuery(Step.ReadQuery read) {
        List<String> tables = TableKeys.of(read.clock(), read.tables());
        List<String> keys = new ArrayList<>(tables);
        keys.add(read.region().versionKey());
        keys.add(read.resultKey());
        Reading reading = new Reading(keys, slots);
        return Prepared.plain(one, reading.calls(), replies -> {
            var values = reading.values(replies);
            return List.of(new QueryState(
                    RowFormat.counter(values.get(read.region().versionKey())),
                    RowFormat.counter(values.get(read.clock().key())),
                    values.get(read.resultKey()),
                    tables.stream()
                            .skip(1)
                            .map(key -> TableState.of(values.get(key)))
                            .toList()));
        });
    }

    @Override
    public Prepared putQuery(Step.PutQuery put) {
        Call call = Call.set(put.resultKey(), put.entry(), put.timeout());
        return Prepared.plain(one, List.of(call), replies -> List.of(true));
    }

    @Override
    public Prepared lockShard(Step.LockShard lock) {
        return counting(Call.run(Script.LOCK_SHARD, keys(lock.shard()), lock.token(), LEASE, lock.latest()));
    }

    @Override
    public Prepared unlockShard(Step.UnlockShard unlock) {
        return counting(Call.run(Script.UNLOCK_SHARD, keys(unlock.shard()), unlock.token()));
    }

    @Override
    public Prepared bumpVersion(Step.BumpVersion bump) {
        return counting(Call.run(Script.BUMP_VERSION, List.of(bump.shard().versionKey())));
    }

    @Override
    public Prepared readVersion(Step.ReadVersion read) {
        Shard shard = read.shard();
        return counting(
                Call.run(Script.READ_VERSION, List.of(shard.versionKey(), shard.writtenKey(), shard.slicesKey())));
    }

    @Override
    public Prepared lockTables(Step.LockTables lock) {
        List<String> keys = TableKeys.of(lock.clock(), lock.tables());
        return counting(Call.run(Script.LOCK_TABLES, keys, lock.token(), LEASE, lock.latest()));
    }

    @Override
    public Prepared unlockTables(Step.UnlockTables unlock) {
        List<String> keys = TableKeys.of(unlock.clock(), unlock.tables());
        return counting(Call.run(Script.UNLOCK_TABLES, keys, unlock.token()));
    }

    @Override
    public Prepared settleTables(Step.SettleTables settle) {
        return counting(Call.run(Script.SETTLE_TABLES, TableKeys.of(settle.clock(), settle.tables())));
    }

    @Override
    public Prepared renewShard(Step.RenewShard renew) {
        Shard shard = renew.shard();
        return counting(Call.run(
                Script.RENEW_SHARD,
                List.of(shard.versionKey(), shard.incarnationKey(), shard.writtenKey(), shard.slicesKey())));
    }

    @Override
    public Prepared renewTables(Step.RenewTables renew) {
        List<String> keys = new ArrayList<>(TableKeys.of(renew.clock(), renew.tables()));
        keys.add(1, renew.clock().incarnationKey());
        return counting(Call.run(Script.RENEW_TABLES, keys));
    }

    @Override
    public Prepared putRow(Step.PutRow put) {
        throw onRow();
    }

    @Override
    public Prepared lockRow(Step.LockRow lock) {
        throw onRow();
    }

    @Override
    public Prepared unlockRow(Step.UnlockRow unlock) {
        throw onRow();
    }

    private static IllegalArgumentException onRow() {
        return new IllegalArgumentException("a step on a row goes in a group");
    }

    /** Returns the script of a step that replies with a version or the clock. */
    private Prepared counting(Call call) {
        return Prepared.script(one, call, reply -> List.of(Prepared.number(reply.get(0))));
    }

    /** Returns what a row holds whose keys alone were read: they stand in one slot. */
    private static Object row(@Nullable Object reply) {
        List<?> found = (List<?>) requireNonNull(reply);
        return List.of(RowReading.state(found, 0, 3));
    }

    private static List<String> keys(Row row) {
        Shard shard = row.shard();
        return List.of(shard.versionKey(), shard.lockKey(), shard.writtenKey(), row.key());
    }

    private static List<String> keys(Shard shard) {
        return List.of(shard.versionKey(), shard.lockKey());
    }
}
