package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import dev.dorm.cache.internal.metrics.Counter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;

/** A server that refuses something: two processes have hits all the same, or one line says why; and nothing stale. */
class MissingRightsIT {

    /** Twice the timeout. */
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static final Duration ENOUGH = Duration.ofSeconds(3);

    record Situation(String name, List<String> rights, List<String> arguments, String near, String path) {}

    static Stream<Situation> situations() {
        String only = System.getProperty("only");
        return only != null ? Stream.of(new Situation(only, List.of(only.split(" ")), List.of(), System.getProperty("near", "off"), "/0")) : Stream.of(
                        "", "-info", "-script", "-script|load", "-evalsha", "-eval", "-publish", "resetchannels", "-ping",
                        "-mget", "-wait", "-role", "-@dangerous", "-client", "-config", "-@admin", "-hello -cluster -role -command",
                        "-@dangerous +info", "-info -role", "-get", "-set", "-del", "-time", "-evalsha -eval")
                .flatMap(words -> Stream.of(
                        new Situation(words, List.of(words.split(" ")), List.of(), "off", "/0")))
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void table(Situation situation) {
        try (OwnRedis redis = RedisServer.startOwn(situation.arguments.toArray(String[]::new))) {
            try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
                String[] line = Stream.concat(
                                Stream.of("shop", "on", ">" + TestSecrets.PASSWORD, "~*", "&*", "+@all"),
                                situation.rights.stream().filter(each -> !each.isEmpty()))
                        .toArray(String[]::new);
                jedis.aclSetUser(line[0], java.util.Arrays.copyOfRange(line, 1, line.length));
            }
            run(redis, situation);
        }
    }

    private static void run(OwnRedis redis, Situation situation) {
        String location = "redis://shop:" + TestSecrets.encoded(TestSecrets.PASSWORD) + "@127.0.0.1:" + redis.port() + situation.path;
        try (Printed printed = Printed.onStandardError();
                CachedFactory writer = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .set("hibernate.cache.dorm.backend", "redis")
                        .set("hibernate.cache.dorm.location", location)
                        .set("hibernate.cache.dorm.near", situation.near)
                        .set("hibernate.cache.dorm.timeout", "1s")
                        .build();
                CachedFactory reader =
                        writer.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
            writer.inTransaction(session -> session.persist(new Book(1, "t0")));
            int[] hits = new int[4];
            hits[0] = hits(reader, "t0");
            hits[1] = hits(writer, "t0");
            for (int i = 1; i <= 5; i++) {
                String title = "t" + i;
                writer.inTransaction(session -> session.find(Book.class, 1L).retitle(title));
                if (situation.near.equals("off")) {
                    assertThat(title(reader)).isEqualTo(title);
                } else {
                    await().atMost(WINDOW).untilAsserted(() -> assertThat(title(reader)).isEqualTo(title));
                }
            }
            hits[2] = hits(reader, "t5");
            hits[3] = hits(writer, "t5");
            System.out.println("TABLE kept " + reader.count(Counter.NEAR_HIT) + " " + writer.count(Counter.NEAR_HIT) + " " + situation.name + " near=" + situation.near + " hits " + java.util.Arrays.toString(hits));
            printed.lines("WARN").stream().map(l -> "TABLE    " + l).forEach(System.out::println);
            printed.lines("ERROR").stream().map(l -> "TABLE    " + l).forEach(System.out::println);
        }
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    /** Reads until three reads in a row are hits; counts those in all. */
    private static int hits(CachedFactory factory, String expected) {
        long end = System.nanoTime() + ENOUGH.toNanos();
        int hits = 0;
        while (hits < 3 && System.nanoTime() < end) {
            factory.statements().clear();
            assertThat(title(factory)).isEqualTo(expected);
            if (factory.statements().all().isEmpty()) {
                hits++;
            }
        }
        return hits;
    }
}
