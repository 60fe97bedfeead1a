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
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A session in a transaction: locks are collected and sent together just before the database commits, or beside its last
 * statement, and unlocks, new values and puts together when it has. What comes between the two is sent at once.
 */
final class TransactionContext implements WriteContext {

    private final PendingWork pendingWork;
    private final QueryClock clock;
    private final OutageBudget budget = new OutageBudget();
    private final EarlyLocks early;
    private boolean completing;

    /** Whatever the cache had to be told is told, so that the commit is the database's affair from here on. */
    private boolean committing;

    TransactionContext(PendingWork pendingWork, QueryClock clock) {
        this.pendingWork = pendingWork;
        this.clock = clock;
        this.early = new EarlyLocks(pendingWork, clock, budget);
    }

    @Override
    public OutageBudget budget() {
        return budget;
    }

    /** Returns the locks that travel before it completes. */
    EarlyLocks early() {
        return early;
    }

    boolean isCompleting() {
        return completing;
    }

    /** Returns whether everything was sent that must stand before the commit, and the commit was not reported since. */
    boolean isCommitting() {
        return committing;
    }

    /** Says that the transaction is about to commit. */
    void completing() {
        completing = true;
    }

    /** Sends what must stand before the commit, and does not stand yet. */
    void beforeCommit() {
        early.arrive();
        if (!pendingWork.guardNothing()) {
            Batch batch = new Batch(budget);
            pendingWork.guard(batch, clock);
            batch.sendBeforeCommit();
        }
        committing = true;
    }

    /** Sends what follows the completion. */
    void afterCompletion(boolean successful) {
        // A lock that came after its release would stand until its deadline.
        early.arrive();
        if (!pendingWork.isEmpty()) {
            Batch batch = new Batch(budget);
            if (committing && !successful) {
                // A commit that failed is no rollback: the database may yet finish it.
                pendingWork.leave(batch, clock);
                batch.sendInDoubt();
            } else {
                pendingWork.settle(batch, successful, clock);
                batch.sendAfterCompletion();
            }
        }
        pendingWork.forgetToken();
    }

    @Override
    public RowLock lock(RowSession owner, RowNamespace rows, Row row, Proof proof) {
        RowLock lock = pendingWork.lock(owner, rows, row, pendingWork.token(), proof);
        if (!completing) {
            early.locked(rows.store());
        } else if (lock.wanting(clock.now())) {
            Batch batch = new Batch(budget);
            lock.addLock(batch);
            batch.sendBeforeCommit();
        }
        return lock;
    }

    @Override
    public void release(RowLock lock, @Nullable OutageBudget ignored) {
        pendingWork.release(lock);
    }

    @Override
    public void invalidate(RowNamespace rows, Row row) {
        pendingWork.hold(rows, row);
    }

    @Override
    public boolean put(PendingPut put) {
        return pendingWork.put(put);
    }

    @Override
    public void lockTables(Collection<String> tables) {
        pendingWork.tables().add(tables);
        if (completing) {
            Batch batch = new Batch(budget);
            pendingWork.tables().lock(batch, clock);
            batch.sendBeforeCommit();
        }
    }

    @Override
    public void unlockTables(Collection<String> tables) {
        pendingWork.tables().add(tables);
    }

    @Override
    public void adopt(RegionLocks asked) {
        if (completing) {
            asked.take(budget);
        } else {
            pendingWork.add(asked.adopted());
        }
    }
}
