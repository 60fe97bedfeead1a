package dev.dorm.cache.differential;

import dev.dorm.cache.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What kind of database. A row that another transaction has locked is not waited for: one thread steps all of them. */
enum Engine {
    H2 {
        @Override
        String newUrl(String name) {
            return "jdbc:h2:mem:differential-" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1";
        }

        /** H2's REPEATABLE READ has no snapshot of all tables; what it calls SNAPSHOT has. */
        @Override
        int level(Isolation isolation) {
            return isolation == Isolation.REPEATABLE_READ ? 6 : Connection.TRANSACTION_READ_COMMITTED;
        }

        @Override
        void empty(Statement statement, List<String> tables) throws SQLException {
            statement.execute("set referential_integrity false");
            for (String table : tables) {
                statement.execute("delete from " + table);
            }
            statement.execute("set referential_integrity true");
        }
    },
    POSTGRES {
        @Override
        String newUrl(String name) {
            return PostgresServer.shared().newSchema() + "&options=-c%20lock_timeout=1ms";
        }

        @Override
        int level(Isolation isolation) {
            return isolation == Isolation.REPEATABLE_READ
                    ? Connection.TRANSACTION_REPEATABLE_READ
                    : Connection.TRANSACTION_READ_COMMITTED;
        }

        @Override
        void empty(Statement statement, List<String> tables) throws SQLException {
            if (!tables.isEmpty()) {
                statement.execute("truncate " + String.join(", ", tables) + " cascade");
            }
        }
    };

    /** Returns the address of an empty database, by a name that no other one of this process has. */
    abstract String newUrl(String name);

    /** Returns JDBC's number of an isolation. */
    abstract int level(Isolation isolation);

    /** Deletes all rows, whatever refers to them. */
    abstract void empty(Statement statement, List<String> tables) throws SQLException;
}
