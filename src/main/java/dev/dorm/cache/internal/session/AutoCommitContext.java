package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.row.PendingPut;
import dev.dorm.cache.internal.row.Proof;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.row.RowNamespace;
import dev.dorm.cache.internal.row.RowSession;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.Tokens;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A session outside a transaction, whose statements commit by themselves: each step is sent at once. What a stateless
 * session has locked for a write is released when the write is over: with it, with a later one, or at the end of the
 * session.
 */
final class AutoCommitContext implements WriteContext {

    private final SharedSessionContractImplementor session;
    private final PendingWork pendingWork;
    private final QueryClock clock;
    private final BooleanSupplier inTransaction;
    private boolean ending;

    AutoCommitContext(
            SharedSessionContractImplementor session,
            PendingWork pendingWork,
            QueryClock clock,
            BooleanSupplier inTransaction) {
        this.session = session;
        this.pendingWork = pendingWork;
        this.clock = clock;
        this.inTransaction = inTransaction;
    }

    @Override
    public @Nullable OutageBudget budget() {
        return null;
    }

    @Override
    public RowLock lock(RowSession owner, RowNamespace rows, Row row, Proof proof) {
        // Each lock is released by itself, and must not be taken out by what releases another.
        RowLock lock = pendingWork.lock(owner, rows, row, Tokens.next(), proof);
        if (lock.wanting(clock.now())) {
            Batch batch = new Batch();
            lock.addLock(batch);
            batch.sendBeforeCommit();
            if (session instanceof StatelessSession) {
                finishAtTheEnd();
            }
        }
        return lock;
    }

    @Override
    public void release(RowLock lock, @Nullable OutageBudget budget) {
        Batch batch = new Batch(budget);
        lock.addUnlock(batch, true);
        batch.sendAfterCompletion();
    }

    @Override
    public void invalidate(RowNamespace rows, Row row) {
        Batch batch = new Batch();
        rows.addInvalidation(batch, row, Tokens.next());
        batch.sendAfterCompletion();
    }

    @Override
    public boolean put(PendingPut put) {
        Batch batch = new Batch();
        batch.put(put);
        batch.sendAfterCompletion();
        pendingWork.loads().end(put.key());
        return true;
    }

    @Override
    public void lockTables(Collection<String> tables) {
        pendingWork.tables().add(tables);
        Batch batch = new Batch();
        pendingWork.tables().lock(batch, clock);
        batch.sendBeforeCommit();
    }

    @Override
    public void unlockTables(Collection<String> tables) {
        pendingWork.tables().add(tables);
        Batch batch = new Batch();
        pendingWork.tables().release(batch, clock);
        batch.sendAfterCompletion();
    }

    @Override
    public void adopt(RegionLocks asked) {
        // Hibernate unlocks a stateless session's before its statement, and others with the next transaction.
        asked.take(null);
        pendingWork.add(asked.adopted());
        finishAtTheEnd();
    }

    /** Takes note that a row was written, which a stateless session can do here. */
    void written(RowNamespace rows, Row row) {
        if (!(session instanceof StatelessSession)) {
            return;
        }
        if (SingleWrites.isOver(session)) {
            finish();
        } else {
            if (!pendingWork.holds(rows, row)) {
                pendingWork.hold(rows, row);
            }
            finishAtTheEnd();
        }
    }

    /** Takes note that more than one row was written. */
    void writtenInBulk() {
        if (session instanceof StatelessSession && SingleWrites.isOver(session)) {
            finish();
        }
    }

    private void finishAtTheEnd() {
        if (!ending) {
            ending = true;
            SingleWrites.atTheEnd(session, this::finish);
        }
    }

    private void finish() {
        if (!inTransaction.getAsBoolean() && !pendingWork.isEmpty()) {
            Batch batch = new Batch();
            pendingWork.settle(batch, true, clock);
            pendingWork.forgetToken();
            batch.sendAfterCompletion();
        }
    }
}
