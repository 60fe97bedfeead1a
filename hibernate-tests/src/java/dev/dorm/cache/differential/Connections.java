package dev.dorm.cache.differential;

import dev.dorm.cache.testing.TestConnections;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A pool for one thread, which says how the next connection is to be isolated. */
final class Connections extends TestConnections {

    private static final long serialVersionUID = 1L;

    private final Engine engine;
    private final String url;
    private final transient Map<Isolation, Deque<Connection>> idle = new HashMap<>();
    private final transient Map<Connection, Isolation> levels = new HashMap<>();
    private transient Isolation next = Isolation.READ_COMMITTED;

    Connections(Engine engine, String url) {
        this.engine = engine;
        this.url = url;
    }

    void isolate(Isolation isolation) {
        next = isolation;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection pooled =
                idle.computeIfAbsent(next, level -> new ArrayDeque<>()).pollFirst();
        if (pooled != null) {
            return pooled;
        }
        Connection made = DriverManager.getConnection(url);
        made.setTransactionIsolation(engine.level(next));
        levels.put(made, next);
        return made;
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        idle.get(levels.get(connection)).addFirst(connection);
    }
}
