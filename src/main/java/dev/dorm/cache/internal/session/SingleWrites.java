package dev.dorm.cache.internal.session;

import dev.dorm.cache.internal.hibernate.caller.RootTenants;
import java.sql.SQLException;
import org.hibernate.BaseSessionEventListener;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;

/**
 * When what a session writes without a transaction is written: each statement commits by itself, and Hibernate tells the
 * cache of no completion.
 */
final class SingleWrites {

    private SingleWrites() {}

    /**
     * Returns whether the write that a stateless session tells the cache of ({@code removeCacheItem}) is over: not when it
     * waits for its batch, not when the application commits by itself, and not when it is told for a root tenant, which
     * is done before the write.
     */
    static boolean isOver(SharedSessionContractImplementor session) {
        Integer batch = session.getConfiguredJdbcBatchSize();
        return (batch == null || batch <= 0) && commitsByItself(session) && !RootTenants.areTold();
    }

    private static boolean commitsByItself(SharedSessionContractImplementor session) {
        LogicalConnectionImplementor connection = session.getJdbcCoordinator().getLogicalConnection();
        try {
            return !connection.isPhysicallyConnected()
                    || connection.getPhysicalConnection().getAutoCommit();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Does something when a session ends, whose statements are over then, be they executed or not. */
    static void atTheEnd(SharedSessionContractImplementor session, Runnable work) {
        session.getEventListenerManager().addListener(new BaseSessionEventListener() {

            private static final long serialVersionUID = 1L;

            @Override
            public void end() {
                if (commitsByItself(session)) {
                    work.run();
                }
            }
        });
    }
}
