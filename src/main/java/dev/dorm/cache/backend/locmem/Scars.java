package dev.dorm.cache.backend.locmem;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The tombstones of rows that hold an entry again. While one lasts, the row's absence would say nothing about the age
 * of what a transaction loaded; so when the entry is evicted, its tombstone is there at once.
 *
 * <p>They are few: one for each row written within the last minute. Each writer clears away what is over.
 */
final class Scars {

    private record Scar(byte[] tombstone, long deadline) {}

    private record Due(String key, long deadline) {}

    private final StoreTime time;
    private final ConcurrentNavigableMap<String, Scar> byKey = new ConcurrentSkipListMap<>();
    private final Queue<Due> dues = new ConcurrentLinkedQueue<>();

    Scars(StoreTime time) {
        this.time = time;
    }

    /** Remembers a tombstone for so many nanoseconds. */
    void keep(String key, byte[] tombstone, long lifetime) {
        purge();
        long deadline = time.nanos() + lifetime;
        byKey.put(key, new Scar(tombstone, deadline));
        dues.add(new Due(key, deadline));
    }

    /** Returns the tombstone that still lasts, or null. */
    byte @Nullable [] get(String key) {
        Scar scar = byKey.get(key);
        return scar == null || remaining(scar.deadline) <= 0 ? null : scar.tombstone;
    }

    /** Returns for how many nanoseconds the tombstone still lasts, 0 when there is none. */
    long remaining(String key) {
        Scar scar = byKey.get(key);
        return scar == null ? 0 : Math.max(0, remaining(scar.deadline));
    }

    /** Forgets one. */
    void remove(String key) {
        byKey.remove(key);
    }

    /** Returns the keys under a literal prefix. */
    Iterable<String> keys(Glob glob) {
        return glob.candidates(byKey.navigableKeySet());
    }

    /** Returns how many are remembered. */
    int size() {
        return byKey.size();
    }

    private void purge() {
        for (Due due = dues.peek(); due != null && remaining(due.deadline) <= 0; due = dues.peek()) {
            if (dues.remove(due)) {
                Due over = due;
                byKey.computeIfPresent(over.key, (key, scar) -> remaining(scar.deadline) <= 0 ? null : scar);
            }
        }
    }

    private long remaining(long deadline) {
        return deadline - time.nanos();
    }
}
