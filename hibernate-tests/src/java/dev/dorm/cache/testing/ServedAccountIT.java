package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedAccountIT {

    private final ServedAccount account = new ServedAccount();

    @Test
    void aTestCountsOnceForEachServerItUses() {
        account.started("class", false);
        run("class/one", Served.REDIS, Served.REDIS, Served.H2);
        run("class/two", Served.REDIS);
        run("class/three");
        assertThat(account.testsOf(Served.REDIS)).containsExactlyInAnyOrder("class/one", "class/two");
        assertThat(account.testsOf(Served.H2)).containsExactly("class/one");
        assertThat(account.finished()).hasSize(3);
    }

    @Test
    void whatAClassUsesAllItsTestsUse() {
        account.started("class", false);
        account.used(Served.LOCMEM);
        run("class/one");
        run("class/two");
        run("class2/three");
        assertThat(account.testsOf(Served.LOCMEM)).containsExactlyInAnyOrder("class/one", "class/two");
    }

    @Test
    void aThreadThatATestStartedCountsForTheTest() {
        account.started("one", true);
        CompletableFuture.runAsync(() -> account.used(Served.REDIS)).join();
        account.finished("one", true, true);
        assertThat(account.testsOf(Served.REDIS)).containsExactly("one");
    }

    @Test
    void anAbortedTestDoesNotCount() {
        account.started("one", true);
        account.used(Served.REDIS);
        account.finished("one", true, false);
        assertThat(account.testsOf(Served.REDIS)).isEmpty();
    }

    @Test
    void theTableAddsUpWhatTheJvmsWrote(@TempDir Path directory) throws IOException {
        run("one", Served.REDIS);
        account.servedBy(Served.REDIS, "path: Redis 7 at 127.0.0.1:1");
        ServedTable.of(account).writeTo(directory);
        assertThat(ServedTable.readFrom(directory))
                .hasToString(ServedTable.of(account).toString())
                .asString()
                .contains("Tests that ran: 1")
                .containsPattern("Redis +1   path: Redis 7 at 127.0.0.1:1\n")
                .containsPattern("PostgreSQL +0   \n");
    }

    private void run(String test, Served... servers) {
        account.started(test, true);
        for (Served server : servers) {
            account.used(server);
        }
        account.finished(test, true, true);
    }
}
