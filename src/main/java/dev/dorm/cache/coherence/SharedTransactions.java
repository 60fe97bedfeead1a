package dev.dorm.cache.coherence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions work in the same transaction.
 *
 * <p>A session opened with {@code sessionWithOptions().connection()} shares its parent's transaction coordinator, gets
 * no callbacks of its own, and its completion actions run with the parent: so it works in the parent's context. Two
 * sessions in one JTA transaction have a context each, but one snapshot of the database: the later one is as old as the
 * first.
 */
final class SharedTransactions {

    private static final Cache<TransactionCoordinator, SessionContext> OWNERS = Caffeine.newBuilder()
            .weakKeys()
            .weakValues()
            .executor(Runnable::run)
            .build();
    private static final ConcurrentMap<Transaction, Began> JTA = new ConcurrentHashMap<>();

    private SharedTransactions() {}

    /** Says that a session's context has joined a transaction. */
    static void joined(SharedSessionContractImplementor session, SessionContext context) {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator != null) {
            OWNERS.put(coordinator, context);
        }
    }

    /** Says that a session's context has left its transaction. */
    static void left(SharedSessionContractImplementor session, SessionContext context) {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator != null) {
            OWNERS.asMap().remove(coordinator, context);
        }
    }

    /** Returns the context of the transaction that a session works in without having joined it, or null. */
    static @Nullable SessionContext owner(SharedSessionContractImplementor session) {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        return coordinator == null ? null : OWNERS.getIfPresent(coordinator);
    }

    /** Returns the JTA transaction that the current thread is in, if the session's factory uses JTA, or null. */
    static @Nullable Transaction jta(SharedSessionContractImplementor session) {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator == null
                || !coordinator.getTransactionCoordinatorBuilder().isJta()) {
            return null;
        }
        JtaPlatform platform = session.getFactory().getServiceRegistry().getService(JtaPlatform.class);
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

    static void end(Transaction transaction) {
        JTA.remove(transaction);
    }
}
