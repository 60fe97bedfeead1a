package com.example.postgres;

import dev.dorm.cache.backend.BackendException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections that are open, as many as were used at a time. A pool would do; this spares the example a dependency. */
final class Connections implements AutoCloseable {

    /** Whoever may not create tables lets somebody else do it. Two that create one at a time would fail. */
    private static final String TABLE =
            """
            DO $$ BEGIN
              IF to_regclass('dorm_cache') IS NULL THEN
                PERFORM pg_advisory_xact_lock(hashtext('dorm_cache'));
                CREATE TABLE IF NOT EXISTS dorm_cache (
                  key text COLLATE "C" PRIMARY KEY,
                  value bytea NOT NULL,
                  until int8 NOT NULL
                );
                CREATE INDEX IF NOT EXISTS dorm_cache_until ON dorm_cache (until);
              END IF;
            END $$""";

    private final String url;
    private final Properties properties = new Properties();
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Connections(String url, Map<String, String> options, Duration timeout) {
        this.url = url;
        // Whoever asked has gone by then; a thread that waits for a lost server is free again some seconds later.
        properties.setProperty("options", "-c lock_timeout=" + Math.max(1, timeout.toMillis()));
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "10");
        properties.putAll(options);
    }

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Works with a connection; what fails is rolled back. */
    <T> T with(Work<T> work) {
        if (closed) {
            throw new BackendException("the store is closed");
        }
        Connection connection = null;
        boolean done = false;
        try {
            connection = idle.pollFirst();
            if (connection == null) {
                connection = open();
            }
            T result = work.with(connection);
            done = true;
            return result;
        } catch (SQLException e) {
            closeIdle(); // After a restart of the server none of them is of use.
            throw new BackendException("PostgreSQL: " + e.getMessage(), e);
        } finally {
            if (connection != null) {
                giveBack(connection, done);
            }
        }
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
        return connection;
    }

    /** A connection with work that failed is closed, which rolls back and gives its locks away. */
    private void giveBack(Connection connection, boolean done) {
        if (done) {
            idle.addFirst(connection);
        } else {
            close(connection);
        }
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            close(each);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is of no use any more, closed or not.
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
