package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TransactionalStore;
import dev.dorm.cache.backend.TransactionalStore.Access;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend over a store that has transactions: a batch of steps is one of them. The store is called by threads of its
 * own, so that a caller waits no longer than {@code timeout}, whatever the store does.
 */
public final class TransactionalBackend implements Backend {

    /** So many transactions run at a time; what waits longer than a call may is not begun any more. */
    private static final int THREADS = 16;

    /** So many keys of a pattern are deleted in one transaction. */
    private static final int DELETED = 1_000;

    private final TransactionalStore store;
    private final BackendSettings settings;
    private final ThreadPoolExecutor threads;

    /**
     * Creates a backend.
     *
     * @param store the store, which is closed with it
     * @param settings the alias's settings
     */
    public TransactionalBackend(TransactionalStore store, BackendSettings settings) {
        this.store = store;
        this.settings = settings;
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "dorm-store-" + settings.alias());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletableFuture<?> opened() {
        return transact(Set.of(), false, Transaction::micros);
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAsync(String key) {
        return transact(Set.of(key), false, transaction -> transaction.get(key));
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        Set<String> all = new LinkedHashSet<>(keys);
        return transact(all, false, transaction -> {
            Map<String, byte[]> found = new HashMap<>();
            for (String key : all) {
                byte[] bytes = transaction.get(key);
                if (bytes != null) {
                    found.put(key, bytes);
                }
            }
            return found;
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout " + timeout + ": accepted are 0, for until deleted, and positive durations");
        }
        return transact(Set.of(key), true, transaction -> {
            transaction.put(key, value, timeout);
            return null;
        });
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return transact(Set.of(key), true, transaction -> transaction.remove(key));
    }

    /** Has time without a bound, as the caller waits without one. */
    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        Glob glob = new Glob(pattern);
        return inThread(Long.MAX_VALUE, () -> {
            List<String> keys =
                    store.keys(glob.prefix()).stream().filter(glob::matches).toList();
            long deleted = 0;
            for (int from = 0; from < keys.size(); from += DELETED) {
                Set<String> some = new LinkedHashSet<>(keys.subList(from, Math.min(from + DELETED, keys.size())));
                deleted += store.transact(
                        new Access(some, Set.of(), true),
                        transaction -> some.stream().filter(transaction::remove).count());
            }
            return deleted;
        });
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        if (steps.isEmpty()) {
            return CompletableFuture.completedFuture(new Replies(steps, List.of()));
        }
        Access access = StepAccess.of(steps);
        return inThread(() -> store.transact(access, transaction -> {
            StepEffects effects = new StepEffects(transaction);
            List<Object> replies = new ArrayList<>(steps.size());
            List<Moment> moments = new ArrayList<>(steps.size());
            for (Step<?> step : steps) {
                StepEffects.Taken taken = effects.take(step);
                replies.add(taken.reply());
                moments.add(taken.moment());
            }
            return new Replies(steps, replies, access.groups().isEmpty() ? List.of() : moments);
        }));
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public Duration defaultTimeout() {
        return settings.ttl();
    }

    @Override
    public Duration callTimeout() {
        return settings.timeout();
    }

    @Override
    public void close() {
        threads.shutdown();
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }

    private <T extends @Nullable Object> CompletableFuture<T> transact(
            Set<String> keys, boolean everything, Function<Transaction, T> work) {
        return inThread(() -> store.transact(new Access(keys, Set.of(), everything), work));
    }

    private <T extends @Nullable Object> CompletableFuture<T> inThread(Supplier<T> work) {
        return inThread(settings.timeout().toNanos(), work);
    }

    private <T extends @Nullable Object> CompletableFuture<T> inThread(long limit, Supplier<T> work) {
        long asked = System.nanoTime();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (System.nanoTime() - asked > limit) {
                            throw new BackendException("the store was busy for "
                                    + settings.timeout().toMillis() + " ms (setting timeout)");
                        }
                        return work.get();
                    },
                    threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new BackendException("the backend is closed", e));
        }
    }
}
