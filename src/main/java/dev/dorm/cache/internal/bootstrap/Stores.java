package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends of one session factory's cache, each made dependable. Thread-safe. */
final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    /** How long the session factory waits for the first connections, if they are not refused before. */
    private static final Duration OPENING = Duration.ofSeconds(5);

    private final Settings settings;
    private final Backends backends;
    private final Counters counters;
    private final Map<StoreName, ResilientStore> byName = new ConcurrentHashMap<>();

    Stores(Settings settings, Backends backends, Counters counters) {
        this.settings = settings;
        this.backends = backends;
        this.counters = counters;
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
        return byName.computeIfAbsent(
                name, n -> new ResilientStore(n.alias(), () -> backends.get(n), counters, System::nanoTime));
    }

    /** Returns those that were asked for. */
    Collection<ResilientStore> all() {
        return byName.values();
    }

    /** Returns how many invalidations are owed. */
    long pendingBumps() {
        return all().stream().mapToLong(ResilientStore::pendingBumps).sum();
    }

    /** Returns the states of the circuit breakers by alias: not closed, if that of any of the alias's stores is not. */
    Map<String, BreakerState> breakers() {
        Map<String, BreakerState> states = new TreeMap<>();
        byName.forEach((name, store) ->
                states.merge(name.alias(), store.breaker(), (one, other) -> one == BreakerState.CLOSED ? other : one));
        return states;
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

    void close() {
        all().forEach(ResilientStore::close);
        backends.close();
    }
}
