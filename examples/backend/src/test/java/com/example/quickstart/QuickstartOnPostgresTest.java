package com.example.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.postgres.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The quickstart, with its entries in a PostgreSQL that is not its database. It checks what it prints. */
class QuickstartOnPostgresTest {

    @Test
    void runs() throws IOException {
        try (EmbeddedPostgres cache = EmbeddedPostgres.start()) {
            String location = cache.getJdbcUrl("postgres", "postgres");
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            new Quickstart(new PrintStream(printed, true, UTF_8), PostgresStore.class, location, "quickstart").run();
            String text = printed.toString(UTF_8);
            System.out.println(text);
            assertTrue(text.contains("entries are at jdbc:postgresql:"), text);
            assertTrue(text.contains("misses.unverified +1"), text);
        }
    }
}
