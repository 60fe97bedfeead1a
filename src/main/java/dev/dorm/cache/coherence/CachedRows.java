package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.codec.RowCodec;
import dev.dorm.cache.signing.Envelope;
import dev.dorm.cache.signing.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** The rows of one namespace: an entity's, a collection role's, or a natural id's. Thread-safe. */
public final class CachedRows {

    private final Store store;
    private final String name;
    private final Envelope envelope;
    private final Duration ttl;
    private final boolean strict;
    private final @Nullable NearRows near;
    private final Acceptance acceptance;
    private final RowEncoder encoder;

    /**
     * Creates the rows of a namespace.
     *
     * @param store where they are kept
     * @param name the namespace, {@code dormqs:<region>}
     * @param envelope how they are signed
     * @param codec how they are encoded; asked when the mapping is complete
     * @param ttl how long they live; {@link Duration#ZERO} means until invalidated
     * @param strict whether a write must fail when its row cannot be locked
     * @param near their place in this process, or null
     */
    public CachedRows(
            Store store,
            String name,
            Envelope envelope,
            Supplier<RowCodec> codec,
            Duration ttl,
            boolean strict,
            @Nullable NearRows near) {
        this.near = near;
        this.acceptance = new Acceptance(store, envelope, codec, near);
        this.store = store;
        this.name = name;
        this.envelope = envelope;
        this.encoder = new RowEncoder(codec);
        this.ttl = ttl;
        this.strict = strict;
        store.renewal().add(name);
    }

    /**
     * Returns the namespace.
     *
     * @return its layout on the current backend
     */
    public Namespace namespace() {
        return store.namespace(name);
    }

    /**
     * Returns where the rows are kept.
     *
     * @return the store
     */
    public Store store() {
        return store;
    }

    Duration ttl() {
        return ttl;
    }

    boolean strict() {
        return strict;
    }

    /** Seals a body that is written at a time of the store's, in microseconds. */
    byte[] seal(Row row, long version, long micros, byte[] body) {
        return envelope.seal(version, Stamp.at(micros), row.key(), body);
    }

    /**
     * Reads a row, from this process if it is kept there.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return what Hibernate stored there, or null
     */
    public @Nullable Object get(SessionContext context, @Nullable String id) {
        Object kept = kept(context, id);
        return kept != null ? kept : fetch(context, id);
    }

    /**
     * Returns whether rows may be kept in this process, where they are served for a while after another has changed them.
     *
     * @return whether there is a near tier for them
     */
    public boolean mayBeKept() {
        return near != null;
    }

    /**
     * Reads a row without a round trip, if it is kept in this process.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return what Hibernate stored there, or null when that is for {@link #fetch} to say
     */
    public @Nullable Object kept(SessionContext context, @Nullable String id) {
        if (near == null || id == null) {
            return null;
        }
        Row row = namespace().row(id);
        Object value = near.get(row);
        if (value == null || context.holds(this, row) || !store.servesKept()) {
            return null;
        }
        count(Counter.HIT);
        count(Counter.NEAR_HIT);
        return value;
    }

    /**
     * Reads a row from the backend.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return what Hibernate stored there, or null
     */
    public @Nullable Object fetch(SessionContext context, @Nullable String id) {
        if (id == null) {
            return miss(Counter.MISS_ABSENT);
        }
        Row row = row(id);
        if (context.holds(this, row)) {
            count(Counter.MISS_LOCKED);
            return null;
        }
        context.beforeRead(row);
        Prefetch.Found found = context.prefetch().read(store, row, context.trial());
        return found == null ? miss(Counter.MISS_OUTAGE) : acceptance.accept(context, row, found);
    }

    /** Returns a row that is about to be read; the near tier listens for it from then on. */
    private Row row(String id) {
        Namespace namespace = namespace();
        if (near != null) {
            near.meet(namespace);
        }
        return namespace.row(id);
    }

    /**
     * Returns whether a read would be passed by now, for an outage, and counts it as such: so that nothing is made ready
     * for it.
     *
     * @param context the reading session's
     * @return true when {@link #get} would return null
     */
    public boolean missesForOutage(SessionContext context) {
        boolean passed = store.passedBy(context.trial());
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
    public void announce(SessionContext context, @Nullable String id) {
        if (id != null) {
            Row row = row(id);
            boolean kept = near != null && near.get(row) != null && store.servesKept();
            if (!kept && !context.holds(this, row)) {
                context.prefetch().announce(store, row);
            }
        }
    }

    /**
     * Returns whether a session is about to read a row, or has it from a reading of several.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return true when {@link #announce} was called for it, and it has not been read since
     */
    public boolean isAnnounced(SessionContext context, @Nullable String id) {
        if (id == null) {
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
        if (id == null) {
            return false;
        }
        Row row = namespace().row(id);
        RowState state = read(row, null);
        return state != null
                && (state.kind() == RowState.Kind.ENTRY || state.kind() == RowState.Kind.UNREADABLE)
                && !state.shardLocked()
                && envelope.open(state.bytes(), state.version(), row.key()).accepted();
    }

    private @Nullable RowState read(Row row, @Nullable Trial trial) {
        Step.ReadRows step = new Step.ReadRows(List.of(row));
        Replies replies = store.tryRun(List.of(step), trial);
        if (replies == null) {
            return null;
        }
        RowState state = replies.of(step).get(0);
        store.knowledge().sawVersion(row.shard(), state.version());
        store.knowledge().sawWrite(row.shard(), state.written());
        return state;
    }

    private @Nullable Object miss(Counter counter) {
        count(counter);
        return null;
    }

    /**
     * Caches what a transaction has loaded or inserted, when it completes.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @param value what Hibernate wants stored
     * @param refresh whether an entry that differs must not stay: {@code CacheStoreMode.REFRESH}
     * @return false when it is known already that it cannot be cached
     */
    public boolean put(SessionContext context, @Nullable String id, Object value, boolean refresh) {
        if (id == null) {
            return refused(Counter.PUT_REFUSED_UNSUPPORTED);
        }
        Row row = namespace().row(id);
        Began began = context.began();
        long version = store.knowledge().versionBefore(row.shard(), began);
        Knowledge.SeenRow seen = store.knowledge().inTheWay(row);
        if (context.holds(this, row)) {
            return refused(Counter.PUT_REFUSED_LOCKED);
        }
        if (!context.mayFill()) {
            return refused(Counter.PUT_REFUSED_TRANSACTION);
        }
        ServerTimes times = store.knowledge().serverTimes();
        String place = row.shard().versionKey();
        if (version == 0 || times.micros(place) == 0) {
            learn(row, context.trial());
            return refused(Counter.PUT_REFUSED_VERSION);
        }
        if (seen != null && !seen.before(began)) {
            return refused(Counter.PUT_REFUSED_UNEXPECTED);
        }
        if (store.passedBy(context.trial())) {
            return false;
        }
        byte[] body = encoder.encode(value);
        if (body == null) {
            return refused(Counter.PUT_REFUSED_UNSUPPORTED);
        }
        String expected = seen == null ? null : seen.digest();
        byte[] entry = seal(row, version, times.micros(place), body);
        long written = store.knowledge().writeBefore(row.shard(), began);
        long latest = times.at(place, began.end(ttl));
        Step.PutRow step = new Step.PutRow(row, version, written, entry, ttl, expected, refresh, latest);
        return context.put(new RowPut(this, began, step, refresh)) || refused(Counter.PUT_REFUSED_TRANSACTION);
    }

    /** Asks for a version that this process has never seen, when a transaction loaded a row without reading it. */
    private void learn(Row row, @Nullable Trial trial) {
        Knowledge known = store.knowledge();
        if (known.version(row.shard()) == 0
                || known.serverTimes().micros(row.shard().versionKey()) == 0) {
            store.learn(List.of(row.shard()), trial);
        }
    }

    /**
     * Locks a row that the session is about to change.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return the lock
     */
    public @Nullable SoftLock lock(SessionContext context, @Nullable String id) {
        return id == null ? null : context.lock(this, namespace().row(id));
    }

    /**
     * Releases a row's lock when the transaction completes.
     *
     * @param context the session's
     * @param lock the lock
     * @param value what the row holds if the transaction commits; null for nothing that may be cached
     * @return whether a value is to be cached
     */
    public boolean unlock(SessionContext context, SoftLock lock, @Nullable Object value) {
        byte[] body = value == null ? null : encoder.encode(value);
        context.unlock((RowLock) lock, body);
        return body != null;
    }

    /**
     * Invalidates a row, which nobody locked, when the transaction completes.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     */
    public void invalidate(SessionContext context, @Nullable String id) {
        if (id != null) {
            context.invalidate(this, namespace().row(id));
        }
    }

    /**
     * Invalidates a row at once, or with the transaction that this thread is completing.
     *
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     */
    public void evict(@Nullable String id) {
        SessionContext completing = SessionContext.completing();
        if (id == null) {
            return;
        }
        if (completing != null) {
            completing.invalidate(this, namespace().row(id));
            return;
        }
        Batch batch = new Batch();
        batch.invalidate(this, Step.invalidate(namespace().row(id), Tokens.next()));
        batch.sendAfterCompletion();
    }

    /** Makes every row dead at once. */
    public void evictAll() {
        Batch batch = new Batch();
        namespace().shards().forEach(shard -> batch.bump(store, shard));
        batch.sendAfterCompletion();
    }

    /**
     * Locks all rows for a bulk write, before it is executed: the lock stands before the write can commit.
     *
     * @return the lock
     */
    public SoftLock lockAll() {
        return RegionLock.ask(this);
    }

    /**
     * Unlocks all rows after a bulk write has completed.
     *
     * @param lock the lock
     */
    public void unlockAll(SoftLock lock) {
        RegionLock region = (RegionLock) lock;
        if (!region.adopted()) {
            region.adopt();
            Batch batch = new Batch();
            batch.unlock(region, true);
            batch.sendAfterCompletion();
        }
    }

    private boolean refused(Counter counter) {
        count(counter);
        return false;
    }

    private void count(Counter counter) {
        store.counters().count(counter);
    }
}
