package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.NamespaceStatistics;
import dev.dorm.cache.internal.metrics.AliasCounts;
import dev.dorm.cache.internal.metrics.CallObserver;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends of one session factory's cache, each made dependable. Thread-safe. */
final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    /** How long the session factory waits for the first connections, if they are not refused before. */
    private static final Duration OPENING = Duration.ofSeconds(5);

    private final Settings settings;
    private final Backends backends;
    private final RuntimeStatistics statistics;
    private final Map<StoreName, ResilientStore> byName = new ConcurrentHashMap<>();
    private volatile @Nullable Function<String, CallObserver> observers;

    Stores(Settings settings, Backends backends, RuntimeStatistics statistics) {
        this.settings = settings;
        this.backends = backends;
        this.statistics = statistics;
    }

    /** Returns the store of an alias. */
    ResilientStore of(String alias) {
        return of(StoreName.of(alias));
    }

    /** Returns the store of a region. */
    ResilientStore ofRegion(String region) {
        return of(StoreName.ofRegion(settings, region));
    }

    private ResilientStore of(StoreName name) {
        return byName.computeIfAbsent(name, n -> {
            AliasCounts counts = statistics.alias(n.alias());
            ResilientStore store =
                    new ResilientStore(n.alias(), () -> backends.get(n), counts.counters(), System::nanoTime);
            counts.add(store::breaker, store::pendingInvalidations, () -> store.backend()
                    .refusals());
            observe(n);
            return store;
        });
    }

    /**
     * Returns where a region counts what happens to its entries.
     *
     * @param region its name in Hibernate's statistics
     * @param name its name in settings, without a time to live
     */
    Counters counters(String region, String name) {
        return statistics.region(region, settings.alias(name));
    }

    /** Has a region's statistics tell what is held of a namespace, where the store can tell that. */
    void tell(String region, ResilientStore store, Namespace namespace) {
        if (store.backend().statistics(namespace) != null) {
            statistics.hold(region, () -> held(store, namespace.name()));
        }
    }

    private static @Nullable NamespaceStatistics held(ResilientStore store, String namespace) {
        try {
            return store.backend().statistics(store.namespace(namespace));
        } catch (BackendException closed) {
            return null;
        }
    }

    /** Has somebody told of the calls of all aliases that are not in this process. */
    void observe(Function<String, CallObserver> ofAlias) {
        observers = ofAlias;
        byName.keySet().forEach(this::observe);
    }

    private void observe(StoreName name) {
        Function<String, CallObserver> made = observers;
        if (made != null && !settings.isLocal(name.alias())) {
            statistics.alias(name.alias()).observe(made.apply(name.alias()));
        }
    }

    /** Returns those that were asked for. */
    Collection<ResilientStore> all() {
        return byName.values();
    }

    /** The first connection may take longer than a call may: without it, the first reads would all pass by the cache. */
    void awaitOpen() {
        CompletableFuture<?>[] opening =
                all().stream().map(store -> store.backend().opened()).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(opening).get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The first call says so, and why.
            LOG.debug("A backend is not open yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (CompletableFuture<?> each : opening) {
                each.cancel(false);
            }
        }
    }

    /** Forgets everything that is kept in this process, and opens the backends anew when they are next used. */
    void reset() {
        backends.reset();
        all().forEach(store -> store.near().forget());
    }

    /** Waits until everything has come that was sent after completions. */
    void awaitSettled() {
        all().forEach(ResilientStore::awaitSettled);
    }

    void close() {
        all().forEach(ResilientStore::close);
        backends.close();
    }
}
