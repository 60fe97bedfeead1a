package dev.dorm.cache.backend.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How each step is said in Redis, and what its reply means. */
final class Preparation {

    private static final byte[] NONE = {};
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final ToIntFunction<String> slots;

    Preparation(ToIntFunction<String> slots) {
        this.slots = slots;
    }

    Prepared of(Step<?> step) {
        if (step instanceof Step.ReadRows read) {
            return readRows(read.rows());
        }
        if (step instanceof Step.ReadQuery read) {
            return readQuery(read);
        }
        if (step instanceof Step.PutQuery put) {
            return Prepared.of(Call.set(put.resultKey(), put.entry(), put.timeout()), reply -> true);
        }
        if (step instanceof Step.PutRow put) {
            return putRow(put);
        }
        if (step instanceof Step.UnlockRow unlock) {
            return unlockRow(unlock);
        }
        return Prepared.of(counting(step), reply -> number((byte[]) requireNonNull(reply)));
    }

    /** Returns the call of a step that replies with a version or the clock. */
    private static Call counting(Step<?> step) {
        long lease = Step.LOCK_LEASE.toMillis();
        if (step instanceof Step.LockRow lock) {
            return Call.run(Script.LOCK_ROW, keys(lock.row()), lock.token(), lease);
        }
        if (step instanceof Step.LockShard lock) {
            return Call.run(Script.LOCK_SHARD, keys(lock.shard()), lock.token(), lease);
        }
        if (step instanceof Step.UnlockShard unlock) {
            return Call.run(Script.UNLOCK_SHARD, keys(unlock.shard()), unlock.token());
        }
        if (step instanceof Step.BumpVersion bump) {
            return Call.run(Script.BUMP_VERSION, List.of(bump.shard().versionKey()));
        }
        if (step instanceof Step.ReadVersion read) {
            return Call.run(Script.READ_VERSION, List.of(read.shard().versionKey()));
        }
        if (step instanceof Step.LockTables lock) {
            return Call.run(Script.LOCK_TABLES, TableKeys.of(lock.clock(), lock.tables()), lock.token(), lease);
        }
        if (step instanceof Step.UnlockTables unlock) {
            return Call.run(Script.UNLOCK_TABLES, TableKeys.of(unlock.clock(), unlock.tables()), unlock.token());
        }
        if (step instanceof Step.SettleTables settle) {
            return Call.run(Script.SETTLE_TABLES, TableKeys.of(settle.clock(), settle.tables()));
        }
        if (step instanceof Step.RenewShard renew) {
            Shard shard = renew.shard();
            return Call.run(Script.RENEW_SHARD, List.of(shard.versionKey(), shard.incarnationKey()));
        }
        if (step instanceof Step.RenewTables renew) {
            List<String> keys = new ArrayList<>(TableKeys.of(renew.clock(), renew.tables()));
            keys.add(1, renew.clock().incarnationKey());
            return Call.run(Script.RENEW_TABLES, keys);
        }
        throw new IllegalArgumentException("no such step: " + step);
    }

    private static Prepared putRow(Step.PutRow put) {
        String expected = put.expected();
        Call call = Call.run(
                Script.PUT_ROW,
                keys(put.row()),
                put.version(),
                put.entry(),
                Call.millis(put.timeout()),
                expected == null ? "" : expected,
                put.told() ? "1" : "");
        return Prepared.of(call, reply -> {
            List<?> parts = (List<?>) requireNonNull(reply);
            byte[] found = (byte[]) parts.get(2);
            return new PutReply(
                    OUTCOMES[((Long) parts.get(0)).intValue()],
                    number((byte[]) parts.get(1)),
                    found.length == 0 ? null : new String(found, ISO_8859_1));
        });
    }

    private static Prepared unlockRow(Step.UnlockRow unlock) {
        byte[] entry = unlock.entry();
        Call call = Call.run(
                Script.UNLOCK_ROW,
                keys(unlock.row()),
                unlock.token(),
                unlock.version(),
                entry == null ? NONE : entry,
                Call.millis(unlock.timeout()),
                Step.TOMBSTONE_LEASE.toMillis());
        return Prepared.of(call, reply -> Long.valueOf(1).equals(reply));
    }

    private Prepared readRows(List<Row> rows) {
        if (rows.size() == 1) {
            return Prepared.of(Call.mget(keys(rows.get(0))), Preparation::row);
        }
        List<String> keys = new ArrayList<>();
        for (Row row : rows) {
            keys.addAll(keys(row));
        }
        Reading reading = new Reading(keys, slots);
        return new Prepared(reading.calls(), replies -> {
            var values = reading.values(replies);
            return rows.stream()
                    .map(row -> new RowState(
                            RowFormat.counter(values.get(row.shard().versionKey())),
                            values.containsKey(row.shard().lockKey()),
                            values.get(row.key())))
                    .toList();
        });
    }

    /** Returns what a row holds whose keys alone were read: they stand in one slot. */
    private static Object row(@Nullable Object reply) {
        List<?> found = (List<?>) requireNonNull(reply);
        return List.of(
                new RowState(RowFormat.counter((byte[]) found.get(0)), found.get(1) != null, (byte[]) found.get(2)));
    }

    private Prepared readQuery(Step.ReadQuery read) {
        List<String> tables = TableKeys.of(read.clock(), read.tables());
        List<String> keys = new ArrayList<>(tables);
        keys.add(read.region().versionKey());
        keys.add(read.resultKey());
        Reading reading = new Reading(keys, slots);
        return new Prepared(reading.calls(), replies -> {
            var values = reading.values(replies);
            return new QueryState(
                    RowFormat.counter(values.get(read.region().versionKey())),
                    RowFormat.counter(values.get(read.clock().key())),
                    values.get(read.resultKey()),
                    tables.stream()
                            .skip(1)
                            .map(key -> TableState.of(values.get(key)))
                            .toList());
        });
    }

    private static List<String> keys(Row row) {
        return List.of(row.shard().versionKey(), row.shard().lockKey(), row.key());
    }

    private static List<String> keys(Shard shard) {
        return List.of(shard.versionKey(), shard.lockKey());
    }

    private static Long number(byte @Nullable [] digits) {
        return Long.valueOf(new String(requireNonNull(digits), ISO_8859_1));
    }
}
