package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.lifetime.Refreshes;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.ObservedState;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.ServerTimes;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decides whether what a transaction has loaded or inserted may fill a row, as far as this process knows. Thread-safe. */
final class RowPuts {

    private final RowNamespace rows;
    private final ResilientStore store;
    private final RowEncoder encoder;
    private final Refreshes<Row> refreshes;

    RowPuts(RowNamespace rows, RowEncoder encoder, Refreshes<Row> refreshes) {
        this.rows = rows;
        this.store = rows.store();
        this.encoder = encoder;
        this.refreshes = refreshes;
    }

    boolean put(
            RowSession context,
            @Nullable String id,
            Object value,
            boolean refresh,
            BooleanSupplier current,
            @Nullable String inserted) {
        if (id == null) {
            return refused(Counter.PUT_REFUSED_UNSUPPORTED);
        }
        if (context.readsPast()) {
            return false;
        }
        Row row = rows.row(id);
        TransactionStart began = context.began();
        long version = store.observed().versionBefore(row.shard(), began);
        ObservedState.SeenRow seen = store.observed().inTheWay(row);
        if (context.holds(rows, row)) {
            return refused(Counter.PUT_REFUSED_LOCKED);
        }
        if (!context.mayFill()) {
            return refused(Counter.PUT_REFUSED_TRANSACTION);
        }
        ServerTimes times = store.observed().serverTimes();
        String place = row.shard().versionKey();
        if (version == 0 || times.micros(place) == 0) {
            learn(row, context.budget());
            return refused(Counter.PUT_REFUSED_VERSION);
        }
        if (seen != null && !seen.before(began)) {
            return refused(Counter.PUT_REFUSED_UNEXPECTED);
        }
        if (store.passedBy(context.budget())) {
            return false;
        }
        RowBody body = encoder.encode(value, row, context);
        if (body == null) {
            return refused(Counter.PUT_REFUSED_UNSUPPORTED);
        }
        if (encoder.refuses(body)) {
            return false;
        }
        int hash = Arrays.hashCode(body.bytes());
        // What it has written itself may yet be undone, to a savepoint, though it commits: that replaces nothing.
        boolean reads = inserted == null && context.onlyReads();
        String refreshed = reads ? refreshes.replaceable(row, began.at()) : null;
        String expected = seen == null ? refreshed : seen.digest();
        if (inserted == null
                && !refresh
                && refreshed == null
                && store.observed().stands(row, version, hash)) {
            context.put(new Standing(rows, row, current));
            return refused(Counter.PUT_REFUSED_STANDING);
        }
        byte[] entry = rows.seal(row, version, times.micros(place), body);
        long written = store.observed().writeBefore(row.shard(), began);
        long latest = times.at(place, began.end(rows.lifetime().shortest()));
        Step.PutRow step = new Step.PutRow(
                row, version, written, entry, rows.lifetime().next(), expected, refresh, inserted, latest, reads);
        RowPut put = new RowPut(rows, began, step, refresh, current, hash, refreshes);
        return context.put(put) || refused(Counter.PUT_REFUSED_TRANSACTION);
    }

    /** What is not put since it stands; it must go all the same if the transaction leaves a later version of it. */
    private record Standing(RowNamespace rows, Row row, BooleanSupplier current) implements PendingPut {

        @Override
        public ResilientStore store() {
            return rows.store();
        }

        @Override
        public boolean isCurrent() {
            return current.getAsBoolean();
        }

        @Override
        public void invalidate(Batch batch, String token) {
            rows.addInvalidation(batch, row, token);
        }

        /** Returns that there is nothing to send. */
        @Override
        public boolean inTime() {
            return false;
        }

        @Override
        public Step<?> step() {
            throw new UnsupportedOperationException("it is not put");
        }

        @Override
        public void replied(Replies replies) {
            throw new UnsupportedOperationException("it is not put");
        }
    }

    /** Asks for a version that this process has never seen, when a transaction loaded a row without reading it. */
    private void learn(Row row, @Nullable OutageBudget budget) {
        ObservedState known = store.observed();
        if (known.version(row.shard()) == 0
                || known.serverTimes().micros(row.shard().versionKey()) == 0) {
            store.learn(List.of(row.shard()), budget);
        }
    }

    private boolean refused(Counter counter) {
        rows.counters().count(counter);
        return false;
    }
}
