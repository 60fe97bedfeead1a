package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import java.time.Duration;

/** A real store whose time the test turns, and in which it can look. */
public interface VirtualStore extends AutoCloseable {

    /** Returns the backend under test. */
    Backend backend();

    /** Lets time pass, for the store and for every virtual JVM. */
    void elapse(Duration duration);

    /** Returns the store's clock, by which deadlines are written. */
    long millis();

    /** Returns by how much the times and numbers that it tells are ahead of those it holds, in microseconds. */
    default long ahead() {
        return 0;
    }

    /** Returns how long a key still stays. */
    Duration left(String key);

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
