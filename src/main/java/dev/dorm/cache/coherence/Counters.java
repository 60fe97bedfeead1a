package dev.dorm.cache.coherence;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in a cache. Thread-safe. */
public final class Counters {

    private final Map<Counter, LongAdder> adders = new EnumMap<>(Counter.class);

    /** Creates counters that stand at zero. */
    public Counters() {
        for (Counter counter : Counter.values()) {
            adders.put(counter, new LongAdder());
        }
    }

    void count(Counter counter) {
        adders.get(counter).increment();
    }

    void add(Counter counter, long n) {
        adders.get(counter).add(n);
    }

    /**
     * Returns how often something happened.
     *
     * @param counter what
     * @return the count since the session factory was built
     */
    public long get(Counter counter) {
        return adders.get(counter).sum();
    }
}
