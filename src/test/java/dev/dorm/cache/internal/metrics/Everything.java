package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.BackendStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.backend.NamespaceStatistics;
import java.util.Map;

/** Statistics in which everything is counted. */
final class Everything {

    private Everything() {}

    /** What is held of a namespace; the region of books has two. */
    private static final NamespaceStatistics HOLDING = new NamespaceStatistics() {
        @Override
        public long entries() {
            return 13;
        }

        @Override
        public long evicted() {
            return 17;
        }

        @Override
        public long expired() {
            return 19;
        }
    };

    /** Three regions in two places; each counter of each stands somewhere else. */
    static void count(RuntimeStatistics statistics) {
        backend(statistics, "one", 1, BreakerState.CLOSED, 2);
        backend(statistics, "two", 3, BreakerState.OPEN, 5);
        region(statistics, "books", "one", 1);
        region(statistics, "authors", "one", 5);
        region(statistics, "queries@60s", "two", 11);
        statistics.hold("books", () -> HOLDING);
        statistics.hold("books", () -> HOLDING);
    }

    private static void region(RuntimeStatistics statistics, String name, String alias, int times) {
        Counters counters = statistics.region(name, alias);
        count(counters, Counter.Of.REGION, times);
    }

    private static void backend(
            RuntimeStatistics statistics, String alias, int times, BreakerState state, int pending) {
        AliasCounts counts = statistics.alias(alias);
        counts.add(() -> state, () -> pending, () -> Map.of(alias + ":6379", Map.of("INFO", "NOPERM")));
        count(counts.counters(), Counter.Of.ALIAS, times);
    }

    private static void count(Counters counters, Counter.Of of, int times) {
        for (Counter counter : Counter.values()) {
            for (int i = 0; counter.of() == of && i < times * (counter.ordinal() + 1); i++) {
                counters.count(counter);
            }
        }
    }

    /** Returns all numbers of an alias, or of the whole cache. */
    static Map<String, Long> all(Object shown) {
        return Shown.by(shown, EntryStatistics.class, BackendStatistics.class);
    }
}
