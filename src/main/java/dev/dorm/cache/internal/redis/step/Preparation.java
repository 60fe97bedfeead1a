package dev.dorm.cache.internal.redis.step;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.redis.command.Call;
import dev.dorm.cache.internal.redis.command.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How each step is said in Redis, and what its reply means. */
public final class Preparation {

    private final ToIntFunction<String> slots;

    public Preparation(ToIntFunction<String> slots) {
        this.slots = slots;
    }

    /**
     * Returns the steps of a batch ready to send. Those of one kind on rows of one shard go together, unless one between
     * them changes what they find.
     */
    public List<Prepared> of(List<? extends Step<?>> steps) {
        if (steps.size() == 1 && RowGroup.row(steps.get(0)) == null) {
            return List.of(alone(0, steps.get(0)));
        }
        List<Supplier<Prepared>> prepared = new ArrayList<>();
        Map<Shard, RowGroup> open = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step<?> step = steps.get(i);
            Row row = RowGroup.row(step);
            if (row == null) {
                int index = i;
                prepared.add(() -> alone(index, step));
                if (!concernsQueries(step)) {
                    open.clear();
                }
            } else {
                RowGroup group = open.get(row.shard());
                if (group == null || !group.takes(step)) {
                    group = new RowGroup(step);
                    open.put(row.shard(), group);
                    prepared.add(group::prepared);
                }
                group.add(i, step);
            }
        }
        return prepared.stream().map(Supplier::get).toList();
    }

    /** Returns whether a step leaves rows and their versions alone. */
    private static boolean concernsQueries(Step<?> step) {
        return step instanceof Step.PutQuery
                || step instanceof Step.LockTables
                || step instanceof Step.UnlockTables
                || step instanceof Step.SettleTables;
    }

    private Prepared alone(int index, Step<?> step) {
        List<Integer> one = List.of(index);
        if (step instanceof Step.ReadRows read) {
            return readRows(one, read.rows());
        }
        if (step instanceof Step.ReadQuery read) {
            return readQuery(one, read);
        }
        return step instanceof Step.PutQuery put
                ? Prepared.plain(
                        one, List.of(Call.set(put.resultKey(), put.entry(), put.timeout())), replies -> List.of(true))
                : Prepared.script(one, counting(step), reply -> List.of(Prepared.number(reply.get(0))));
    }

    /** Returns the call of a step that replies with a version or the clock. */
    private static Call counting(Step<?> step) {
        long lease = Step.LOCK_LEASE.toMillis();
        if (step instanceof Step.LockShard lock) {
            return Call.run(Script.LOCK_SHARD, keys(lock.shard()), lock.token(), lease, lock.latest());
        }
        if (step instanceof Step.UnlockShard unlock) {
            return Call.run(Script.UNLOCK_SHARD, keys(unlock.shard()), unlock.token());
        }
        if (step instanceof Step.BumpVersion bump) {
            return Call.run(Script.BUMP_VERSION, List.of(bump.shard().versionKey()));
        }
        if (step instanceof Step.ReadVersion read) {
            Shard shard = read.shard();
            return Call.run(Script.READ_VERSION, List.of(shard.versionKey(), shard.writtenKey(), shard.slicesKey()));
        }
        if (step instanceof Step.LockTables lock) {
            return Call.run(
                    Script.LOCK_TABLES, TableKeys.of(lock.clock(), lock.tables()), lock.token(), lease, lock.latest());
        }
        if (step instanceof Step.UnlockTables unlock) {
            return Call.run(Script.UNLOCK_TABLES, TableKeys.of(unlock.clock(), unlock.tables()), unlock.token());
        }
        if (step instanceof Step.SettleTables settle) {
            return Call.run(Script.SETTLE_TABLES, TableKeys.of(settle.clock(), settle.tables()));
        }
        if (step instanceof Step.RenewShard renew) {
            Shard shard = renew.shard();
            return Call.run(
                    Script.RENEW_SHARD,
                    List.of(shard.versionKey(), shard.incarnationKey(), shard.writtenKey(), shard.slicesKey()));
        }
        if (step instanceof Step.RenewTables renew) {
            List<String> keys = new ArrayList<>(TableKeys.of(renew.clock(), renew.tables()));
            keys.add(1, renew.clock().incarnationKey());
            return Call.run(Script.RENEW_TABLES, keys);
        }
        throw new IllegalArgumentException("no such step: " + step);
    }

    private Prepared readRows(List<Integer> one, List<Row> rows) {
        if (rows.size() == 1) {
            return Prepared.plain(one, List.of(Call.mget(keys(rows.get(0)))), replies -> List.of(row(replies.get(0))));
        }
        RowReading reading = new RowReading(rows, slots);
        return Prepared.plain(one, reading.calls(), replies -> List.of(reading.states(replies)));
    }

    /** Returns what a row holds whose keys alone were read: they stand in one slot. */
    private static Object row(@Nullable Object reply) {
        List<?> found = (List<?>) requireNonNull(reply);
        return List.of(RowReading.state(found, 0, 3));
    }

    private Prepared readQuery(List<Integer> one, Step.ReadQuery read) {
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

    private static List<String> keys(Row row) {
        Shard shard = row.shard();
        return List.of(shard.versionKey(), shard.lockKey(), shard.writtenKey(), row.key());
    }

    private static List<String> keys(Shard shard) {
        return List.of(shard.versionKey(), shard.lockKey());
    }
}
