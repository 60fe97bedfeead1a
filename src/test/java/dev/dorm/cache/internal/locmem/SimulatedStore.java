package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import dev.dorm.cache.simulation.StoreImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The in-process steps over a map in virtual time, which can be restarted, restored and robbed of its keys. */
public final class SimulatedStore implements StoreImage, Transaction {

    private record Value(byte[] bytes, long ends) {}

    private final StepEffects effects = new StepEffects(this);
    private TreeMap<String, Value> values = new TreeMap<>();
    private TreeMap<String, Value> saved = new TreeMap<>();
    private TreeMap<String, Value> replica = new TreeMap<>();

    /** Microseconds; what lives for a time lives by this clock, as in Redis. */
    private long clock = 1_700_000_000_000_000L;

    private long nanos;
    private int memory = 1;

    @Override
    public Replies run(Step<?> step, Collection<String> told) {
        Row row = step.row();
        byte[] before = row == null ? null : get(row.key());
        byte[] version = step.shard() == null ? null : get(step.shard().versionKey());
        ToldTables tables = new ToldTables(this::get, () -> clock / 1000, step);
        StepEffects.Taken taken = take(step);
        tell(step, before, version, told);
        if (step.clock() != null && get(step.clock().channel()) != null) {
            told.addAll(tables.after(taken.reply()));
        }
        return new Replies(
                List.of(step),
                List.of(taken.reply()),
                taken.moment().equals(Moment.UNTOLD) ? List.of() : List.of(taken.moment()));
    }

    private StepEffects.Taken take(Step<?> step) {
        if (step instanceof Step.RenewShard renew) {
            renew(renew);
        } else if (step instanceof Step.RenewTables renew) {
            renew(renew);
        }
        return effects.take(step);
    }

    /** As {@code renew_shard.lua}. */
    private void renew(Step.RenewShard renew) {
        Shard shard = renew.shard();
        if (!memory().equals(text(get(shard.epochKey())))) {
            long next = Math.max(RowFormat.counter(get(shard.versionKey())) + 1, micros());
            put(shard.versionKey(), bytes(String.valueOf(next)), Duration.ZERO);
            put(shard.epochKey(), bytes(memory()), Duration.ZERO);
        }
    }

    /** As {@code renew_tables.lua}: what is older than the renewal of this memory is made dead. */
    private void renew(Step.RenewTables renew) {
        String known = text(get(renew.clock().epochKey()));
        long floor = known.startsWith(memory() + "|") ? Long.parseLong(known.substring(memory().length() + 1)) : 0;
        // What was lost is seeded first, above all that it has shown.
        long clock = (Long) effects.take(new Step.SettleTables(renew.clock(), renew.tables()))
                .reply();
        boolean late = floor == 0;
        for (String table : renew.tables()) {
            late |= clockOf(renew, table) < floor;
        }
        if (!late) {
            return;
        }
        long next = floor == 0 ? Math.max(clock + 1, micros()) : clock + 1;
        put(renew.clock().key(), bytes(String.valueOf(next)), Duration.ZERO);
        if (floor == 0) {
            put(renew.clock().epochKey(), bytes(memory() + "|" + next), Duration.ZERO);
        }
        for (String table : renew.tables()) {
            if (floor == 0 || clockOf(renew, table) < floor) {
                String key = renew.clock().tableKey(table);
                String record = text(get(key));
                int locks = record.indexOf('|');
                put(key, bytes(next + (locks < 0 ? "" : record.substring(locks))), Duration.ZERO);
            }
        }
    }

    private long clockOf(Step.RenewTables renew, String table) {
        return TableState.of(get(renew.clock().tableKey(table))).clock();
    }

    /** As the scripts tell, see {@code docs/protocol.md}, Near tier. */
    private void tell(Step<?> step, byte @Nullable [] before, byte @Nullable [] version, Collection<String> told) {
        Row row = step.row();
        Shard shard = step.shard();
        Shard of = row != null ? row.shard() : shard;
        if (of == null || get(of.channel()) == null) {
            return;
        }
        if (row != null) {
            byte[] after = get(row.key());
            boolean held = before != null && text(before).startsWith(RowFormat.LOCK);
            boolean changed = !Arrays.equals(before, after);
            if (step instanceof Step.LockRow
                    || step instanceof Step.UnlockRow unlock
                            && changed
                            && !(held && text(before).contains("|" + unlock.token() + "="))
                    || step instanceof Step.PutRow put && changed && (put.told() || before != null)) {
                told.add(row.key());
            }
        } else if (shard != null && !Arrays.equals(version, get(shard.versionKey()))) {
            told.add(shard.versionKey());
        }
    }

    @Override
    public Map<String, String> register(Collection<String> channels, Duration life, String token) {
        Map<String, String> names = new TreeMap<>();
        for (String channel : channels) {
            String name = get(channel) == null ? token + "." + clock : text(get(channel));
            put(channel, bytes(name), life);
            names.put(channel, name);
        }
        return names;
    }

    @Override
    public Map<String, byte[]> readOnReplica(Collection<String> keys) {
        TreeMap<String, Value> now = values;
        values = replica;
        try {
            return read(keys);
        } finally {
            values = now;
        }
    }

    @Override
    public Map<String, byte[]> read(Collection<String> keys) {
        Map<String, byte[]> found = new TreeMap<>();
        for (String key : keys) {
            byte[] bytes = get(key);
            if (bytes != null) {
                found.put(key, bytes);
            }
        }
        return found;
    }

    @Override
    public void elapse(Duration time) {
        nanos += time.toNanos();
        clock += nanos / 1000;
        nanos %= 1000;
    }

    @Override
    public boolean setClock(Duration by) {
        clock += by.toNanos() / 1000;
        return true;
    }

    @Override
    public SortedSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        values.forEach((key, value) -> {
            if (value.ends > clock) {
                keys.add(key);
            }
        });
        return keys;
    }

    @Override
    public void save() {
        saved = copy(values);
    }

    private static TreeMap<String, Value> copy(TreeMap<String, Value> values) {
        TreeMap<String, Value> copy = new TreeMap<>(values);
        copy.replaceAll((key, value) -> new Value(value.bytes.clone(), value.ends));
        return copy;
    }

    @Override
    public Replies runOnReplica(Step<?> step) {
        TreeMap<String, Value> now = values;
        values = replica;
        try {
            return run(step, new ArrayList<>());
        } finally {
            values = now;
        }
    }

    @Override
    public void restart(boolean old) {
        values = old ? copy(saved) : new TreeMap<>();
        memory++;
    }

    @Override
    public void flush() {
        values = new TreeMap<>();
    }

    @Override
    public void demote() {
        replica = values;
        restart(true);
    }

    @Override
    public String memory() {
        return "memory" + memory;
    }

    @Override
    public byte @Nullable [] get(String key) {
        Value value = values.get(key);
        return value == null || value.ends <= clock ? null : value.bytes;
    }

    @Override
    public void put(String key, byte[] value, Duration timeout) {
        values.put(key, new Value(value, timeout.isZero() ? Long.MAX_VALUE : clock + timeout.toNanos() / 1000));
    }

    @Override
    public void lose(String key) {
        remove(key);
    }

    @Override
    public boolean remove(String key) {
        return values.remove(key) != null;
    }

    @Override
    public long micros() {
        return clock;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {}
}
