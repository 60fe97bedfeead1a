package com.example.quickstart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.tools.Server;

/**
 * A database that costs what databases cost: every statement goes through a socket. PostgreSQL, whose binary comes with a
 * Maven artifact, or H2's server where that cannot run.
 */
final class DemoDatabase implements AutoCloseable {

    private final String name;
    private final String url;
    private final AutoCloseable server;

    private DemoDatabase(String name, String url, AutoCloseable server) {
        this.name = name;
        this.url = url;
        this.server = server;
    }

    static DemoDatabase start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            return new DemoDatabase("PostgreSQL", postgres.getJdbcUrl("postgres", "postgres"), postgres);
        } catch (IOException | RuntimeException e) {
            return h2(e);
        }
    }

    private static DemoDatabase h2(Exception reason) {
        try {
            Server server =
                    Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
            String url =
                    "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
            String name = "H2 (its server, since PostgreSQL cannot be started: " + reason.getMessage() + ")";
            return new DemoDatabase(name, url, server::stop);
        } catch (SQLException e) {
            e.addSuppressed(reason);
            throw new IllegalStateException("No database can be started", e);
        }
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("The database does not stop: " + e);
        }
    }
}
