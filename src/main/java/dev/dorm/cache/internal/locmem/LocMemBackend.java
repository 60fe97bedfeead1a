package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.NamespaceStatistics;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.live.LiveStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend in this process, bounded by {@code max_entries}.
 *
 * <p>Without a location its store is its own. Backends with the same location share one store, which is dropped when
 * the last of them is closed; its bound and its clock are those of the first.
 *
 * <p>The bound concerns entries and query results. Versions, locks, tombstones and the query clock are not evicted for
 * size, since that would open the very race each of them closes; those with a deadline leave with it. When a region is
 * evicted that holds many entries, their memory is given back.
 */
public final class LocMemBackend implements Backend, LiveStore {

    private final BackendSettings settings;
    private final InMemoryStore store;
    private final Runnable release;
    private final Steps steps;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates a backend.
     *
     * @param settings the alias's settings
     * @throws IllegalArgumentException when one is wrong, or has no effect in process
     */
    public LocMemBackend(BackendSettings settings) {
        this(settings, System::nanoTime);
    }

    /** Creates a backend that measures time by a given source of nanoseconds. */
    LocMemBackend(BackendSettings settings, LongSupplier nanoTime) {
        refuseWhatHasNoEffect(settings);
        this.settings = settings;
        Supplier<InMemoryStore> creation = () -> new InMemoryStore(settings.maxEntries(), nanoTime);
        String location = settings.location();
        if (location == null) {
            this.store = creation.get();
            this.release = () -> {};
        } else {
            this.store = SharedStores.acquire(location, creation);
            this.release = () -> SharedStores.release(location);
        }
        this.steps = new Steps(store);
    }

    private static void refuseWhatHasNoEffect(BackendSettings settings) {
        if (settings.maxEntries() < 1) {
            throw settings.refused("max_entries", settings.maxEntries(), "a whole number from 1");
        }
        for (String option : settings.options().keySet()) {
            throw settings.refused("options." + option, "(given)", "no options: the entries are in this process");
        }
        if (settings.config() != null) {
            throw settings.refused("config", settings.config(), "no configuration: the entries are in this process");
        }
        if (settings.client() != null) {
            throw settings.refused(
                    "client", settings.client().getClass().getName(), "no client: the entries are in this process");
        }
        if (settings.credentials() != null) {
            throw settings.refused("credentials", "(given)", "no credentials: the entries are in this process");
        }
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAsync(String key) {
        return completed(() -> store.get(key));
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return completed(() -> {
            Map<String, byte[]> found = new HashMap<>();
            for (String key : keys) {
                byte[] bytes = store.get(key);
                if (bytes != null) {
                    found.put(key, bytes);
                }
            }
            return found;
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        return completed(() -> {
            store.exclusively(key, () -> {
                store.put(key, value, timeout);
                return true;
            });
            return null;
        });
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return completed(() -> store.exclusively(key, () -> store.remove(key)));
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return completed(() -> store.removeMatching(new Glob(pattern)));
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> batch) {
        return completed(() -> {
            List<Object> replies = new ArrayList<>(batch.size());
            List<Moment> moments = new ArrayList<>(batch.size());
            boolean timed = false;
            for (Step<?> step : batch) {
                StepEffects.Taken taken = steps.run(step);
                replies.add(taken.reply());
                moments.add(taken.moment());
                timed |= StepEffects.group(step) != null;
            }
            return new Replies(batch, replies, timed ? moments : List.of());
        });
    }

    @Override
    public String place() {
        return "in this process only";
    }

    @Override
    public NamespaceStatistics statistics(Namespace namespace) {
        return store.holdings().of(namespace);
    }

    @Override
    public LiveShard live(Shard shard) {
        return store.shards().of(shard);
    }

    @Override
    public Duration defaultTimeout() {
        return settings.ttl();
    }

    @Override
    public boolean handsOutWhatItHolds() {
        return true;
    }

    @Override
    public Duration callTimeout() {
        return settings.timeout();
    }

    /** Drops everything, versions and locks too. */
    public void clear() {
        store.clear();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    @Override
    public String toString() {
        return "LocMemBackend[" + settings.alias() + "]";
    }

    /** Returns the store, for tests. */
    InMemoryStore store() {
        return store;
    }

    private <T extends @Nullable Object> CompletableFuture<T> completed(Supplier<T> work) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(new BackendException("the backend is closed"));
        }
        return CompletableFuture.completedFuture(work.get());
    }
}
