package dev.dorm.cache.internal.redis.command;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads from several servers that one thread waits for. Thread-safe. */
final class Progress implements Arriving {

    private final Queue<MasterRead> reads = new ConcurrentLinkedQueue<>();

    void add(MasterRead read) {
        reads.add(read);
    }

    @Override
    public long idle() {
        return reads.stream().mapToLong(MasterRead::idle).min().orElse(Long.MAX_VALUE);
    }
}
