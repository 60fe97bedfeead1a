package dev.dorm.cache.internal.session;

import dev.dorm.cache.internal.hibernate.session.StatelessCompletion;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.row.Completing;
import dev.dorm.cache.internal.row.RowSession;
import dev.dorm.cache.internal.store.TransactionStart;
import jakarta.transaction.Transaction;
import java.util.function.Predicate;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.jspecify.annotations.Nullable;

/** Where a session's own transaction stands: not begun, joined, completing. Used by one thread at a time. */
final class SessionTransaction {

    private final SharedSessionContractImplementor session;
    private final PendingWork pendingWork;
    private final QueryClock clock;

    private @Nullable TransactionContext current;
    private TransactionStart began;
    private @Nullable Transaction jta;
    private boolean observing;

    SessionTransaction(SharedSessionContractImplementor session, PendingWork pendingWork, QueryClock clock) {
        this.session = session;
        this.pendingWork = pendingWork;
        this.clock = clock;
        this.began = clock.begin();
    }

    /** Begins, and tells of a completion of which Hibernate does not tell. */
    void joined(CacheTransactionSynchronization told) {
        if (current != null && current.isCommitting()) {
            // Its commit failed so badly that nobody said so, as when Hibernate cannot even roll back.
            pendingWork.abandon();
        }
        pendingWork.loads().endAll();
        began = clock.begin();
        current = new TransactionContext(pendingWork, clock);
        jta = SharedTransactions.jta(session);
        if (jta != null) {
            began = SharedTransactions.begin(jta, began, pendingWork);
        }
        if (session instanceof StatelessSession && !observing) {
            observe(new StatelessCompletion(told));
        }
    }

    private void observe(StatelessCompletion completion) {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator != null) {
            observing = true;
            coordinator.addObserver(completion);
        } else if (jta != null) {
            SharedTransactions.observe(jta, completion);
        }
    }

    /** Sends what must stand before the commit. */
    void completing(RowSession own) {
        TransactionContext completing = currentOrNew();
        current = completing;
        completing.completing();
        Completing.begin(own);
        completing.beforeCommit();
    }

    /** Sends what follows the completion. */
    void completed(boolean successful) {
        TransactionContext ended = currentOrNew();
        current = null;
        Completing.end();
        if (jta != null) {
            SharedTransactions.end(jta);
            jta = null;
        }
        try {
            ended.afterCompletion(successful);
        } finally {
            // Whoever waits reads behind what was sent: steps of one process on one place keep their order.
            pendingWork.loads().endAll();
        }
        began = clock.begin();
    }

    /** Returns the transaction; a new one where Hibernate did not say that it was joined. */
    private TransactionContext currentOrNew() {
        return current == null ? new TransactionContext(pendingWork, clock) : current;
    }

    /** Returns where its writes go; null outside of a transaction. */
    @Nullable
    TransactionContext current() {
        return current;
    }

    boolean isOpen() {
        return current != null;
    }

    boolean isCompleting() {
        return current != null && current.isCompleting();
    }

    /** Returns when it began, or when the last one ended. */
    TransactionStart began() {
        return began;
    }

    /** Returns whether this session, or another one in the same JTA transaction, holds something. */
    boolean anyHolds(Predicate<PendingWork> what) {
        return what.test(pendingWork)
                || jta != null && SharedTransactions.held(jta).stream().anyMatch(what);
    }
}
