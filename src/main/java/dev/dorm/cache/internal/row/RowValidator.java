package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.key.RowId;
import dev.dorm.cache.internal.lifetime.Refreshes;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.loading.Loads;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.LargeEntries;
import dev.dorm.cache.internal.near.DecodedArrays;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.near.NearStamp;
import dev.dorm.cache.internal.near.Origin;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.OpenResult;
import dev.dorm.cache.internal.signing.Rejection;
import dev.dorm.cache.internal.store.ObservedState;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.ServerTimes;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what of a row that was read is served, and whether it is kept in this process. Thread-safe. */
final class RowValidator {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final RowNamespace rows;
    private final ResilientStore store;
    private final Counters counters;
    private final Envelope envelope;
    private final Supplier<RowCodec> codec;
    private final @Nullable NearRows near;
    private final Rejected rejected;
    private final LargeEntries large;
    private final Refreshes<Row> refreshes;
    private final Loads<Row> loads;

    /** What can be handed to many, of a backend in this process. */
    private final DecodedArrays<Decoded> decoded = new DecodedArrays<>();

    /**
     * An entry that was verified and decoded: of which row, and as which version's, it says itself. It ends soon from a moment of
     * the store's clock on, which this process's clock shows as another number.
     */
    private record Decoded(Row row, Object value, @Nullable Origin origin, long refreshedFrom, long soon) {

        /** Returns whether it does so for who began so early: a younger session comes as soon as it can be of use. */
        boolean endsSoon(TransactionStart began) {
            return refreshedFrom != Refreshes.NEVER && began.at() - soon >= 0;
        }
    }

    RowValidator(
            RowNamespace rows,
            Envelope envelope,
            Supplier<RowCodec> codec,
            @Nullable NearRows near,
            Rejected rejected,
            LargeEntries large,
            Refreshes<Row> refreshes) {
        this.rows = rows;
        this.store = rows.store();
        this.counters = rows.counters();
        this.envelope = envelope;
        this.codec = codec;
        this.near = near;
        this.rejected = rejected;
        this.large = large;
        this.refreshes = refreshes;
        this.loads = new Loads<>(counters, () -> store.backend().callTimeout());
    }

    /** Reads a row for a session, once more if another thread has loaded it meanwhile; null for a miss. Counts both. */
    @Nullable
    Object read(RowSession context, Row row) {
        long began = loads.now();
        Prefetch.Found found = context.prefetch().read(store, row, context.budget());
        Object value = accept(context, row, found);
        if (value != null
                || !isToBeFilled(found)
                || !loads.awaitOther(row, began, context, mayFill(context, row, found.state()))) {
            return value;
        }
        context.prefetch().renew();
        found = context.prefetch().read(store, row, context.budget());
        value = accept(context, row, found);
        if (value == null && isToBeFilled(found)) {
            loads.begin(row, context, mayFill(context, row, found.state()));
        }
        return value;
    }

    /**
     * Returns what a row holds for a session, and counts nothing, if it stands decoded in a store of this process; null when that is
     * for {@link #read} to say, as it is of a row that ends soon.
     */
    @Nullable
    Object live(RowSession context, LiveShard shard, RowId.Named named) {
        Decoded known = (Decoded) shard.get(named.key(), this);
        if (known == null || known.endsSoon(context.began())) {
            return null;
        }
        return taken(context, known);
    }

    /** Returns whether a row misses only until somebody has loaded it. */
    private static boolean isToBeFilled(Prefetch.@Nullable Found found) {
        return found != null
                && !found.state().shardLocked()
                && switch (found.state().kind()) {
                    case ABSENT, DEAD, TOMBSTONE -> true;
                    case ENTRY, UNREADABLE, LOCK -> false;
                };
    }

    /** Returns whether a session's put may be taken, as far as this process knows, so that others may wait for it. */
    private boolean mayFill(RowSession context, Row row, RowState state) {
        TransactionStart began = context.began();
        ObservedState.SeenRow seen = store.observed().inTheWay(row);
        return context.mayRefresh()
                && state.version() == store.observed().versionBefore(row.shard(), began)
                && (state.kind() != RowFormat.Kind.TOMBSTONE || seen != null && seen.before(began));
    }

    /** Returns what a row holds for a session, or null for a miss; counts either. Nothing was found in an outage. */
    private @Nullable Object accept(RowSession context, Row row, Prefetch.@Nullable Found found) {
        if (found == null) {
            return miss(Counter.MISS_OUTAGE);
        }
        RowState state = found.state();
        byte[] bytes = state.bytes();
        return switch (state.kind()) {
            // The envelope decides of what bears no mark: with insecure_unsigned it may be an unsigned entry.
            case ENTRY, UNREADABLE -> state.shardLocked() ? miss(Counter.MISS_LOCKED) : open(context, row, found);
            case TOMBSTONE -> inTheWay(row, bytes, Counter.MISS_TOMBSTONE);
            case LOCK -> miss(Counter.MISS_LOCKED);
            case DEAD -> miss(Counter.MISS_DEAD);
            case ABSENT -> miss(Counter.MISS_ABSENT);
        };
    }

    /** Returns whether a row holds an entry that can be verified, without counting it as read. */
    boolean contains(Row row) {
        Step.ReadRows step = new Step.ReadRows(List.of(row));
        Replies replies = store.tryRun(List.of(step), null);
        if (replies == null) {
            return false;
        }
        RowState state = replies.of(step).get(0);
        store.observed().sawVersion(row.shard(), state.version());
        store.observed().sawWrite(row.shard(), state.written());
        boolean entry = state.kind() == RowFormat.Kind.ENTRY || state.kind() == RowFormat.Kind.UNREADABLE;
        return entry
                && !state.shardLocked()
                && envelope.open(state.bytes(), state.version(), row.key()).accepted();
    }

    private @Nullable Object open(RowSession context, Row row, Prefetch.Found found) {
        RowState state = found.state();
        byte[] bytes = state.bytes();
        boolean held = state.kind() == RowFormat.Kind.ENTRY && store.backend().handsOutWhatItHolds();
        Decoded known = held ? decoded.get(bytes) : null;
        if (known != null && known.row.equals(row)) {
            return served(context, known, bytes, endsSoon(known));
        }
        OpenResult opened = envelope.open(bytes, state.version(), row.key());
        Rejection rejection = opened.rejection();
        if (rejection != null) {
            LOG.debug("An entry is rejected: {} {}", row.key(), rejection);
            counters.count(rejection);
            if (rejection == Rejection.TOO_LONG) {
                return tooLong(row, bytes.length);
            }
            return inTheWay(row, bytes, Counter.MISS_UNVERIFIED);
        }
        try {
            Object value = codec.get().decode(opened.bytes(), opened.offset(), opened.length(), context.session());
            Decoded made = decoded(row, value, bytes, state.version());
            if (held && codec.get().isShareable(value)) {
                decoded.put(bytes, made);
                live(made, bytes, state.version());
            }
            boolean endsSoon = endsSoon(made);
            if (!endsSoon) {
                keep(made, found.stamp());
            }
            return served(context, made, bytes, endsSoon);
        } catch (UndecodableException e) {
            LOG.debug("An entry cannot be decoded: {}", row.key(), e);
            rejected.add(row.id(), e);
            return inTheWay(row, bytes, Counter.MISS_UNDECODABLE);
        }
    }

    private Decoded decoded(Row row, Object value, byte[] bytes, long version) {
        long from = refreshes.from(bytes, version);
        ServerTimes times = store.observed().serverTimes();
        long left =
                from == Refreshes.NEVER ? 0 : from - times.micros(row.shard().versionKey());
        long soon = store.observed().now() + TimeUnit.MICROSECONDS.toNanos(left);
        return new Decoded(row, value, origin(bytes, value), from, soon);
    }

    /** Has a row served without a step from now on, where its store can do that. */
    private void live(Decoded made, byte[] bytes, long version) {
        LiveShard shard = rows.live();
        if (shard != null) {
            shard.put(made.row.key(), bytes, new LiveShard.Made(this, version, made));
        }
    }

    private @Nullable Object served(RowSession context, Decoded row, byte[] bytes, boolean endsSoon) {
        if (endsSoon && isToBeRefreshed(context, row, bytes)) {
            return miss(Counter.MISS_REFRESH);
        }
        counters.count(Counter.HIT);
        return taken(context, row);
    }

    private static Object taken(RowSession context, Decoded row) {
        if (row.origin != null) {
            context.knownRows().took(row.row, row.origin);
        }
        return row.value;
    }

    private boolean endsSoon(Decoded made) {
        return made.refreshedFrom != Refreshes.NEVER
                && store.observed().serverTimes().micros(made.row.shard().versionKey()) >= made.refreshedFrom;
    }

    /** Returns whether it is this session that loads it anew: one that may store what it loads. */
    private boolean isToBeRefreshed(RowSession context, Decoded row, byte[] bytes) {
        long now = store.observed().now();
        TransactionStart began = context.began();
        return context.mayRefresh()
                && context.onlyReads()
                && began.young(now, rows.lifetime().shortest())
                && refreshes.isTurn(row.row, bytes, now, began.at());
    }

    private @Nullable Origin origin(byte[] bytes, Object value) {
        String identity = codec.get().isWrittenInParts() ? RowFormat.identity(bytes) : null;
        return identity == null ? null : new Origin(identity, value);
    }

    /** Keeps a row in this process, if its value can be handed to many. */
    private void keep(Decoded made, @Nullable NearStamp stamp) {
        if (near != null && stamp != null && codec.get().isShareable(made.value)) {
            near.put(made.row, made.value, made.origin, stamp);
        }
    }

    /** Takes the entry away: nothing is put in its place, and each read of it would bring all its bytes. */
    private @Nullable Object tooLong(Row row, int length) {
        large.found(length);
        Completing.evict(rows, row);
        return miss(Counter.MISS_UNVERIFIED);
    }

    private @Nullable Object inTheWay(Row row, byte[] bytes, Counter miss) {
        store.observed().sawInTheWay(row, RowFormat.digest(bytes));
        return miss(miss);
    }

    private @Nullable Object miss(Counter counter) {
        counters.count(counter);
        return null;
    }
}
