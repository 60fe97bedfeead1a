package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.signing.Rejection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what happens in one region, or with one alias, and tells who observes its calls. Thread-safe. */
public final class Counters {

    private final Map<Counter, LongAdder> adders = new EnumMap<>(Counter.class);
    private volatile CallObserver observer = CallObserver.NOBODY;
    private volatile @Nullable BooleanSupplier watch;

    private Counters(Counter.Of of) {
        for (Counter counter : Counter.values()) {
            if (counter.of() == of) {
                adders.put(counter, new LongAdder());
            }
        }
    }

    /** Returns a region's counters, which stand at zero. */
    public static Counters ofRegion() {
        return new Counters(Counter.Of.REGION);
    }

    /** Returns an alias's counters, which stand at zero. */
    public static Counters ofAlias() {
        return new Counters(Counter.Of.ALIAS);
    }

    public void count(Counter counter) {
        adders.get(counter).increment();
    }

    /** Counts a call that was answered after so many nanoseconds. */
    public void answered(long nanos) {
        adders.get(Counter.ANSWER).increment();
        adders.get(Counter.ANSWER_NANOS).add(nanos);
    }

    /** Says who is told of calls from now on. */
    void observe(CallObserver by) {
        observer = by;
    }

    /** Says who looks with each call, until it says that it is over. */
    void watch(BooleanSupplier by) {
        watch = by;
    }

    /** Tells whoever observes that steps are sent; what is returned is told the end. */
    public CallObserver.Call begins(List<? extends Step<?>> steps) {
        BooleanSupplier watching = watch;
        if (watching != null && watching.getAsBoolean()) {
            watch = null;
        }
        return observer.begins(steps);
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
