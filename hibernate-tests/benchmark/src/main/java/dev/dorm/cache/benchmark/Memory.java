package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What Redis needs for a region of 10,000 entries.
 *
 * @param title whose
 * @param overheadBytes what is there besides: scripts, versions, clocks, and one entry
 * @param entryBytes what one entry takes
 */
record Memory(String title, double overheadBytes, double entryBytes) {

    private static final int ENTRIES = 10_000;

    /** Measures it on a server of its own. */
    static Memory of(String title, Subject subject, String format, Path logs) throws IOException {
        try (RedisProcess redis = new RedisProcess();
                WorkerProcess worker = new WorkerProcess(new Setup(subject, redis.port(), 0, "", format), logs)) {
            long empty = used(redis);
            worker.order("open", Place.H2_NEAR);
            worker.order("fill", Place.H2_NEAR, 0);
            long opened = used(redis);
            worker.order("fill", Place.H2_NEAR, ENTRIES);
            double entry = (used(redis) - opened) / (double) (ENTRIES - 1);
            return new Memory(title, opened - empty, entry);
        }
    }

    /** Returns what is used, but for what the clients' buffers take. */
    private static long used(RedisProcess redis) throws IOException {
        return Math.round(redis.info("used_memory") - redis.info("mem_clients_normal"));
    }
}
