package dev.dorm.cache.internal.hibernate.session;

import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.resource.transaction.spi.TransactionObserver;

/**
 * Tells of the completion of a stateless session's transaction.
 *
 * <p>Hibernate: {@code StatelessSessionImpl.beforeTransactionCompletion} and {@code afterTransactionCompletion} do not call
 * the cache, as those of {@code SessionImpl} do.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code StatelessSessionIT#whatItUpdates} stays green without it.
 *
 * @param context the session's
 */
public record StatelessCompletion(CacheTransactionSynchronization context) implements TransactionObserver {

    @Override
    public void afterBegin() {
        // Told by transactionJoined.
    }

    @Override
    public void beforeCompletion() {
        context.transactionCompleting();
    }

    @Override
    public void afterCompletion(boolean successful, boolean delayed) {
        context.transactionCompleted(successful);
    }
}
