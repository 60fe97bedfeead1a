package dev.dorm.cache.internal.session;

import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.resource.transaction.spi.TransactionObserver;

/**
 * Tells a context of a stateless session's completion, which Hibernate does not ({@code StatelessSessionImpl}).
 *
 * @param context the session's
 */
record Completion(CacheTransactionSynchronization context) implements TransactionObserver {

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
