package dev.dorm.cache.internal.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs what a store does by itself, beside the sessions: on threads, or as a simulation decides. Thread-safe. */
public interface Background {

    /**
     * Runs work once. It may wait for the backend.
     *
     * @param name the work's name
     * @param pause how long to wait before
     * @param work the work
     */
    void later(String name, Duration pause, Runnable work);

    /**
     * Runs work again and again, until that is closed.
     *
     * @param name the work's name
     * @param work the work, which never waits; it returns the pause before the next time
     * @param end what to do at the end, after the last time
     * @return what ends it
     */
    Repetition repeat(String name, Supplier<Duration> work, Runnable end);

    /**
     * Waits on the calling thread until something is done; no longer than some time, and not when the thread is interrupted.
     *
     * @param done what is waited for
     * @param longest how long at most
     */
    void await(CompletableFuture<?> done, Duration longest);

    /** Work that is done again and again. */
    interface Repetition extends AutoCloseable {

        /** Ends it, without waiting for that. Idempotent. */
        @Override
        void close();
    }
}
