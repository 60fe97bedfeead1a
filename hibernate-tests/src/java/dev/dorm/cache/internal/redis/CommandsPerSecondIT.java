package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process sends to Redis beside what it is asked for. It is printed; only silence is required. */
class CommandsPerSecondIT {

    private static final Duration TIME = Duration.ofSeconds(3);

    /** One line: {@code cmdstat_evalsha:calls=12,usec=...}. */
    private static final Pattern LINE = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

    /** What {@link Ask} itself sends. */
    private static final Set<String> OURS = Set.of("info", "client|setinfo", "hello");

    private static CachedFactory factory(OwnRedis server, String near) {
        return CachedFactory.of(Book.class)
                .set("hibernate.cache.dorm.location", server.url())
                .set("hibernate.cache.dorm.near", near)
                .build();
    }

    /** Commands that scripts call are counted by Redis as well. */
    private static Map<String, Long> commands(OwnRedis server) {
        Map<String, Long> commands = new TreeMap<>();
        Matcher lines = LINE.matcher(Ask.server(server, "info", "commandstats"));
        while (lines.find()) {
            if (!OURS.contains(lines.group(1))) {
                commands.put(lines.group(1), Long.parseLong(lines.group(2)));
            }
        }
        return commands;
    }

    private static Map<String, Long> since(Map<String, Long> before, OwnRedis server) {
        Map<String, Long> more = commands(server);
        before.forEach((command, calls) -> more.merge(command, -calls, Long::sum));
        more.values().removeIf(calls -> calls == 0);
        return more;
    }

    private static String aSecond(Map<String, Long> calls, Duration time) {
        StringBuilder text = new StringBuilder();
        calls.forEach((command, count) -> text.append(" %s %.1f".formatted(command, count * 1e9 / time.toNanos())));
        return text.isEmpty() ? " nothing" : text.toString();
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    @Test
    void whoIsNotAskedSendsNothing() {
        try (OwnRedis server = RedisServer.startOwn();
                CachedFactory factory = factory(server, "off")) {
            factory.inTransaction(session -> session.persist(new Book(1, "kept")));
            title(factory);
            Map<String, Long> before = commands(server);
            await().during(TIME).atMost(TIME.multipliedBy(3)).untilAsserted(() -> assertThat(since(before, server))
                    .isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "all"})
    void aBusyProcessProvesItsServer(String near) {
        try (OwnRedis server = RedisServer.startOwn();
                CachedFactory factory = factory(server, near)) {
            factory.inTransaction(session -> session.persist(new Book(1, "kept")));
            title(factory);

            Map<String, Long> before = commands(server);
            long begun = System.nanoTime();
            long reads = 0;
            while (System.nanoTime() - begun < TIME.toNanos()) {
                title(factory);
                reads++;
            }
            Duration time = Duration.ofNanos(System.nanoTime() - begun);
            System.out.printf(
                    "Redis commands a second, near %s, at %.0f reads a second:%s%n",
                    near, reads * 1e9 / time.toNanos(), aSecond(since(before, server), time));

            Map<String, Long> idle = commands(server);
            long rest = System.nanoTime();
            long hits = factory.statistics().getSecondLevelCacheHitCount();
            await().during(TIME)
                    .atMost(TIME.multipliedBy(3))
                    .until(() -> factory.statistics().getSecondLevelCacheHitCount() == hits);
            System.out.printf(
                    "Redis commands a second, near %s, idle:%s%n",
                    near, aSecond(since(idle, server), Duration.ofNanos(System.nanoTime() - rest)));
            assertThat(reads).isPositive();
        }
    }
}
