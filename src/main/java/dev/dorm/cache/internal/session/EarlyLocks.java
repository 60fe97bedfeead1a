package dev.dorm.cache.internal.session;

import dev.dorm.cache.internal.hibernate.caller.LastUpdates;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.ResilientStore;
import java.util.List;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a transaction that are sent when the last of them is known, and travel while the database executes the last
 * statement of the commit's flush. The session's own thread takes their replies, before the commit or the rollback goes on.
 * Used by one thread at a time.
 */
public final class EarlyLocks {

    private final PendingWork pendingWork;
    private final QueryClock clock;
    private final OutageBudget budget;
    private final LastUpdates updates = new LastUpdates();

    /** The last statement is about to be executed, as soon as its row is locked. */
    private boolean due;

    /** Waits for the replies of what is under way, and takes them; null when nothing is. */
    private @Nullable Runnable arrival;

    EarlyLocks(PendingWork pendingWork, QueryClock clock, OutageBudget budget) {
        this.pendingWork = pendingWork;
        this.clock = clock;
        this.budget = budget;
    }

    /**
     * Takes note of an update that is about to be executed. Hibernate names its tables when all updates of the flush are
     * executed, which is too late for a lock that travels beside the last.
     *
     * @param session its session
     * @param entity the entity that is updated
     */
    public void beforeUpdate(SharedSessionContractImplementor session, EntityPersister entity) {
        if (session instanceof StatelessSession) {
            return;
        }
        boolean inProcess = clock.store().backend().handsOutWhatItHolds();
        if (!inProcess && session.getFactory().getSessionFactoryOptions().isQueryCacheEnabled()) {
            pendingWork.tables().add(List.of(entity.getPropertySpaces()));
        }
        due = updates.isLast(session);
        if (due && !isLocked(entity)) {
            before(clock.store());
        }
    }

    private static boolean isLocked(EntityPersister entity) {
        if (!entity.canWriteToCache()) {
            return false;
        }
        AccessType access = entity.getCacheAccessStrategy().getAccessType();
        return access == AccessType.READ_WRITE || access == AccessType.TRANSACTIONAL;
    }

    /** Takes note that a row is locked, which is kept there. */
    void locked(ResilientStore store) {
        if (due) {
            before(store);
        }
    }

    private void before(ResilientStore store) {
        due = false;
        if (!store.backend().handsOutWhatItHolds() && LastUpdates.areOfACommit()) {
            send();
        }
    }

    /** Sends all locks that are held, and goes on. */
    public void send() {
        if (arrival == null) {
            Batch batch = new Batch(budget);
            pendingWork.guard(batch, clock);
            arrival = batch.sendAhead();
        }
    }

    /** Waits for what is under way; what was not acknowledged then is no lock. */
    void arrive() {
        Runnable underWay = arrival;
        arrival = null;
        if (underWay != null) {
            underWay.run();
        }
    }
}
