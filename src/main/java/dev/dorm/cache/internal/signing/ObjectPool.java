package dev.dorm.cache.internal.signing;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps things that are costly to make, and that only one thread may use at a time, for the next one that needs one.
 * Thread-safe; what was taken is nobody else's until it is given back. No more are kept than a few for each processor,
 * however many threads there are.
 *
 * @param <T> what is kept
 */
public final class ObjectPool<T> {

    private static final int SLOTS =
            Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors());

    /** So far apart that two threads do not write to one cache line. */
    private static final int STRIDE = 16;

    private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS * STRIDE);
    private final Supplier<T> maker;

    /**
     * Creates a collection of spares that is empty.
     *
     * @param maker makes one when there is none to spare
     */
    public ObjectPool(Supplier<T> maker) {
        this.maker = maker;
    }

    /**
     * Takes one out, or makes one.
     *
     * @return one that is the caller's alone
     */
    public T take() {
        T spare = slots.getAndSet(slot(), null);
        return spare == null ? maker.get() : spare;
    }

    /**
     * Gives one back, or leaves it to the garbage collector.
     *
     * @param spare one that the caller no longer uses
     */
    public void give(T spare) {
        slots.lazySet(slot(), spare);
    }

    private static int slot() {
        return ((int) Thread.currentThread().getId() & SLOTS - 1) * STRIDE;
    }
}
