package com.example.postgres;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.TransactionalStore;
import dev.dorm.cache.backend.TransactionalStore.Access;
import dev.dorm.cache.backend.TransactionalStoreContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published kit, against a PostgreSQL of its own. */
class PostgresStoreTest extends TransactionalStoreContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    protected TransactionalStore newStore(BackendSettings settings) {
        return new PostgresStore(settings.withLocation(postgres.getJdbcUrl("postgres", "postgres")));
    }

    /** As when the server, the network or the process fails in the middle of a step. */
    @Test
    void aConnectionThatIsLostLeavesNothingAndHoldsNothing() {
        Access access = new Access(Set.of("lost"), Set.of("lost"), false);
        try (TransactionalStore store = newStore(settings())) {
            assertThrows(
                    BackendException.class,
                    () -> store.transact(access, transaction -> {
                        transaction.put("lost", new byte[] {1}, Duration.ZERO);
                        endConnections();
                        return null;
                    }));
            assertNull(store.<byte[]>transact(access, transaction -> transaction.get("lost")));
        }
    }

    @Test
    void whatIsWrongOrWithoutEffectIsRefused() {
        BackendSettings none = settings();
        assertThrows(IllegalArgumentException.class, () -> new PostgresStore(none));
        assertThrows(IllegalArgumentException.class, () -> new PostgresStore(none.withLocation("redis://localhost")));
        BackendSettings url = none.withLocation("jdbc:postgresql://localhost/x");
        assertThrows(IllegalArgumentException.class, () -> new PostgresStore(url.withMinReplicas(1)));
    }

    @Test
    void aServerThatIsAwayIsAnOutage() {
        BackendSettings nowhere = settings().withLocation("jdbc:postgresql://localhost:1/x");
        try (TransactionalStore store = new PostgresStore(nowhere)) {
            assertThrows(BackendException.class, () -> store.keys(""));
        }
    }

    private static void endConnections() {
        try (Connection connection =
                        postgres.getPostgresDatabase(Map.of("user", "postgres")).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND datname = current_database()");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
