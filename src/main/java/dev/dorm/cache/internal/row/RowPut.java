package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.lifetime.Refreshes;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.function.BooleanSupplier;

/** An entry that a transaction loaded or inserted, on its way into a row. The hash is of what it holds, without its stamp. */
record RowPut(
        RowNamespace rows,
        TransactionStart began,
        Step.PutRow step,
        boolean refresh,
        BooleanSupplier current,
        int bodyHash,
        Refreshes<Row> refreshes)
        implements PendingPut {

    @Override
    public ResilientStore store() {
        return rows.store();
    }

    @Override
    public Row row() {
        return step.row();
    }

    @Override
    public boolean inTime() {
        boolean young = began.young(store().observed().now(), rows.lifetime().shortest());
        if (!young) {
            rows.counters().count(Counter.PUT_REFUSED_TRANSACTION);
        }
        return young;
    }

    @Override
    public boolean isCurrent() {
        return current.getAsBoolean();
    }

    @Override
    public void invalidate(Batch batch, String token) {
        rows.addInvalidation(batch, row(), token);
    }

    @Override
    public boolean evicts() {
        return step.inserted() != null;
    }

    @Override
    public boolean awaited() {
        return evicts() || refresh;
    }

    @Override
    public void replied(Replies replies) {
        PutReply reply = replies.of(step);
        store().observed().sawVersion(row().shard(), reply.version());
        if (reply.outcome() == PutReply.Outcome.STORED) {
            refreshes.stored(row());
            store().observed().sawStanding(row(), step.version(), bodyHash, step.timeout());
        }
        if (reply.found() != null) {
            store().observed().sawInTheWay(row(), reply.found());
        }
        rows.counters().count(counter(reply.outcome()));
        if (refresh && reply.outcome() == PutReply.Outcome.PRESENT) {
            // The database was asked because the cache is not believed: what differs from its answer must not stay.
            Completing.evict(rows, row());
        }
    }

    private static Counter counter(PutReply.Outcome outcome) {
        return switch (outcome) {
            case STORED -> Counter.PUT;
            case VERSION -> Counter.PUT_REFUSED_VERSION;
            case SHARD_LOCKED, LOCKED -> Counter.PUT_REFUSED_LOCKED;
            case UNEXPECTED -> Counter.PUT_REFUSED_UNEXPECTED;
            case PRESENT, NOTHING -> Counter.PUT_REFUSED_PRESENT;
            case EVICTED -> Counter.INVALIDATION;
            case LATE -> Counter.PUT_REFUSED_TRANSACTION;
            case UNPROVEN -> Counter.PUT_REFUSED_UNPROVEN;
            case NO_MEMORY -> Counter.PUT_REFUSED_NO_MEMORY;
        };
    }
}
