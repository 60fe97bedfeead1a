package dev.dorm.cache.internal.query;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.codec.ResultCodec;
import dev.dorm.cache.internal.codec.ResultRows;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.lifetime.Refreshes;
import dev.dorm.cache.internal.loading.Loads;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.near.NearResult;
import dev.dorm.cache.internal.near.NearResults;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Stamp;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.cache.spi.QueryKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The results in one query region. Thread-safe. */
public final class CachedQueries {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final ResilientStore store;
    private final Counters counters;
    private final String name;
    private final SignedResults results;
    private final Lifetime lifetime;
    private final Refreshes<String> refreshes;
    private final QueryTables tables;
    private final @Nullable NearResults near;
    private final Loads<String> loads;
    private final QueryColumns columns = new QueryColumns();

    /**
     * Creates the results of a query region.
     *
     * @param store where they are kept
     * @param counters where their region counts
     * @param name the namespace, {@code dormqs:<region>}
     * @param envelope how they are signed
     * @param codec how they are encoded; asked when the mapping is complete
     * @param lifetime how long they live
     * @param own the time to live that the queries of this region ask for themselves, or null: results that live for
     *     different times are different results
     * @param tables which tables a query reads, and their clock
     * @param near their place in this process, or null; only where the clock stands in the same store
     */
    public CachedQueries(
            ResilientStore store,
            Counters counters,
            String name,
            Envelope envelope,
            Supplier<? extends ResultCodec> codec,
            Lifetime lifetime,
            @Nullable Duration own,
            QueryTables tables,
            @Nullable NearResults near) {
        this.near = near;
        this.store = store;
        this.counters = counters;
        this.name = name;
        this.results = new SignedResults(name, envelope, codec, own, counters);
        this.lifetime = lifetime;
        this.refreshes = new Refreshes<>(lifetime);
        this.tables = tables;
        this.loads = new Loads<>(counters, () -> store.backend().callTimeout());
        store.renewal().addQueries(name);
    }

    /**
     * Reads a result, together with what is known of the tables it reads, from this process if it is kept there; whether it
     * is still true is asked of {@link QueryTables#upToDate}.
     *
     * @param context the session's
     * @param key the query
     * @param holdsEntities whether the session holds entities, which Hibernate would not read again
     * @return what Hibernate stored, or null
     */
    public @Nullable Object get(QuerySession context, QueryKey key, boolean holdsEntities) {
        if (context.readsPast()) {
            return null;
        }
        if (!(near != null && store.servesKept()) && store.passedBy(context.budget())) {
            return miss(Counter.MISS_OUTAGE);
        }
        String digest = results.digest(context, key);
        if (digest == null) {
            return null;
        }
        context.queryReads().ask(digest, holdsEntities);
        String sql = results.codec().sql(key);
        Object kept = kept(context, digest, sql);
        return kept != null ? kept : fetch(context, digest, sql, false);
    }

    /** Returns a result that is kept in this process, with what was read of its tables when it was found true; null for none. */
    private @Nullable Object kept(QuerySession context, String digest, String sql) {
        if (near == null) {
            return null;
        }
        Shard shard = shard();
        String resultKey = shard.resultKey(store.observed().version(shard), digest);
        NearResult found = near.get(shard, resultKey);
        if (found == null || context.pending(resultKey) != null || !store.servesKept()) {
            return null;
        }
        context.queryReads().remember(sql, found.tables(), counters, true);
        return served(context, sql, results.codec().another(found.item()));
    }

    /** Reads it from the store; {@code again} after another thread has loaded it. */
    private @Nullable Object fetch(QuerySession context, String digest, String sql, boolean again) {
        List<String> reads = tables.of(sql);
        Shard shard = shard();
        long asked = loads.now();
        long version = store.observed().version(shard);
        String resultKey = shard.resultKey(version, digest);
        NearResults.Reading sent = near == null || !tables.mayBeNear(reads)
                ? null
                : near.reading(shard, resultKey, tables.clock().clock(), reads);
        QueryState state = read(context, shard, resultKey, reads);
        if (state == null) {
            return miss(Counter.MISS_OUTAGE);
        }
        context.queryReads().remember(sql, QueryReads.states(reads, state), counters, false);
        tables.clock().saw(state.clock());
        if (state.version() == 0) {
            seed(context, shard);
            return miss(Counter.MISS_ABSENT);
        }
        store.observed().sawVersion(shard, state.version());
        if (version == 0) {
            // Hibernate builds a named region when it is first used: its version was not known, and now it is.
            return fetch(context, digest, sql, again);
        }
        byte[] pending = context.pending(resultKey);
        byte[] result = pending == null ? state.result() : pending;
        if (state.version() != version) {
            return miss(Counter.MISS_DEAD);
        }
        if (result == null) {
            counters.count(Counter.MISS_ABSENT);
            boolean fills = context.mayRefresh() && version == store.observed().versionBefore(shard, context.began());
            if (again) {
                loads.begin(resultKey, context, fills);
                return null;
            }
            return loads.awaitOther(resultKey, asked, context, fills) ? fetch(context, digest, sql, true) : null;
        }
        boolean held = pending == null && store.backend().handsOutWhatItHolds();
        Object item = results.open(digest, resultKey, version, result, held, this::takeAway);
        if (item == null) {
            return null;
        }
        boolean endsSoon = pending == null && endsSoon(version, result);
        if (endsSoon && isToBeRefreshed(context, resultKey, result)) {
            return miss(Counter.MISS_REFRESH);
        }
        if (near != null
                && sent != null
                && pending == null
                && !endsSoon
                && results.codec().isShareable(item)) {
            context.queryReads().keep(states -> near.put(sent, item, states));
        }
        return served(context, sql, item);
    }

    private Object served(QuerySession context, String sql, Object item) {
        ResultRows rows = results.codec().rows(item);
        context.queryReads().open(new ResultEntities(sql, rows, columns), rows.tables());
        return item;
    }

    private boolean endsSoon(long version, byte[] result) {
        return store.observed().serverTimes().micros(shard().versionKey()) >= refreshes.from(result, version);
    }

    /** Returns whether it is this session that loads a result anew, since it ends soon. */
    private boolean isToBeRefreshed(QuerySession context, String resultKey, byte[] result) {
        long now = store.observed().now();
        long began = context.began().at();
        return context.mayRefresh() && refreshes.isTurn(resultKey, result, now, began);
    }

    /** A result has a key of its own, which nothing else is ever stored under: it goes without a step, and unwaited for. */
    private void takeAway(String resultKey) {
        try {
            var unused = store.backend().deleteAsync(resultKey);
        } catch (BackendException e) {
            LOG.debug("A query result that is too large is not taken away: {}", resultKey, e);
        }
    }

    /** Reads the result and the tables in one step, unless they are kept on different backends. */
    private @Nullable QueryState read(QuerySession context, Shard shard, String resultKey, List<String> reads) {
        QueryClock clock = tables.clock();
        boolean together = clock.store() == store;
        Step.ReadQuery step = new Step.ReadQuery(shard, resultKey, clock.clock(), together ? reads : List.of());
        Replies replies = store.tryRun(List.of(step), context.budget());
        if (replies == null) {
            return null;
        }
        QueryState state = replies.of(step);
        return together ? state : new QueryState(state.version(), 0, state.result(), List.of());
    }

    /**
     * Caches a result when the transaction completes.
     *
     * @param context the session's
     * @param key the query
     * @param result what Hibernate wants stored, dated with the session's timestamp
     */
    public void put(QuerySession context, QueryKey key, Object result) {
        if (context.readsPast() || store.passedBy(context.budget())) {
            return;
        }
        if (!context.mayFill()) {
            counters.count(Counter.PUT_REFUSED_TRANSACTION);
            return;
        }
        String digest = results.digest(context, key);
        Shard shard = shard();
        TransactionStart began = context.began();
        long version = store.observed().versionBefore(shard, began);
        if (digest == null || version == 0) {
            counters.count(Counter.PUT_REFUSED_VERSION);
            return;
        }
        if (context.queryReads().mayLack(digest) && !results.codec().isWhole(key, result)) {
            counters.count(Counter.PUT_REFUSED_INCOMPLETE);
            return;
        }
        byte[] body = results.encode(digest, context, key, result);
        if (body == null) {
            return;
        }
        String resultKey = shard.resultKey(version, digest);
        String stamp = Stamp.at(store.observed().serverTimes().micros(shard.versionKey()));
        Step.PutQuery step =
                new Step.PutQuery(resultKey, results.seal(version, stamp, resultKey, body), lifetime.next());
        if (!context.put(new QueryPut(store, counters, step))) {
            boolean there = context.pending(resultKey) != null;
            counters.count(there ? Counter.PUT_REFUSED_PRESENT : Counter.PUT_REFUSED_TRANSACTION);
        }
    }

    /** Makes every result of the region dead at once. */
    public void evictAll() {
        Step.BumpVersion step = new Step.BumpVersion(shard());
        Replies replies = store.invalidate(List.of(step), null);
        if (replies != null) {
            store.bumped(step.shard(), replies.of(step));
        }
    }

    /** Returns the region's namespace, as it is laid out on the current backend. */
    public Namespace namespace() {
        return store.namespace(name);
    }

    /** Returns where the results are kept. */
    public ResilientStore store() {
        return store;
    }

    /** Gives a region its first version; as none was there, none was bumped since this transaction began. */
    private void seed(QuerySession context, Shard shard) {
        Step.ReadVersion step = new Step.ReadVersion(shard);
        Replies replies = store.tryRun(List.of(step), context.budget());
        if (replies != null) {
            store.observed().seededVersion(shard, replies.of(step), context.began());
        }
    }

    /** A query region stands in one shard: its results are spread over the cluster by their own keys' tags alone. */
    private Shard shard() {
        return namespace().shards().get(0);
    }

    private @Nullable Object miss(Counter counter) {
        counters.count(counter);
        return null;
    }
}
