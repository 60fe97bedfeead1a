package dev.dorm.cache.internal.hibernate.session;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.internal.LogicalConnectionProvidedImpl;

/**
 * Sessions on a connection that the application brought, whose transaction, and snapshot, may have begun before.
 *
 * <p>Hibernate: only the class of the logical connection tells which they are ({@code
 * LogicalConnectionProvidedImpl}); {@code SessionBuilder.connection} makes it.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code SharedSessionsIT#aSessionOnTheApplicationsOwnConnectionFillsNothing} stays green without it.
 */
public final class BroughtConnections {

    private BroughtConnections() {}

    /** Returns whether a session works on one. */
    public static boolean areOf(SharedSessionContractImplementor session) {
        return session.getJdbcCoordinator().getLogicalConnection() instanceof LogicalConnectionProvidedImpl;
    }
}
