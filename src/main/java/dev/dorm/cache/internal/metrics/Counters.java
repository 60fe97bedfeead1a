package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.internal.signing.Rejection;
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

    public void count(Counter counter) {
        adders.get(counter).increment();
    }

    public void count(Rejection rejection) {
        count(
                switch (rejection) {
                    case UNSIGNED -> Counter.REJECTED_UNSIGNED;
                    case BAD_SIGNATURE -> Counter.REJECTED_BAD_SIGNATURE;
                    case WRONG_VERSION -> Counter.REJECTED_WRONG_VERSION;
                    case WRONG_KEY -> Counter.REJECTED_WRONG_KEY;
                    case TRUNCATED -> Counter.REJECTED_TRUNCATED;
                    case TOO_LONG -> Counter.REJECTED_TOO_LONG;
                });
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
