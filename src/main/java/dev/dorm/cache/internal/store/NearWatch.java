package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.near.NearResults;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.near.NearShard;
import dev.dorm.cache.internal.near.NearStamp;
import dev.dorm.cache.internal.near.NearTier;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows and query results of a store in this process, if that is asked for, for as long as every message about them
 * arrives. Thread-safe.
 */
public final class NearWatch implements AutoCloseable {

    private final String alias;
    private final Supplier<Backend> backend;
    private final ObservedState observed;
    private final Background background;
    private volatile @Nullable NearTier tier;
    private @Nullable Heartbeat heartbeat;

    /** From then on whatever is to be kept is listened for at once: a query region may be asked for late. */
    private boolean listens;

    NearWatch(String alias, Supplier<Backend> backend, ObservedState observed, Background background) {
        this.alias = alias;
        this.backend = backend;
        this.observed = observed;
        this.background = background;
    }

    /**
     * Returns the place in this process for the rows of a namespace. Nothing is kept there before {@link #listen}.
     *
     * @param maxEntries how many rows are kept for all namespaces
     * @param bound how many of this namespace, apart from the others, or null
     * @param ttl how long they live in the backend
     * @return their place, or null when the backend cannot be listened to
     */
    public synchronized @Nullable NearRows rows(long maxEntries, @Nullable Long bound, Duration ttl) {
        NearTier current = tier(maxEntries);
        return current == null ? null : NearRows.in(current, bound, ttl);
    }

    /**
     * Returns the place in this process for the results of a query region, whose clock stands in this store. Nothing is kept
     * there before {@link #listen}.
     *
     * @param maxEntries how many rows and results are kept for all namespaces
     * @param bound how many of this region, apart from the others, or null
     * @param ttl how long they live in the backend
     * @return their place, or null when the backend cannot be listened to
     */
    public synchronized @Nullable NearResults results(long maxEntries, @Nullable Long bound, Duration ttl) {
        NearTier current = tier(maxEntries);
        return current == null ? null : NearResults.in(current, bound, ttl);
    }

    /** Returns the one tier, which it makes for the first that asks. */
    private @Nullable NearTier tier(long maxEntries) {
        NearTier current = tier;
        if (current == null) {
            current = new NearTier(maxEntries, observed::now);
            try (Listening probe = backend.get().listen(current)) {
                if (probe == null) {
                    return null;
                }
            }
            heartbeat = new Heartbeat(alias, backend, current, this::look, background);
            observed.tell(current);
            tier = current;
            if (listens) {
                heartbeat.start();
            }
        }
        return current;
    }

    /** Begins to listen, if anything is to be kept: it is served as long as every message arrives. */
    public synchronized void listen() {
        listens = true;
        if (heartbeat != null) {
            heartbeat.start();
        }
    }

    /** Forgets what is kept, and listens anew before anything is kept again. */
    public void forget() {
        NearTier current = tier;
        if (current != null) {
            current.lost();
        }
    }

    /** Returns what has been told of a row, before it is read; null when it is not to be kept. */
    @Nullable
    public NearStamp stamp(Row row) {
        NearTier current = tier;
        return current == null ? null : current.stamp(row);
    }

    /** Drops what steps have touched, or perhaps have: before whoever sent them goes on. */
    void touch(List<? extends Step<?>> steps) {
        NearTier current = tier;
        if (current != null) {
            steps.forEach(current::touch);
        }
    }

    /** Looks at the versions, which nobody tells of when the backend is flushed, or one is changed by hand. */
    private void look() {
        NearTier current = tier;
        if (current == null || current.shards().isEmpty()) {
            return;
        }
        List<Shard> shards = current.shards().stream().map(NearShard::shard).toList();
        var unused = backend.get()
                .getManyAsync(shards.stream().map(Shard::versionKey).toList())
                .thenAccept(values -> shards.forEach(shard -> {
                    long version = RowFormat.counter(values.get(shard.versionKey()));
                    if (version == 0) {
                        current.drop(shard);
                    }
                    observed.sawVersion(shard, version);
                }));
    }

    @Override
    public synchronized void close() {
        if (heartbeat != null) {
            heartbeat.close();
        }
    }
}
