package com.example.shop;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The database that both instances share, with the shop's tables in it. */
final class Database {

    /** A JDBC URL, or {@code h2}. */
    private static final String URL = "SHOP_DATABASE_URL";

    private static final String IMAGE = "postgres:17-alpine";

    private Database() {}

    static Server start() {
        Ladder ladder = new Ladder("Database");
        if (!"h2".equals(System.getenv(URL))) {
            ladder.rung(URL, Database::given)
                    .rung("Docker", Database::container)
                    .rung("embedded", Database::embedded);
        }
        return ladder.rung("H2", Database::h2).start();
    }

    /** The one that can be had everywhere. */
    static Server h2() throws Skipped {
        try {
            org.h2.tools.Server server = org.h2.tools.Server.createTcpServer("-tcpPort", "0", "-ifNotExists")
                    .start();
            String url = "jdbc:h2:tcp://localhost:%d/mem:%s;DB_CLOSE_DELAY=-1"
                    .formatted(server.getPort(), UUID.randomUUID());
            return filled(new Server("H2's server", url, server::stop));
        } catch (SQLException e) {
            throw new Skipped(e);
        }
    }

    private static Server given() throws Skipped {
        String url = System.getenv(URL);
        if (url == null || url.isBlank()) {
            throw new Skipped("it is not set");
        }
        return filled(new Server("the one that " + URL + " names", url, () -> {}));
    }

    private static Server container() throws Skipped {
        var container = Docker.start(IMAGE, 5432, Map.of("POSTGRES_PASSWORD", "postgres"));
        String url = "jdbc:postgresql://%s:%d/postgres?user=postgres&password=postgres"
                .formatted(container.getHost(), container.getMappedPort(5432));
        return filled(new Server("PostgreSQL, in a container of " + IMAGE, url, container::stop));
    }

    private static Server embedded() throws Skipped {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setOutputRedirector(Redirect.DISCARD)
                    .setErrorRedirector(Redirect.DISCARD)
                    .start();
            return filled(new Server(
                    "PostgreSQL, whose binary comes by Maven", postgres.getJdbcUrl("postgres", "postgres"), postgres));
        } catch (IOException | RuntimeException e) {
            throw new Skipped(e);
        }
    }

    /** Before the instances start, so that they do not both create tables. */
    private static Server filled(Server server) {
        try (Connection connection = DriverManager.getConnection(server.url().orElseThrow())) {
            for (String script : new String[] {"schema.sql", "data.sql"}) {
                Resource resource = new ClassPathResource(script);
                ScriptUtils.executeSqlScript(connection, resource);
            }
            return server;
        } catch (SQLException e) {
            server.close();
            throw new IllegalStateException(server.name() + " cannot be used", e);
        }
    }
}
