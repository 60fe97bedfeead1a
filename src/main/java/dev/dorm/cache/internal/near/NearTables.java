package dev.dorm.cache.internal.near;

import dev.dorm.cache.backend.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a near tier knows of a query clock: how often something was told of each table over which results are kept. Thread-safe. */
final class NearTables extends NearChannel {

    private final Map<String, AtomicLong> changes = new ConcurrentHashMap<>();

    /** Returns what has been told of tables; from now on it is counted. */
    TablesStamp stamp(Clock clock, Collection<String> tables) {
        long since = generation();
        AtomicLong[] counts = new AtomicLong[tables.size()];
        long[] seen = new long[counts.length];
        int i = 0;
        for (String table : tables) {
            counts[i] = changes.computeIfAbsent(clock.tableKey(table), key -> new AtomicLong());
            seen[i] = counts[i].get();
            i++;
        }
        return new TablesStamp(this, since, counts, seen);
    }

    /** Counts what is told under a key; returns whether it is that of a table. */
    boolean changed(String key) {
        AtomicLong count = changes.get(key);
        if (count != null) {
            count.incrementAndGet();
        }
        return count != null;
    }
}
