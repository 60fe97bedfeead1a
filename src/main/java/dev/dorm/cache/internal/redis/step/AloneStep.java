package dev.dorm.cache.internal.redis.step;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import dev.dorm.cache.internal.redis.command.Script;
import dev.dorm.cache.internal.redis.proof.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A step that goes by itself: all but those on one row, which go in a {@link RowScriptBatch}. */
final class AloneStep implements StepVisitor<TranslatedSteps> {

    private static final long LEASE = Step.LOCK_LEASE.toMillis();

    private final List<Integer> one;
    private final ToIntFunction<String> slots;
    private final Loss loss;

    AloneStep(int index, ToIntFunction<String> slots, Loss loss) {
        this.one = List.of(index);
        this.slots = slots;
        this.loss = loss;
    }

    @Override
    public TranslatedSteps readRows(Step.ReadRows read) {
        List<Row> rows = read.rows();
        if (rows.size() == 1) {
            return TranslatedSteps.plain(
                    one, List.of(RedisCommandCall.mget(keys(rows.get(0)))), replies -> List.of(row(replies.get(0))));
        }
        RowReading reading = new RowReading(rows, slots);
        return TranslatedSteps.plain(one, reading.calls(), replies -> List.of(reading.states(replies)));
    }

    @Override
    public TranslatedSteps readQuery(Step.ReadQuery read) {
        List<String> tables = TableKeys.of(read.clock(), read.tables());
        List<String> keys = new ArrayList<>(tables);
        keys.add(read.region().versionKey());
        keys.add(read.resultKey());
        Reading reading = new Reading(keys, slots);
        return TranslatedSteps.plain(one, reading.calls(), replies -> {
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
    public TranslatedSteps putQuery(Step.PutQuery put) {
        RedisCommandCall call = RedisCommandCall.run(
                Script.PUT_QUERY, List.of(put.resultKey()), put.entry(), RedisCommandCall.millis(put.timeout()));
        return TranslatedSteps.script(one, call, reply -> List.of(TranslatedSteps.number(reply.get(0)) == 1));
    }

    @Override
    public TranslatedSteps lockShard(Step.LockShard lock) {
        return counting(
                RedisCommandCall.run(Script.LOCK_SHARD, keys(lock.shard()), lock.token(), LEASE, lock.latest()));
    }

    @Override
    public TranslatedSteps unlockShard(Step.UnlockShard unlock) {
        return counting(RedisCommandCall.run(Script.UNLOCK_SHARD, keys(unlock.shard()), unlock.token()));
    }

    @Override
    public TranslatedSteps bumpVersion(Step.BumpVersion bump) {
        return counting(RedisCommandCall.run(
                Script.BUMP_VERSION,
                List.of(bump.shard().versionKey(), bump.shard().channel())));
    }

    @Override
    public TranslatedSteps readVersion(Step.ReadVersion read) {
        Shard shard = read.shard();
        return counting(RedisCommandCall.run(
                Script.READ_VERSION, List.of(shard.versionKey(), shard.writtenKey(), shard.slicesKey())));
    }

    @Override
    public TranslatedSteps lockTables(Step.LockTables lock) {
        List<String> keys = TableKeys.told(lock.clock(), lock.tables());
        return counting(RedisCommandCall.run(Script.LOCK_TABLES, keys, lock.token(), LEASE, lock.latest()));
    }

    @Override
    public TranslatedSteps unlockTables(Step.UnlockTables unlock) {
        List<String> keys = TableKeys.told(unlock.clock(), unlock.tables());
        return counting(RedisCommandCall.run(Script.UNLOCK_TABLES, keys, unlock.token()));
    }

    @Override
    public TranslatedSteps settleTables(Step.SettleTables settle) {
        return counting(RedisCommandCall.run(Script.SETTLE_TABLES, TableKeys.of(settle.clock(), settle.tables())));
    }

    @Override
    public TranslatedSteps renewShard(Step.RenewShard renew) {
        Shard shard = renew.shard();
        return renewing(
                Script.RENEW_SHARD,
                shard.epochKey(),
                List.of(shard.versionKey(), shard.epochKey(), shard.writtenKey(), shard.slicesKey(), shard.channel()));
    }

    @Override
    public TranslatedSteps renewTables(Step.RenewTables renew) {
        List<String> keys = new ArrayList<>(TableKeys.told(renew.clock(), renew.tables()));
        keys.add(1, renew.clock().epochKey());
        return renewing(Script.RENEW_TABLES, renew.clock().epochKey(), keys);
    }

    private TranslatedSteps renewing(Script script, String epochKey, List<String> keys) {
        String name = loss.nameFor(epochKey);
        return TranslatedSteps.script(one, RedisCommandCall.run(script, keys, name, ""), reply -> {
            loss.renewed(epochKey, name);
            return List.of(TranslatedSteps.number(reply.get(0)));
        });
    }

    @Override
    public TranslatedSteps putRow(Step.PutRow put) {
        throw onRow();
    }

    @Override
    public TranslatedSteps lockRow(Step.LockRow lock) {
        throw onRow();
    }

    @Override
    public TranslatedSteps unlockRow(Step.UnlockRow unlock) {
        throw onRow();
    }

    private static IllegalArgumentException onRow() {
        return new IllegalArgumentException("a step on a row goes in a group");
    }

    /** Returns the script of a step that replies with a version or the clock. */
    private TranslatedSteps counting(RedisCommandCall call) {
        return TranslatedSteps.script(one, call, reply -> List.of(TranslatedSteps.number(reply.get(0))));
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
        return List.of(shard.versionKey(), shard.lockKey(), shard.channel());
    }
}
