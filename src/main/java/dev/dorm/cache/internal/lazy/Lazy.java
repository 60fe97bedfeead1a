package dev.dorm.cache.internal.lazy;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made when it is first asked for, once, so that a start does not load the classes of what it does not use. Thread-safe.
 *
 * @param <T> what is made
 */
public final class Lazy<T> implements Supplier<T> {

    private @Nullable Supplier<? extends T> making;
    private volatile @Nullable T made;

    /**
     * Creates it.
     *
     * @param making makes it
     */
    public Lazy(Supplier<? extends T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        T known = made;
        return known != null ? known : make();
    }

    /** Returns it if it was made before, else null. */
    public @Nullable T ifMade() {
        return made;
    }

    private synchronized T make() {
        Supplier<? extends T> left = making;
        T known = made;
        if (known == null && left != null) {
            known = left.get();
            made = known;
            making = null;
        }
        if (known == null) {
            throw new IllegalStateException("Nothing was made");
        }
        return known;
    }
}
