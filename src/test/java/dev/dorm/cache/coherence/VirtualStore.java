package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Backend;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real store whose time the test turns, and in which it can look. */
public interface VirtualStore extends AutoCloseable {

    /** Returns the backend under test. */
    Backend backend();

    /** Lets time pass, for the store and for every virtual JVM. */
    void elapse(Duration duration);

    /** Returns the store's clock, by which deadlines are written. */
    long millis();

    /** Returns how long a key still stays. */
    Duration left(String key);

    /** Returns the tombstone that an eviction of the row would leave, if this store evicts for size. */
    default byte @Nullable [] scar(String key) {
        return null;
    }

    /** Returns how long that tombstone still lasts. */
    default Duration scarLeft(String key) {
        return Duration.ZERO;
    }

    /** Returns whether this store evicts entries for size. */
    default boolean evicts() {
        return false;
    }

    /** Evicts every entry, as if the room were needed for others. */
    default void evict() {
        throw new UnsupportedOperationException();
    }

    /** Loses everything. */
    void flush();

    @Override
    void close();
}
