package dev.dorm.cache.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;

/**
 * The real PostgreSQL that the tests of this JVM share: started when first asked for, gone when the JVM ends.
 * Rungs: {@code url} ({@code DORM_TEST_POSTGRES}, a JDBC URL), {@code docker} (image
 * {@code DORM_TEST_POSTGRES_IMAGE}), {@code embedded}. A test keeps to a {@link #newSchema()}.
 */
public final class PostgresServer {

    private static final String DEFAULT_IMAGE = "postgres:17-alpine";

    /** Every schema of this JVM begins like this. */
    private static final String MARK =
            "it" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    private static final Ladder<PostgresServer> SHARED = new Ladder<PostgresServer>(Served.POSTGRES)
            .rung(Ladder.NAMED, PostgresServer::configured)
            .rung("docker", PostgresServer::container)
            .rung("embedded", PostgresServer::embedded);

    private int schemas;

    private final String rung;
    private final String url;
    private final String version;

    private PostgresServer(String rung, String url) {
        this.rung = rung;
        this.url = url;
        this.version = Awaitility.await("PostgreSQL by " + rung)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(this::askVersion, Objects::nonNull);
    }

    /**
     * Returns the server, and counts the running test as one that uses PostgreSQL.
     *
     * @return the server of this JVM
     */
    public static PostgresServer shared() {
        Served.POSTGRES.record();
        return SHARED.server();
    }

    /**
     * Creates an empty schema that nobody else uses.
     *
     * @return a JDBC URL with everything in it, credentials too, whose current schema is the new one
     */
    public synchronized String newSchema() {
        String schema = MARK + "x" + ++schemas;
        execute("create schema " + schema);
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    @Override
    public String toString() {
        return "%s: PostgreSQL %s".formatted(rung, version);
    }

    private static PostgresServer configured() throws Skipped {
        String url =
                TestSetting.of("DORM_TEST_POSTGRES").orElseThrow(() -> new Skipped("DORM_TEST_POSTGRES is not set"));
        PostgresServer server = new PostgresServer(Ladder.NAMED, url);
        Runtime.getRuntime().addShutdownHook(new Thread(server::dropOurSchemas));
        return server;
    }

    private static PostgresServer container() throws Skipped {
        String image = TestSetting.of("DORM_TEST_POSTGRES_IMAGE").orElse(DEFAULT_IMAGE);
        GenericContainer<?> container = Docker.start(image, 5432, Map.of("POSTGRES_PASSWORD", "postgres"));
        return new PostgresServer(
                "docker " + image,
                "jdbc:postgresql://%s:%d/postgres?user=postgres&password=postgres"
                        .formatted(container.getHost(), container.getMappedPort(5432)));
    }

    private static PostgresServer embedded() throws Skipped {
        try {
            return new PostgresServer(
                    "embedded",
                    EmbeddedPostgres.builder().setPort(FreePort.next()).start().getJdbcUrl("postgres", "postgres"));
        } catch (IOException | RuntimeException e) {
            throw new Skipped(e);
        }
    }

    private String askVersion() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private void dropOurSchemas() {
        for (int i = 1; i <= schemas; i++) {
            execute("set lock_timeout = '2s'; drop schema if exists %sx%d cascade".formatted(MARK, i));
        }
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
