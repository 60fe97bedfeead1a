package dev.dorm.cache.internal.session;

import dev.dorm.cache.testing.TestConnections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections that can break while a commit is on its way: Hibernate is told that it failed, and the database finishes it
 * later.
 */
final class BreakingConnections extends TestConnections {

    private static final long serialVersionUID = 1L;

    private final String url;
    private final transient Deque<Connection> doubtful = new ArrayDeque<>();
    private boolean breaking;

    BreakingConnections(String url) {
        this.url = url;
    }

    /** Breaks the connection of the next commit. */
    void breakNext() {
        breaking = true;
    }

    /** Lets the database finish what it was told to commit. */
    void finish() throws SQLException {
        try (Connection connection = doubtful.remove()) {
            connection.commit();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return breakable(DriverManager.getConnection(url));
    }

    private Connection breakable(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        return real;
                    }
                    if (breaking && method.getName().equals("commit")) {
                        breaking = false;
                        doubtful.add(real);
                    }
                    if (doubtful.contains(real)) {
                        throw new SQLException("the connection broke", "08006");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        Connection real = connection.unwrap(Connection.class);
        if (!doubtful.contains(real)) {
            real.close();
        }
    }
}
