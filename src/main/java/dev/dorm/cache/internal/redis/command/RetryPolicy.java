package dev.dorm.cache.internal.redis.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.redisson.connection.ServiceManager;

/**
 * How long Redisson tries before it gives a call up.
 *
 * @param timeout how long one reply may take
 * @param retryAttempts how often a call is repeated
 */
public record RetryPolicy(Duration timeout, int retryAttempts) {

    /** Sends something, and again when it has failed, as often as is allowed. */
    <T> CompletableFuture<T> repeated(ServiceManager services, Supplier<CompletableFuture<T>> sending) {
        return retryAttempts == 0 ? sending.get() : attempt(services, sending, 0);
    }

    private <T> CompletableFuture<T> attempt(
            ServiceManager services, Supplier<CompletableFuture<T>> sending, int attempt) {
        return sending.get()
                .exceptionallyCompose(failure -> attempt == retryAttempts
                        ? CompletableFuture.failedFuture(failure)
                        : later(services, sending, attempt));
    }

    private <T> CompletableFuture<T> later(
            ServiceManager services, Supplier<CompletableFuture<T>> sending, int attempt) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        services.newTimeout(
                timer -> services.transfer(attempt(services, sending, attempt + 1), reply),
                services.getConfig().getRetryDelay().calcDelay(attempt).toMillis(),
                TimeUnit.MILLISECONDS);
        return reply;
    }
}
