package dev.dorm.cache.internal.redis.step;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import dev.dorm.cache.internal.redis.command.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps of one kind on rows of one shard: one script takes them together, which costs Redis far less than each alone. */
final class RowScriptBatch implements StepVisitor.OfSome<@Nullable Void> {

    /** Redis does nothing else while a script runs. */
    private static final int MOST = 100;

    private static final byte[] NONE = {};
    private static final Outcome[] OUTCOMES = Outcome.values();

    private static final String[] SLICES =
            IntStream.range(0, RowFormat.SLICES).mapToObj(Integer::toString).toArray(String[]::new);

    private final Class<?> kind;
    private final List<Integer> indexes = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Object> args = new ArrayList<>();
    private final LastNumber latest = new LastNumber();
    private final LastNumber writes = new LastNumber();
    private final LastNumber versions = new LastNumber();
    private final LastNumber timeouts = new LastNumber();

    /** Begins a group of steps of one kind on a shard's rows. */
    RowScriptBatch(Class<?> kind, Shard shard) {
        this.kind = kind;
        keys.add(shard.versionKey());
        keys.add(shard.lockKey());
        keys.add(shard.writtenKey());
        keys.add(shard.slicesKey());
        keys.add(shard.channel());
        if (kind == Step.LockRow.class) {
            args.add(Step.LOCK_LEASE.toMillis());
        } else {
            args.add(Step.TOMBSTONE_LEASE.toMillis());
        }
    }

    boolean takes(Step<?> step) {
        return step.getClass() == kind && indexes.size() < MOST;
    }

    void add(int index, Row row, Step<?> step) {
        indexes.add(index);
        keys.add(row.key());
        visit(step);
    }

    @Override
    public @Nullable Void lockRow(Step.LockRow lock) {
        String expected = lock.expected();
        args.add(lock.token());
        args.add(SLICES[lock.row().slice()]);
        args.add(expected == null ? "" : expected);
        args.add(latest.of(lock.latest()));
        return null;
    }

    @Override
    public @Nullable Void unlockRow(Step.UnlockRow unlock) {
        byte[] entry = unlock.entry();
        args.add(unlock.token());
        args.add(SLICES[unlock.row().slice()]);
        args.add(writes.of(unlock.locked()));
        args.add(versions.of(unlock.version()));
        args.add(entry == null ? NONE : entry);
        args.add(timeouts.of(RedisCommandCall.millis(unlock.timeout())));
        return null;
    }

    @Override
    public @Nullable Void putRow(Step.PutRow put) {
        String expected = put.expected();
        args.add(SLICES[put.row().slice()]);
        args.add(latest.of(put.latest()));
        args.add(versions.of(put.version()));
        args.add(writes.of(put.written()));
        args.add(put.entry());
        args.add(timeouts.of(RedisCommandCall.millis(put.timeout())));
        args.add(expected == null ? "" : expected);
        args.add(put.told() ? "1" : "");
        args.add(put.inserted() == null ? "" : put.inserted());
        args.add(put.replaces() ? "1" : "");
        return null;
    }

    @Override
    public @Nullable Void other(Step<?> step) {
        throw new IllegalArgumentException("not on a row: " + step);
    }

    TranslatedSteps prepared() {
        if (kind == Step.LockRow.class) {
            return prepared(Script.LOCK_ROWS, RowScriptBatch::locks);
        }
        return kind == Step.UnlockRow.class
                ? prepared(Script.UNLOCK_ROWS, RowScriptBatch::stand)
                : prepared(Script.PUT_ROWS, RowScriptBatch::outcomes);
    }

    private TranslatedSteps prepared(Script script, Function<List<?>, List<?>> meanings) {
        return TranslatedSteps.script(indexes, RedisCommandCall.run(script, keys, args), meanings);
    }

    /** Returns the version and what was found, or version 0 where the lock came too late. */
    private static List<LockReply> locks(List<?> replies) {
        long version = TranslatedSteps.number(replies.get(0));
        LockReply[] kinds = {
            new LockReply(0, false, false),
            new LockReply(version, false, false),
            new LockReply(version, true, false),
            new LockReply(version, false, true)
        };
        List<LockReply> locks = new ArrayList<>(replies.size() - 1);
        for (int i = 1; i < replies.size(); i++) {
            locks.add(kinds[1 + ((Long) replies.get(i)).intValue()]);
        }
        return locks;
    }

    private static List<Boolean> stand(List<?> replies) {
        return replies.stream().map(Long.valueOf(1)::equals).toList();
    }

    private static List<PutReply> outcomes(List<?> replies) {
        List<PutReply> outcomes = new ArrayList<>(replies.size() / 3);
        for (int i = 0; i < replies.size(); i += 3) {
            byte[] found = (byte[]) replies.get(i + 2);
            outcomes.add(new PutReply(
                    OUTCOMES[((Long) replies.get(i)).intValue()],
                    TranslatedSteps.number(replies.get(i + 1)),
                    found.length == 0 ? null : new String(found, ISO_8859_1)));
        }
        return outcomes;
    }
}
