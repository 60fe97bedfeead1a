package com.example.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The demonstration checks itself: here, that it gets to its end, says what it promises, and fits the page. */
class QuickstartTest {

    private static final int PAGE = 100;

    @Test
    void runsInProcess() {
        List<String> lines = run(null, "quickstart");
        assertTrue(lines.stream().anyMatch(line -> line.contains("in this process (locmem)")));
    }

    /** Twice, since the second run finds what the first has left of a database that is gone. */
    @Test
    @EnabledIfEnvironmentVariable(named = "DORM_TEST_REDIS", matches = ".+")
    void runsOnRedisAgainAndAgain() {
        String url = System.getenv("DORM_TEST_REDIS");
        String prefix = "quickstart" + UUID.randomUUID().toString().replace("-", "");
        try {
            run(url, prefix);
            List<String> lines = run(url, prefix);
            assertTrue(lines.stream().anyMatch(line -> line.contains("redis-cli -u")));
        } finally {
            removeKeys(url, prefix);
        }
    }

    private static List<String> run(String url, String prefix) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new Quickstart(new PrintStream(printed, true, UTF_8), url, prefix).run();
        String text = printed.toString(UTF_8);
        System.out.println(text);
        List<String> lines = text.lines().toList();
        assertEquals(
                List.of(), lines.stream().filter(line -> line.length() > PAGE).toList());
        assertEquals("0", sqlWithFullCache(lines));
        assertTrue(lines.stream().anyMatch(line -> line.contains("misses.unverified +1")));
        return lines;
    }

    /** Returns what the table says of SQL statements with a full cache. */
    private static String sqlWithFullCache(List<String> lines) {
        String together = lines.stream()
                .filter(line -> line.startsWith("together"))
                .findFirst()
                .orElseThrow();
        return together.split("\\|")[3].strip().split(" +")[0];
    }

    private static void removeKeys(String url, String prefix) {
        Map<String, Object> settings = Map.of(
                "jakarta.persistence.jdbc.url", "jdbc:h2:mem:",
                "hibernate.cache.dorm.location", url,
                "hibernate.cache.region_prefix", prefix);
        try (Application application = new Application(settings, true)) {
            application.cache().backend().deletePattern("dorm*" + prefix + "*");
        }
    }
}
