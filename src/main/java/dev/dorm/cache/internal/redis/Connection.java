package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.redis.command.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.command.CommandAsyncExecutor;

/**
 * The way to Redis, opened by a thread of its own: Redisson connects before it returns, and no caller should wait for
 * that longer than for any other call. While Redis is away, an attempt is made once a second
 * at most.
 */
final class Connection implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<RedissonClient> opening;
    private final boolean owned;
    private final @Nullable ConnectionAttempts attempts;
    private @Nullable CompletableFuture<RedissonClient> client;
    private volatile @Nullable CompletableFuture<CommandAsyncExecutor> open;
    private long failedAt;
    private boolean closed;

    private Connection(Supplier<RedissonClient> opening, @Nullable ConnectionAttempts attempts) {
        this.opening = opening;
        this.owned = attempts != null;
        this.attempts = attempts;
    }

    /** Returns the way through a client that we create, and close, and whose connections are looked at. */
    static Connection opening(Supplier<RedissonClient> opening, ConnectionAttempts attempts) {
        return new Connection(opening, attempts);
    }

    /** Returns the way through the application's client, which stays open. */
    static Connection through(RedissonClient client) {
        return new Connection(() -> client, null);
    }

    /** Returns what sees how connections end, if they are ours. */
    @Nullable
    ConnectionAttempts attempts() {
        return attempts;
    }

    /** Returns what sends commands, without waiting. */
    CompletableFuture<CommandAsyncExecutor> executor() {
        CompletableFuture<CommandAsyncExecutor> known = open;
        return known == null ? client().thenApply(this::opened) : known;
    }

    /**
     * Returns when it is open. Who is busy, here or there, may not answer a first attempt in time: it is repeated, until
     * the caller cancels what it gets. It fails when nobody listens there, or refuses.
     */
    CompletableFuture<?> opened() {
        CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
        attempt(opened);
        return opened;
    }

    private void attempt(CompletableFuture<@Nullable Void> opened) {
        if (opened.isDone()) {
            return;
        }
        var unused = executor().whenComplete((executor, failure) -> {
            if (failure == null) {
                opened.complete(null);
            } else if (Failures.isSlow(failure)) {
                // Not the JDK's timer: its thread would keep the class loader of who used it first.
                daemon(() -> {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    attempt(opened);
                });
            } else {
                opened.completeExceptionally(failure);
            }
        });
    }

    private synchronized CommandAsyncExecutor opened(RedissonClient opened) {
        CommandAsyncExecutor executor = ((Redisson) opened).getCommandExecutor();
        if (!closed) {
            open = CompletableFuture.completedFuture(executor);
        }
        return executor;
    }

    private synchronized CompletableFuture<RedissonClient> client() {
        if (closed) {
            return CompletableFuture.failedFuture(new BackendException("the backend is closed"));
        }
        CompletableFuture<RedissonClient> current = client;
        if (current == null || (current.isCompletedExceptionally() && System.nanoTime() - failedAt >= PAUSE_NANOS)) {
            current = new CompletableFuture<>();
            client = current;
            open(current);
        }
        return current;
    }

    private void open(CompletableFuture<RedissonClient> opened) {
        if (!owned) {
            opened.complete(opening.get());
            return;
        }
        daemon(() -> connect(opened));
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "dorm-redis-connect");
        thread.setDaemon(true);
        thread.start();
    }

    private void connect(CompletableFuture<RedissonClient> opened) {
        RedissonClient created;
        try {
            forget();
            created = opening.get();
        } catch (Exception | LinkageError e) {
            synchronized (this) {
                failedAt = System.nanoTime();
            }
            addSeen(e);
            opened.completeExceptionally(e);
            return;
        }
        if (!opened.complete(created)) {
            created.shutdown();
        }
    }

    private void forget() {
        if (attempts != null) {
            attempts.forget();
        }
    }

    /** Where Redisson does not say why there is no connection, how the last attempt ended says it. */
    private void addSeen(Throwable failure) {
        Throwable seen = attempts == null ? null : attempts.failure();
        if (seen != null && seen != failure && !Failures.tells(failure)) {
            failure.addSuppressed(seen);
        }
    }

    @Override
    public void close() {
        CompletableFuture<RedissonClient> current;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = null;
            current = client;
        }
        if (current != null && owned && !current.completeExceptionally(new BackendException("the backend is closed"))) {
            current.thenAccept(open -> open.shutdown(0, 2, TimeUnit.SECONDS)).exceptionally(failed -> null);
        }
    }
}
