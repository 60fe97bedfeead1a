package dev.dorm.cache.internal.locmem;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * One lock for each of some groups of shards: a step on a shard is atomic, and reading one normally takes no lock.
 *
 * <p>What is read under it must be immutable, as an optimistic reader looks while a writer writes, and looks again.
 */
final class StripedLocks {

    private static final int COUNT = 64;

    private final StampedLock[] locks = new StampedLock[COUNT];

    StripedLocks() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new StampedLock();
        }
    }

    /** Reads what stands at one moment under a group's name. */
    <T> T read(String group, Supplier<T> work) {
        StampedLock lock = lock(group);
        long stamp = lock.tryOptimisticRead();
        if (stamp != 0) {
            T seen = work.get();
            if (lock.validate(stamp)) {
                return seen;
            }
        }
        stamp = lock.readLock();
        try {
            return work.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Changes what stands under a group's name. */
    <T> T write(String group, Supplier<T> work) {
        StampedLock lock = lock(group);
        long stamp = lock.writeLock();
        try {
            return work.get();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Changes what stands under any name. */
    <T> T writeAll(Supplier<T> work) {
        long[] stamps = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            stamps[i] = locks[i].writeLock();
        }
        try {
            return work.get();
        } finally {
            for (int i = COUNT - 1; i >= 0; i--) {
                locks[i].unlockWrite(stamps[i]);
            }
        }
    }

    /** Returns the lock of a group. */
    StampedLock lock(String group) {
        int hash = group.hashCode() * 0x9E3779B9;
        return locks[(hash >>> 16) % COUNT];
    }
}
