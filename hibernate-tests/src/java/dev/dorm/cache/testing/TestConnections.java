package dev.dorm.cache.testing;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/** Connections that a test hands out itself: each is held until its transaction ends, and closed then, unless the test says otherwise. */
public abstract class TestConnections implements ConnectionProvider {

    private static final long serialVersionUID = 1L;

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public final boolean isUnwrappableAs(Class<?> type) {
        return false;
    }

    @Override
    public final <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException("nobody may ask: " + type);
    }
}
