package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a caller waits for a backend, and how a backend waits for its store: with one exception for every way to fail. */
public final class Waiting {

    private Waiting() {}

    /**
     * Waits for a reply.
     *
     * @param limit the longest wait
     * @param future the reply
     * @param <T> its type
     * @return the reply
     * @throws BackendException when it failed, did not come in time, or the thread was interrupted
     */
    public static <T extends @Nullable Object> T atMost(Duration limit, CompletableFuture<T> future) {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new BackendException("no reply within " + limit.toMillis() + " ms (setting timeout)", e);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted while waiting for the cache", e);
        }
    }

    /**
     * Waits for a reply for as long as it takes.
     *
     * @param future the reply
     * @param <T> its type
     * @return the reply
     * @throws BackendException when it failed
     */
    static <T extends @Nullable Object> T without(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    /**
     * Returns how a call has failed.
     *
     * @param failure what its future was completed with
     * @return the exception that a caller who waits would be thrown
     */
    public static BackendException failure(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        Throwable cause = wrapped && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof BackendException known
                ? known
                : new BackendException("the cache failed: " + cause.getMessage(), cause);
    }
}
