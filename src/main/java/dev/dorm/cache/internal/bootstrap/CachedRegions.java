package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.query.CachedQueries;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RowNamespace;
import dev.dorm.cache.internal.store.ResilientStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows and query results of one session factory, by the stores in which they are. Thread-safe. */
final class CachedRegions {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final Stores stores;
    private final List<CachedRows> rows = new CopyOnWriteArrayList<>();
    private final List<CachedQueries> queries = new CopyOnWriteArrayList<>();

    CachedRegions(Stores stores) {
        this.stores = stores;
    }

    void add(CachedRows made) {
        rows.add(made);
    }

    void add(CachedQueries made) {
        queries.add(made);
    }

    /** Learns all versions. */
    void learn() {
        stores.all().forEach(store -> store.learn(shards(store), null));
    }

    /** Makes everything dead, in every process; in an outage that is owed. */
    void bump() {
        for (ResilientStore store : stores.all()) {
            try {
                RowNamespace.bump(store, shards(store));
            } catch (BackendException e) {
                LOG.debug("What is cached is made dead as soon as the backend answers", e);
            }
        }
    }

    private List<Shard> shards(ResilientStore store) {
        List<Shard> shards = new ArrayList<>();
        rows.stream()
                .filter(r -> r.store() == store)
                .forEach(r -> shards.addAll(r.namespace().shards()));
        queries.stream()
                .filter(q -> q.store() == store)
                .forEach(q -> shards.addAll(q.namespace().shards()));
        return shards;
    }
}
