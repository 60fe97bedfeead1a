package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.key.RowId;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.lifetime.Refreshes;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.LargeEntries;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.Tokens;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** The rows of one namespace: an entity's, a collection role's, or a natural id's. Thread-safe. */
public final class CachedRows {

    private final RowNamespace rows;
    private final ResilientStore store;
    private final Counters counters;
    private final RowValidator acceptance;
    private final KeptRows kept;
    private final RowPuts puts;
    private final RowWrites writes;

    /**
     * Creates the rows of a namespace.
     *
     * @param store where they are kept
     * @param counters where their region counts
     * @param name the namespace, {@code dormqs:<region>}
     * @param envelope how they are signed
     * @param codec how they are encoded; asked when the mapping is complete
     * @param lifetime how long they live
     * @param strict whether a write must fail when its row cannot be locked
     * @param near their place in this process, or null
     */
    public CachedRows(
            ResilientStore store,
            Counters counters,
            String name,
            Envelope envelope,
            Supplier<RowCodec> codec,
            Lifetime lifetime,
            boolean strict,
            @Nullable NearRows near) {
        this.counters = counters;
        this.store = store;
        this.rows = new RowNamespace(store, counters, name, envelope, lifetime, strict);
        Rejected rejected = new Rejected(counters);
        LargeEntries large = new LargeEntries(name, counters, envelope.limit());
        Refreshes<Row> refreshes = new Refreshes<>(lifetime);
        this.acceptance = new RowValidator(rows, envelope, codec, near, rejected, large, refreshes);
        this.kept = new KeptRows(rows, near, acceptance);
        RowEncoder encoder = new RowEncoder(name, codec, rejected, large);
        this.puts = new RowPuts(rows, encoder, refreshes);
        this.writes = new RowWrites(rows, encoder);
        store.renewal().add(name);
    }

    /**
     * Returns the namespace.
     *
     * @return its layout on the current backend
     */
    public Namespace namespace() {
        return rows.layout();
    }

    /** Returns where the rows are kept. */
    public ResilientStore store() {
        return store;
    }

    /** Returns how and where the rows are kept. */
    public RowNamespace rows() {
        return rows;
    }

    /**
     * Reads a row, from this process if it is kept there.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return what Hibernate stored there, or null
     */
    public @Nullable Object get(RowSession context, @Nullable String id) {
        Object found = kept.get(context, id == null ? null : new RowId(id));
        return found != null ? found : fetch(context, id);
    }

    /** Returns what of the rows is read without a step. */
    public KeptRows kept() {
        return kept;
    }

    /**
     * Reads a row from the backend.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return what Hibernate stored there, or null
     */
    public @Nullable Object fetch(RowSession context, @Nullable String id) {
        if (id == null) {
            count(Counter.MISS_ABSENT);
            return null;
        }
        if (context.readsPast()) {
            return null;
        }
        Row row = row(id);
        if (context.hides(rows, row)) {
            count(Counter.MISS_LOCKED);
            return null;
        }
        context.beforeRead(row);
        return acceptance.read(context, row);
    }

    /** Returns a row that is about to be read; the near tier listens for it from then on. */
    private Row row(String id) {
        Namespace namespace = namespace();
        kept.meet(namespace);
        return namespace.row(id);
    }

    /**
     * Returns whether a read would be passed by now, for an outage, and counts it as such: so that nothing is made ready
     * for it.
     *
     * @param context the reading session's
     * @return true when {@link #get} would return null
     */
    public boolean missesForOutage(RowSession context) {
        boolean passed = store.passedBy(context.budget());
        if (passed) {
            count(Counter.MISS_OUTAGE);
        }
        return passed;
    }

    /**
     * Says that a session is about to read a row: when it reads the first of those announced, the others come along.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     */
    public void announce(RowSession context, @Nullable String id) {
        if (id != null && canAnnounce(context, id)) {
            context.prefetch().announce(store, row(id));
        }
    }

    private boolean canAnnounce(RowSession context, String id) {
        Row row = namespace().row(id);
        return !context.readsPast() && !context.hides(rows, row) && !kept.isNear(row);
    }

    /**
     * Announces a row that the session is likely to read before its transaction completes: when it has come along, it waits.
     *
     * @param context as {@link #announce}
     * @param id as {@link #announce}
     * @param owned whether it may only be served with the owner that it came with
     */
    public void expect(RowSession context, @Nullable String id, boolean owned) {
        if (id != null && canAnnounce(context, id)) {
            context.prefetch().expect(store, row(id), owned);
        }
    }

    /**
     * Returns whether a session is about to read a row, or has it from a reading of several.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return true when {@link #announce} was called for it, and it has not been read since
     */
    public boolean isAnnounced(RowSession context, @Nullable String id) {
        if (id == null || context.readsPast()) {
            return true;
        }
        Row row = namespace().row(id);
        context.beforeRead(row);
        return context.prefetch().knows(row);
    }

    /**
     * Returns whether a row holds an entry that can be verified.
     *
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return true when {@link #get} would find it
     */
    public boolean contains(@Nullable String id) {
        return id != null && acceptance.contains(namespace().row(id));
    }

    /**
     * Caches what a transaction has loaded, when it completes.
     *
     * @param context the session's
     * @param id the row's rendered id, or null
     * @param value what Hibernate wants stored
     * @param refresh whether an entry that differs must not stay
     * @return as {@link #put(RowSession, String, Object, boolean, BooleanSupplier)}
     */
    public boolean put(RowSession context, @Nullable String id, Object value, boolean refresh) {
        return put(context, id, value, refresh, Boolean.TRUE::booleanValue);
    }

    /**
     * Caches what a transaction has loaded, when it completes.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @param value what Hibernate wants stored
     * @param refresh whether an entry that differs must not stay: {@code CacheStoreMode.REFRESH}
     * @param current tells at completion whether the value is still what the transaction leaves; else the row is invalidated
     * @return false when it is known already that it cannot be cached
     */
    public boolean put(
            RowSession context, @Nullable String id, Object value, boolean refresh, BooleanSupplier current) {
        return puts.put(context, id, value, refresh, current, null);
    }

    /**
     * Caches what a transaction has inserted, when it completes.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @param value what Hibernate wants stored
     * @return false when it is known already that it cannot be cached, or nothing proves that it is what the database holds
     */
    public boolean putInserted(RowSession context, @Nullable String id, Object value) {
        return id != null
                && context.knownRows().provesInserted(rows.row(id))
                && puts.put(context, id, value, false, Boolean.TRUE::booleanValue, Tokens.next());
    }

    /** Returns what writes to the rows. */
    public RowWrites writes() {
        return writes;
    }

    /**
     * Asks for locks on all rows, which stand before the write that they are for can commit.
     *
     * @param all of what
     * @return the locks
     */
    public static SoftLock lockAll(List<CachedRows> all) {
        return RegionLocks.ask(all.stream().map(CachedRows::rows).toList());
    }

    private void count(Counter counter) {
        counters.count(counter);
    }
}
