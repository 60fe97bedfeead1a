package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerIT {

    @Test
    void everySchemaIsEmptyAndOnesOwn() throws SQLException {
        assertThat(createTableIn(PostgresServer.shared().newSchema())).isEqualTo(1);
        assertThat(createTableIn(PostgresServer.shared().newSchema())).isEqualTo(1);
    }

    private static int createTableIn(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("create table probe (id int)");
            return statement.executeUpdate("insert into probe values (1)");
        }
    }
}
