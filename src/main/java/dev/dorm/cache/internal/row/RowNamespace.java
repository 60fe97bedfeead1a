package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.live.LiveStore;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Stamp;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.ResilientStore;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of an entity, a collection role or a natural id are kept, and how. Two are the same if they are one
 * object. Thread-safe.
 */
public final class RowNamespace {

    private final ResilientStore store;
    private final Counters counters;
    private final String name;
    private final Envelope envelope;
    private final Lifetime lifetime;
    private final boolean strict;
    private volatile @Nullable Laid laid;

    /** How the namespace is laid out on a backend, and its rows there, if they are read without a step. */
    private record Laid(Backend backend, Namespace layout, @Nullable LiveShard live) {}

    /**
     * Creates a namespace.
     *
     * @param store where its rows are kept
     * @param counters where its region counts
     * @param name {@code dormqs:<region>}
     * @param envelope how they are signed
     * @param lifetime how long they live
     * @param strict whether a write must fail when its row cannot be locked
     */
    RowNamespace(
            ResilientStore store,
            Counters counters,
            String name,
            Envelope envelope,
            Lifetime lifetime,
            boolean strict) {
        this.store = store;
        this.counters = counters;
        this.name = name;
        this.envelope = envelope;
        this.lifetime = lifetime;
        this.strict = strict;
    }

    /** Returns its layout on the current backend. */
    public Namespace layout() {
        return laid().layout;
    }

    private Laid laid() {
        Backend current = store.backend();
        Laid known = laid;
        if (known == null || known.backend != current) {
            Namespace layout = store.namespace(name);
            LiveShard live =
                    current instanceof LiveStore held && layout.shards().size() == 1
                            ? held.live(layout.shards().get(0))
                            : null;
            known = new Laid(current, layout, live);
            laid = known;
        }
        return known;
    }

    /** Returns its rows on the current backend, if they are read without a step. */
    @Nullable
    LiveShard live() {
        return laid().live;
    }

    /** Returns whether reading a row costs a round trip, so that others are to come along with it. */
    public boolean isFar() {
        return !store.backend().handsOutWhatItHolds();
    }

    /** Returns a row of it. */
    public Row row(String id) {
        return layout().row(id);
    }

    /** Returns where its rows are kept. */
    public ResilientStore store() {
        return store;
    }

    Counters counters() {
        return counters;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    boolean strict() {
        return strict;
    }

    /** Seals a body that is written at a time of the store's, in microseconds. */
    byte[] seal(Row row, long version, long micros, RowBody body) {
        return envelope.seal(version, Stamp.at(micros, body.version()), row.key(), body.bytes());
    }

    /** Adds the end of what a row holds, which nobody has locked. */
    public void addInvalidation(Batch batch, Row row, String token) {
        addUnlock(batch, Step.invalidate(row, token), true);
    }

    /** Adds the lock of a row that was to be invalidated, after a commit of which nobody knows whether it comes. */
    public void addLockInDoubt(Batch batch, Row row, String token) {
        batch.addInDoubt(store, lockInDoubt(row, token), Step.invalidate(row, token));
    }

    private Batch.Sent lockInDoubt(Row row, String token) {
        Step.LockRow step = new Step.LockRow(
                row, token, null, Batch.latestNow(store, row.shard().versionKey()));
        Predicate<Replies> replied = replies -> {
            boolean taken = replies.of(step).version() != 0;
            if (taken) {
                counters.count(Counter.LOCK);
            }
            return taken;
        };
        return new Batch.Sent(step, replied, false, true, () -> lockInDoubt(row, token));
    }

    /** Adds the release of a row; it is waited for unless the lock stands until it comes. */
    void addUnlock(Batch batch, Step.UnlockRow step, boolean awaited) {
        batch.add(store, step, awaited, replies -> {
            boolean stored = replies.of(step);
            counters.count(stored ? Counter.PUT : Counter.INVALIDATION);
            if (!stored) {
                long write = replies.moment(step).written();
                store.observed().sawInTheWay(step.row(), RowFormat.digest(RowFormat.tombstone(step.token(), write)));
            }
        });
    }

    /**
     * Makes everything in some shards dead at once.
     *
     * @param store where they are
     * @param shards the shards
     * @return the sum of their new versions
     * @throws BackendException in an outage; the bumps are owed then, as other invalidations are
     */
    public static long bump(ResilientStore store, List<Shard> shards) {
        List<Step.BumpVersion> steps =
                shards.stream().map(Step.BumpVersion::new).toList();
        Replies replies = store.invalidate(steps, null);
        if (replies == null) {
            throw new BackendException(
                    "the cache '" + store.alias() + "' does not answer: the bump is owed, and made as soon as it does");
        }
        steps.forEach(step -> store.bumped(step.shard(), replies.of(step)));
        return steps.stream().mapToLong(replies::of).sum();
    }
}
