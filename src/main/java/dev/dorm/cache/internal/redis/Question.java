package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.redis.ability.Refusal;
import dev.dorm.cache.internal.redis.command.Failures;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisConnection;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Finds out why a call was not answered: by what becomes of the connection that is just being opened, or else of a new one to
 * each master. Redis refuses a login, for instance, when a connection is made, and a call that needs none does not hear of it.
 */
final class Question {

    private static final String SLOW = ", though Redis takes connections: it, or the network, is slow just now";
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Target target;
    private final Duration timeout;
    private final Duration bound;

    /**
     * Creates it; {@link #why} asks.
     *
     * @param target where to ask
     * @param timeout the bound on a call, for which an answer is waited; at least a second
     */
    Question(Target target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
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
            return Failures.isSlow(failure) ? new BackendException(slow() + SLOW, failure) : failure;
        } catch (ExecutionException e) {
            return Failures.isSlow(e)
                    ? better(silent(failure), true)
                    : better(Failures.translated(e, target.secrets()), false);
        } catch (TimeoutException e) {
            return better(silent(failure), true);
        } catch (InterruptedException | RuntimeException e) {
            return failure;
        }
    }

    private BackendException silent(BackendException failure) {
        return new BackendException(
                slow() + ", nor on a new connection to " + target.place() + " within " + bound.toMillis() + " ms",
                failure);
    }

    private String slow() {
        return "no reply within " + timeout.toMillis() + " ms (setting timeout)";
    }

    /** Looks for the causes of which nobody says anything. */
    private BackendException better(BackendException found, boolean silent) {
        ConnectionAttempts attempts = target.connection().attempts();
        if (attempts == null || Failures.tells(found)) {
            return found;
        }
        // Who expects no TLS waits for more; who expects it closes the connection, and is not silent.
        String mismatch = attempts.tls() || !silent ? TlsMismatch.at(attempts, bound) : null;
        if (mismatch != null) {
            return new BackendException(mismatch);
        }
        String unknown = attempts.address() == null ? Hosts.unknown(target.hosts(), bound) : null;
        return unknown == null ? found : Failures.translated(new UnknownHostException(unknown), target.secrets());
    }

    private void ask() throws ExecutionException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        CommandAsyncExecutor open = target.connection().executor().get(bound.toNanos(), TimeUnit.NANOSECONDS);
        for (MasterSlaveEntry master : open.getConnectionManager().getEntrySet()) {
            ask(master.getClient(), end);
        }
    }

    private void ask(RedisClient server, long end) throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<RedisConnection> connecting = server.connectAsync().toCompletableFuture();
        CompletableFuture<String> answer = connecting.thenCompose(connection -> connection
                .<String, String>async(bound.toMillis(), StringCodec.INSTANCE, RedisCommands.PING)
                .toCompletableFuture());
        // One that may not be asked has answered, too.
        answer = answer.exceptionally(failure -> {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (Refusal.of("ping", cause)) {
                return "";
            }
            throw new CompletionException(cause);
        });
        var unused = answer.whenComplete((pong, failure) -> close(connecting));
        answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static void close(CompletableFuture<RedisConnection> connecting) {
        RedisConnection connection = connecting.isCompletedExceptionally() ? null : connecting.getNow(null);
        if (connection != null) {
            var unused = connection.closeAsync();
        }
    }
}
