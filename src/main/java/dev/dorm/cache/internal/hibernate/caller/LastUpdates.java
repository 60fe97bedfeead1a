package dev.dorm.cache.internal.hibernate.caller;

import org.hibernate.engine.spi.ActionQueue;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * Which update is the last statement before a commit. It is told of each update before that is executed, by a {@code
 * PreUpdateEventListener}. Used by one thread at a time.
 *
 * <p>Hibernate: nothing says so. But {@code ActionQueue} keeps all updates of a flush until they are executed, and executes
 * writes to collections and deletes after them; and a commit flushes by {@code SessionImpl.flushBeforeTransactionCompletion}.
 * Where this is mistaken, locks are sent at another time, and are as good.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code EarlyLocksIT#locksTravelBesideTheLastStatement} stays green without it.
 */
public final class LastUpdates {

    private static final String BEFORE_COMMIT = "flushBeforeTransactionCompletion";

    /** Between here and there stand some twenty frames. */
    private static final int NEAR = 40;

    private int begun;

    /** Returns whether an update that is about to be executed is the last statement of its flush. */
    public boolean isLast(SharedSessionContractImplementor session) {
        if (!(session instanceof SessionImplementor stateful)) {
            return false;
        }
        ActionQueue queue = stateful.getActionQueue();
        begun++;
        if (begun < queue.numberOfUpdates()) {
            return false;
        }
        begun = 0;
        return queue.numberOfDeletions() == 0
                && queue.numberOfCollectionRemovals() == 0
                && queue.numberOfCollectionUpdates() == 0
                && queue.numberOfCollectionCreations() == 0;
    }

    /** Returns whether the flush that calls is the one before a commit. */
    public static boolean areOfACommit() {
        return Callers.any(NEAR, frame -> frame.getMethodName().equals(BEFORE_COMMIT));
    }
}
