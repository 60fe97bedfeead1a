package dev.dorm.cache.differential;

import java.util.EnumMap;
import java.util.Map;

/** How much was run and compared. */
final class Tally {

    enum Count {
        PROGRAMS,
        STEPS,
        READS,
        FAILED_STEPS,
        NEWER,
        RENAMED,
        UNDECIDED
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    void add(Count count, long more) {
        counts.merge(count, more, Long::sum);
    }

    long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
