package dev.dorm.cache.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.internal.lazy.Lazy;
import org.jspecify.annotations.Nullable;

/**
 * What was made of arrays of bytes that a store in this process holds, and hands out again and again. It is known by the very
 * array, whatever its bytes, and forgotten with it: so it is as much as the store holds, and never older. Thread-safe.
 *
 * @param <T> what was made of them
 */
public final class DecodedArrays<T> {

    private final Lazy<Cache<byte[], T>> known = new Lazy<>(
            () -> Caffeine.newBuilder().weakKeys().executor(Runnable::run).build());

    /** Returns what was made of this very array, or null. */
    public @Nullable T get(byte[] array) {
        return known.get().getIfPresent(array);
    }

    /** Takes note of what was made of an array, which nobody changes any more. */
    public void put(byte[] array, T made) {
        known.get().put(array, made);
    }
}
