package dev.dorm.cache.internal.near;

import java.util.concurrent.atomic.AtomicLong;

/** What had been told of the tables of a result when its reading was sent: it is kept only until more is told. */
final class TablesStamp {

    private final NearChannel tables;
    private final long generation;
    private final AtomicLong[] counts;
    private final long[] seen;

    TablesStamp(NearChannel tables, long generation, AtomicLong[] counts, long[] seen) {
        this.tables = tables;
        this.generation = generation;
        this.counts = counts;
        this.seen = seen;
    }

    /** Returns whether nothing was told of any of them since, nor may have been missed up to a window ago. */
    boolean isCurrent(long now) {
        if (!tables.serves(now) || tables.generation() != generation) {
            return false;
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i].get() != seen[i]) {
                return false;
            }
        }
        return true;
    }
}
