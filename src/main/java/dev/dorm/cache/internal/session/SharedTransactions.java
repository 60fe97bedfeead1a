package dev.dorm.cache.internal.session;

import dev.dorm.cache.internal.store.TransactionStart;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.cache.CacheException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.hibernate.resource.jdbc.spi.JdbcSessionOwner;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.resource.transaction.spi.TransactionObserver;
import org.hibernate.service.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions work in the same transaction.
 *
 * <p>A session opened with {@code sessionWithOptions().connection()} shares its parent's transaction and JDBC
 * coordinators, gets no callbacks of its own, and its completion actions run with the parent: so it works in the
 * parent's context. Two sessions in one JTA transaction have a context each, but one snapshot of the database: the later
 * one is as old as the first, and what one of them changes the other is not served.
 */
final class SharedTransactions {

    private static final ConcurrentMap<Transaction, Together> JTA = new ConcurrentHashMap<>();

    private record Together(TransactionStart began, List<PendingWork> held) {}

    private SharedTransactions() {}

    /** Returns whose JDBC coordinator a session works with when it is not its own, or null. */
    static @Nullable SharedSessionContractImplementor parent(SharedSessionContractImplementor session) {
        JdbcSessionOwner owner = session.getJdbcCoordinator().getJdbcSessionOwner();
        return owner != session && owner instanceof SharedSessionContractImplementor parent ? parent : null;
    }

    /** Returns the JTA transaction that the current thread is in, if the session's factory uses JTA, or null. */
    static @Nullable Transaction jta(SharedSessionContractImplementor session) {
        ServiceRegistry services = session.getFactory().getServiceRegistry();
        TransactionCoordinatorBuilder builder = services.getService(TransactionCoordinatorBuilder.class);
        if (builder == null || !builder.isJta()) {
            return null;
        }
        JtaPlatform platform = services.getService(JtaPlatform.class);
        TransactionManager manager = platform == null ? null : platform.retrieveTransactionManager();
        try {
            return manager == null ? null : manager.getTransaction();
        } catch (SystemException e) {
            return null;
        }
    }

    /** Returns when the first session joined a JTA transaction: this one now, or an earlier one. */
    static TransactionStart begin(Transaction transaction, TransactionStart now, PendingWork pendingWork) {
        Together together = JTA.computeIfAbsent(transaction, t -> new Together(now, new CopyOnWriteArrayList<>()));
        together.held().add(pendingWork);
        return together.began();
    }

    /** Returns what the sessions hold that have joined a JTA transaction. */
    static List<PendingWork> held(Transaction transaction) {
        Together together = JTA.get(transaction);
        return together == null ? List.of() : together.held();
    }

    /** Tells of the completion of a JTA transaction, after Hibernate's own part in it. */
    static void observe(Transaction transaction, TransactionObserver observer) {
        try {
            transaction.registerSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    observer.beforeCompletion();
                }

                @Override
                public void afterCompletion(int status) {
                    observer.afterCompletion(status == Status.STATUS_COMMITTED, false);
                }
            });
        } catch (RollbackException | SystemException e) {
            throw new CacheException("The transaction's completion cannot be observed", e);
        }
    }

    static void end(Transaction transaction) {
        JTA.remove(transaction);
    }
}
