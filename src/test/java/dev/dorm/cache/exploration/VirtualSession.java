package dev.dorm.cache.exploration;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.hibernate.CacheMode;
import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SessionEventListenerManager;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.results.spi.LoadContexts;

/** What the cache asks of a Hibernate session, where there is no Hibernate. */
public final class VirtualSession {

    private static final ServiceRegistryImplementor NO_SERVICES = having(ServiceRegistryImplementor.class);
    private static final SessionFactoryImplementor NO_JTA = having(SessionFactoryImplementor.class, NO_SERVICES);

    /** It holds its connection, as in an ordinary transaction: so it never waits for another session, in any thread. */
    private static final LogicalConnectionImplementor CONNECTED =
            LogicalConnectionImplementor.class.cast(Proxy.newProxyInstance(
                    VirtualSession.class.getClassLoader(),
                    new Class<?>[] {LogicalConnectionImplementor.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("isPhysicallyConnected") ? Boolean.TRUE : null));

    /** It loads nothing by a query. */
    private static final PersistenceContext EMPTY =
            having(PersistenceContext.class, new LoadContexts(having(PersistenceContext.class)));

    private VirtualSession() {}

    /** Opens a session that reads and fills, without a tenant, a connection of the application's, or anybody to share its transaction with. */
    public static SharedSessionContractImplementor open() {
        return open(CacheMode.NORMAL);
    }

    /** The same, with a cache mode. */
    public static SharedSessionContractImplementor open(CacheMode mode) {
        return having(
                SharedSessionContractImplementor.class,
                NO_JTA,
                having(JdbcCoordinator.class, CONNECTED),
                having(SessionEventListenerManager.class),
                EMPTY,
                mode);
    }

    /** Returns something that has only this, each where its type is asked for. */
    private static <T> T having(Class<T> type, Object... parts) {
        return type.cast(Proxy.newProxyInstance(
                VirtualSession.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> Arrays.stream(parts)
                        .filter(method.getReturnType()::isInstance)
                        .findFirst()
                        .orElse(null)));
    }
}
