package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for leaked secrets finds each in each of its forms, and nothing where there is none. */
class LeakCheckIT {

    @TempDir
    private Path directory;

    @Test
    void findsEverySecretInEveryForm() throws Exception {
        for (String secret : TestSecrets.all()) {
            for (String form : TestSecrets.forms(secret).toList()) {
                assertThat(leaks("12:00 DEBUG Settings - {key=" + form + ", ttl=5}"))
                        .as(form)
                        .isNotEmpty();
            }
        }
        assertThat(leaks("12:00 DEBUG Settings - {key=***, ttl=5}")).isEmpty();
    }

    private List<String> leaks(String line) throws Exception {
        Files.writeString(directory.resolve("log.txt"), "12:00 INFO started\n" + line + "\n");
        LeakCheck check = new LeakCheck();
        check.search(directory);
        return check.leaks();
    }
}
