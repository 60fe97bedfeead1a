package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.backend.BackendException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisTimeoutException;

/** How Redisson's failures become ours. */
public final class Failures {

    private static final int LONGEST = 400;

    private Failures() {}

    /** Returns why a future failed, or null when it did not. */
    static @Nullable Throwable of(CompletableFuture<?> future) {
        if (!future.isCompletedExceptionally()) {
            return null;
        }
        try {
            future.join();
            return null;
        } catch (CancellationException e) {
            return e;
        } catch (CompletionException e) {
            return unwrapped(e);
        }
    }

    /** Returns a future that fails with {@link BackendException} only. */
    public static <T extends @Nullable Object> CompletableFuture<T> translated(
            CompletableFuture<T> future, Secrets secrets) {
        return future.handle((value, failure) -> {
            if (failure != null) {
                throw new CompletionException(translated(failure, secrets));
            }
            return value;
        });
    }

    public static BackendException translated(Throwable failure, Secrets secrets) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof BackendException known) {
            return known;
        }
        String told = Explanation.told(cause);
        String said = secrets.hiddenIn(told == null ? Explanation.guess(cause) : told);
        String message = said.length() > LONGEST ? said.substring(0, LONGEST) + "..." : said;
        return new BackendException(message, secrets.hiddenIn(cause));
    }

    /** Returns whether a failure tells why it is one, other than that an answer or a connection is missing. */
    public static boolean tells(Throwable failure) {
        return Explanation.told(failure) != null;
    }

    /** Returns whether an answer did not come in time, so that the next attempt may succeed. */
    public static boolean isSlow(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof RedisTimeoutException) && !(cause instanceof TimeoutException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** Returns what failed, without what futures wrap around it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }
}
