package dev.dorm.cache.history;

import dev.dorm.cache.testing.TestConnections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A pool whose connections tell the ledger of commits and rollbacks, at the very place where they happen. */
final class TracedConnections extends TestConnections {

    private static final long serialVersionUID = 1L;

    private static final ThreadLocal<Integer> ISOLATION =
            ThreadLocal.withInitial(() -> Connection.TRANSACTION_READ_COMMITTED);

    private final String url;
    private final transient Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    TracedConnections(String url) {
        this.url = url;
    }

    /** Sets the isolation of the connections that this thread gets from now on. */
    static void isolation(int level) {
        ISOLATION.set(level);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection pooled = idle.pollFirst();
        Connection connection = pooled == null ? DriverManager.getConnection(url) : pooled;
        connection.setTransactionIsolation(ISOLATION.get());
        return traced(connection);
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        Connection real = connection.unwrap(Connection.class);
        if (!real.isClosed()) {
            if (!real.getAutoCommit()) {
                real.rollback();
                real.setAutoCommit(true);
            }
            idle.addFirst(real);
        }
    }

    private static Connection traced(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("unwrap")) {
                        return real;
                    }
                    Writing writing = Writing.current();
                    if (writing != null && name.equals("commit")) {
                        writing.committing();
                    } else if (writing != null && name.equals("rollback")) {
                        writing.rollingBack();
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (writing != null && name.equals("commit")) {
                            writing.committed();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
