package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The steps of the query clock, as the scripts {@code lock_tables}, {@code unlock_tables}, {@code settle_tables}. */
final class ClockSteps {

    private final Transaction store;
    private final VersionCounters counters;

    /** A table's record: its clock (0 when absent or unreadable), its live tokens, and whether any is spent. */
    private record TableRecord(long clock, SortedMap<String, LockTokens.Hold> live, boolean spent) {

        boolean unsettled() {
            return clock == 0 || spent;
        }
    }

    ClockSteps(Transaction store, VersionCounters counters) {
        this.store = store;
        this.counters = counters;
    }

    long lock(Step.LockTables lock) {
        if (counters.passed(lock.latest())) {
            return 0;
        }
        Map<String, TableRecord> records = records(lock.clock(), lock.tables());
        long clock = counters.set(lock.clock().key(), above(lock.clock(), records) + 1);
        long deadline = counters.millis() + Step.LOCK_LEASE.toMillis();
        records.forEach((key, each) -> {
            each.live.put(lock.token(), new LockTokens.Hold(deadline, 0));
            put(key, clock, each.live);
        });
        return clock;
    }

    long unlock(Step.UnlockTables unlock) {
        Map<String, TableRecord> records = records(unlock.clock(), unlock.tables());
        long clock = counters.set(unlock.clock().key(), above(unlock.clock(), records) + 1);
        records.forEach((key, each) -> {
            each.live.remove(unlock.token());
            put(key, clock, each.live);
        });
        return clock;
    }

    long settle(Step.SettleTables settle) {
        Map<String, TableRecord> records = records(settle.clock(), settle.tables());
        long above = above(settle.clock(), records);
        boolean right = above == found(settle.clock());
        if (right && records.values().stream().noneMatch(TableRecord::unsettled)) {
            return above;
        }
        long clock = counters.set(settle.clock().key(), above + 1);
        records.forEach((key, each) -> {
            if (each.unsettled()) {
                put(key, clock, each.live);
            }
        });
        return clock;
    }

    private long found(Clock clock) {
        return counters.found(store.get(clock.key()));
    }

    /** Returns the clock, or what it has to be: above it no record stands. */
    private long above(Clock clock, Map<String, TableRecord> records) {
        long found = found(clock);
        long value = found != 0 ? found : store.seed();
        return records.values().stream().mapToLong(TableRecord::clock).reduce(value, Math::max);
    }

    private Map<String, TableRecord> records(Clock clock, List<String> tables) {
        Map<String, TableRecord> records = new LinkedHashMap<>();
        for (String table : tables) {
            String key = clock.tableKey(table);
            records.put(key, record(key));
        }
        return records;
    }

    private TableRecord record(String key) {
        byte[] bytes = store.get(key);
        String text = bytes == null ? "" : new String(bytes, ISO_8859_1);
        int bar = text.indexOf('|');
        String digits = bar < 0 ? text : text.substring(0, bar);
        long clock = counters.found(digits.getBytes(ISO_8859_1));
        if (clock == 0) {
            return new TableRecord(0, new TreeMap<>(), false);
        }
        LockTokens tokens = LockTokens.of(bar < 0 ? "" : text.substring(bar), counters.millis());
        return new TableRecord(clock, tokens.live(), tokens.expired() || !tokens.sound());
    }

    /** These keys never have a time to live: an expiry must not validate an older result. */
    private void put(String key, long clock, SortedMap<String, LockTokens.Hold> live) {
        store.put(key, (clock + LockTokens.written(live)).getBytes(ISO_8859_1), Duration.ZERO);
    }
}
