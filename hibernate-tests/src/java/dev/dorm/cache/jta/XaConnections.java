package dev.dorm.cache.jta;

import com.arjuna.ats.jta.TransactionManager;
import dev.dorm.cache.testing.TestConnections;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.XAConnection;
import org.h2.jdbcx.JdbcDataSource;

/** As an application server's data source: one connection for all that happens in one JTA transaction. */
final class XaConnections extends TestConnections {

    private static final long serialVersionUID = 1L;

    private final transient JdbcDataSource source = new JdbcDataSource();
    private final transient Map<Transaction, Connection> enlisted = new ConcurrentHashMap<>();

    XaConnections(String url) {
        source.setURL(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Transaction transaction = TransactionManager.transactionManager().getTransaction();
            if (transaction == null || transaction.getStatus() != Status.STATUS_ACTIVE) {
                return source.getConnection();
            }
            Connection known = enlisted.get(transaction);
            return known == null ? enlist(transaction) : known;
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    private Connection enlist(Transaction transaction) throws Exception {
        XAConnection xa = source.getXAConnection();
        transaction.enlistResource(xa.getXAResource());
        Connection shared = closedByItsTransaction(xa.getConnection());
        enlisted.put(transaction, shared);
        transaction.registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing is left to do.
            }

            @Override
            public void afterCompletion(int status) {
                enlisted.remove(transaction);
                try {
                    xa.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        return shared;
    }

    private static Connection closedByItsTransaction(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                XaConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return true;
    }
}
