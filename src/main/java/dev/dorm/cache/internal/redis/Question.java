package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.redis.command.Failures;
import dev.dorm.cache.internal.redis.command.Secrets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.client.RedisConnection;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Finds out why a call was not answered: by what becomes of the connection that is just being opened, or else of a new one to
 * each master. Redis refuses a login, for instance, when a connection is made, and a call that needs none does not hear of it.
 */
final class Question {

    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Connection connection;
    private final Secrets secrets;
    private final String place;
    private final Duration bound;

    /**
     * Creates it; {@link #why} asks.
     *
     * @param target where to ask
     * @param timeout the bound on a call, for which an answer is waited; at least a second
     */
    Question(Target target, Duration timeout) {
        this.connection = target.connection();
        this.secrets = target.secrets();
        this.place = target.place();
        this.bound = timeout.compareTo(LEAST) < 0 ? LEAST : timeout;
    }

    /** Returns why a call has failed, without waiting for it; the failure itself when nothing better is found. */
    CompletableFuture<BackendException> why(BackendException failure) {
        if (Failures.tells(failure)) {
            return CompletableFuture.completedFuture(failure);
        }
        CompletableFuture<BackendException> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(found(failure)), "dorm-redis-question");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private BackendException found(BackendException failure) {
        try {
            ask();
            return failure;
        } catch (ExecutionException e) {
            return Failures.translated(e, secrets);
        } catch (TimeoutException e) {
            return new BackendException(
                    failure.getMessage() + ", and no connection to " + place + " within " + bound.toMillis() + " ms",
                    failure);
        } catch (InterruptedException | RuntimeException e) {
            return failure;
        }
    }

    private void ask() throws ExecutionException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        CommandAsyncExecutor open = connection.executor().get(bound.toNanos(), TimeUnit.NANOSECONDS);
        for (MasterSlaveEntry master : open.getConnectionManager().getEntrySet()) {
            CompletableFuture<RedisConnection> connecting =
                    master.getClient().connectAsync().toCompletableFuture();
            var unused = connecting.thenAccept(RedisConnection::closeAsync);
            connecting.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
