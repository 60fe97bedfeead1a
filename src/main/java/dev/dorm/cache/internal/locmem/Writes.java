package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a shard's writes, as {@code writes.lua} has them: the newest, and the last in each slice. Where they are
 * lost, the newest passes all that were used, and every row counts as written just now.
 */
final class Writes {

    private static final int DIGITS = 16;
    private static final int LENGTH = RowFormat.SLICES * DIGITS + 1;
    private static final long LEASE = TimeUnit.NANOSECONDS.toMicros(Step.TOMBSTONE_LEASE.toNanos());

    private final Transaction store;
    private final VersionCounters counters;
    private final Map<String, String> slicesKeys = new ConcurrentHashMap<>();

    Writes(Transaction store, VersionCounters counters) {
        this.store = store;
        this.counters = counters;
    }

    /** Returns the number of a new write, which has passed what was lost. */
    long next(Shard shard) {
        long found = counters.found(store.get(shard.writtenKey()));
        long last = found != 0 ? found : highest(shard);
        return counters.set(shard.writtenKey(), Math.max(last + 1, store.micros()));
    }

    /** Returns the number of the newest write. */
    long newest(Shard shard) {
        long found = counters.found(store.get(shard.writtenKey()));
        if (found != 0 && slices(shard) != null) {
            return found;
        }
        long number = next(shard);
        if (slices(shard) == null) {
            markAll(shard, number);
        }
        return number;
    }

    /** Says that a row is written. */
    void mark(Row row, long number) {
        byte[] slices = slices(row.shard());
        if (slices == null) {
            markAll(row.shard(), number);
        } else {
            System.arraycopy(digits(number), 0, slices, DIGITS * row.slice(), DIGITS);
            store.put(slicesKey(row.shard()), slices, Duration.ZERO);
        }
    }

    /** Returns whether a row was not written since somebody knew of a write: of one that stands, and of all before it. */
    boolean unwritten(Row row, long known) {
        long newest = newest(row.shard());
        byte[] slices = slices(row.shard());
        long last = slices == null ? 0 : slice(slices, DIGITS * row.slice());
        return last != 0 && known <= newest && (last <= known || last + LEASE <= store.micros());
    }

    private void markAll(Shard shard, long number) {
        byte[] slices = new byte[LENGTH];
        for (int at = 0; at < LENGTH - 1; at += DIGITS) {
            System.arraycopy(digits(number), 0, slices, at, DIGITS);
        }
        slices[LENGTH - 1] = '.';
        store.put(slicesKey(shard), slices, Duration.ZERO);
    }

    private long highest(Shard shard) {
        byte[] slices = slices(shard);
        long highest = 0;
        for (int at = 0; slices != null && at < LENGTH - 1; at += DIGITS) {
            highest = Math.max(highest, slice(slices, at));
        }
        return highest;
    }

    private long slice(byte[] slices, int at) {
        return counters.found(Arrays.copyOfRange(slices, at, at + DIGITS));
    }

    /** Made once: each step on a row asks for it several times. */
    private String slicesKey(Shard shard) {
        String known = slicesKeys.get(shard.writtenKey());
        return known != null ? known : slicesKeys.computeIfAbsent(shard.writtenKey(), key -> shard.slicesKey());
    }

    private byte @Nullable [] slices(Shard shard) {
        byte[] slices = store.get(slicesKey(shard));
        return slices != null && slices.length == LENGTH && slices[LENGTH - 1] == '.' ? slices : null;
    }

    private static byte[] digits(long number) {
        String digits = Long.toString(number);
        return ("0".repeat(DIGITS - digits.length()) + digits).getBytes(ISO_8859_1);
    }
}
