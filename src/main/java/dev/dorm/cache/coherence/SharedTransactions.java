package dev.dorm.cache.coherence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hibernate.cache.CacheException;
import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
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
 * one is as old as the first.
 *
 * <p>A session that is opened within a JTA transaction joins it before it has its transaction coordinator ({@code
 * JtaTransactionCoordinatorImpl}'s constructor); its JDBC coordinator it has by then.
 */
final class SharedTransactions {

    private static final Cache<JdbcCoordinator, SessionContext> OWNERS = Caffeine.newBuilder()
            .weakKeys()
            .weakValues()
            .executor(Runnable::run)
            .build();
    private static final ConcurrentMap<Transaction, Began> JTA = new ConcurrentHashMap<>();

    private SharedTransactions() {}

    /** Says that a session's context has joined a transaction. */
    static void joined(SharedSessionContractImplementor session, SessionContext context) {
        OWNERS.put(session.getJdbcCoordinator(), context);
    }

    /** Says that a session's context has left its transaction. */
    static void left(SharedSessionContractImplementor session, SessionContext context) {
        OWNERS.asMap().remove(session.getJdbcCoordinator(), context);
    }

    /** Returns the context of the transaction that a session works in without having joined it, or null. */
    static @Nullable SessionContext owner(SharedSessionContractImplementor session) {
        return OWNERS.getIfPresent(session.getJdbcCoordinator());
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
    static Began begin(Transaction transaction, Began now) {
        return JTA.computeIfAbsent(transaction, t -> now);
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
