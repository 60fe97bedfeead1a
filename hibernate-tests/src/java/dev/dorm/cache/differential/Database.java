package dev.dorm.cache.differential;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** One of the databases that are set up alike. */
final class Database {

    private final Engine engine;
    private final Connections connections;
    private final Connection own;

    /**
     * Opens a database.
     *
     * @param engine what kind of database
     * @param name its name in this process
     */
    Database(Engine engine, String name) {
        this.engine = engine;
        connections = new Connections(engine, engine.newUrl(name));
        try {
            own = connections.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connections connections() {
        return connections;
    }

    void empty(List<String> tables) {
        try (Statement statement = own.createStatement()) {
            engine.empty(statement, tables);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All committed rows, sorted. */
    List<String> rows(List<String> tables) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = own.createStatement()) {
            for (String table : tables) {
                try (ResultSet result = statement.executeQuery("select * from " + table)) {
                    while (result.next()) {
                        rows.add(row(table, result));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        rows.sort(null);
        return rows;
    }

    private static String row(String table, ResultSet result) throws SQLException {
        StringJoiner row = new StringJoiner(", ", table + "(", ")");
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.add(result.getMetaData().getColumnName(column).toLowerCase(java.util.Locale.ROOT) + "="
                    + result.getString(column));
        }
        return row.toString();
    }
}
