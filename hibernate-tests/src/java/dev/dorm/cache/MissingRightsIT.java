package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.RenamingProxy;
import dev.dorm.cache.testing.TestSecrets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/**
 * A server refuses something, to this user, to scripts or to everybody: two processes have hits all the same, or one line of each
 * says why not. Nothing is stale.
 */
class MissingRightsIT {

    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final String UNTOLD = "does not tell its replication id";

    private static OwnRedis granting(String rights) {
        OwnRedis redis = RedisServer.startOwn();
        String[] line = Stream.concat(
                        Stream.of("on", ">" + TestSecrets.PASSWORD, "~*", "&*", "+@all"), Stream.of(rights.split(" ")))
                .toArray(String[]::new);
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.aclSetUser("shop", line);
        }
        return redis;
    }

    private static String location(OwnRedis redis) {
        return "redis://shop:" + TestSecrets.encoded(TestSecrets.PASSWORD) + "@127.0.0.1:" + redis.port();
    }

    @ParameterizedTest
    @CsvSource({
        "+@all,",
        "-script,",
        "-script|load,",
        "-eval,",
        "-mget,",
        "-getrange,",
        "-setrange,",
        "-unlink,",
        "-ping,",
        "-wait,",
        "-role,",
        "-publish,",
        "-subscribe,",
        "resetchannels,",
        "-client,",
        "-config,",
        "-@admin,",
        "-hello -cluster -role -command,",
        "-@dangerous +info,",
        "-evalsha,refuses EVALSHA",
        "-info," + UNTOLD,
        "-@dangerous," + UNTOLD,
        "-info -role," + UNTOLD,
        "-info -role -mget -getrange -setrange -script -ping," + UNTOLD,
    })
    void hitsThoughARightIsMissing(String rights, String line) throws IOException {
        try (OwnRedis redis = granting(rights);
                Site site = new Site(location(redis), "off")) {
            site.hits();
            site.says(line);
        }
    }

    @ParameterizedTest
    @CsvSource({"-get,GET", "-set,SET", "-del,DEL", "-time,TIME", "-evalsha -eval,'''eval'''"})
    void oneLineNamesTheRightWithoutWhichThereAreNoHits(String rights, String command) throws IOException {
        try (OwnRedis redis = granting(rights);
                Site site = new Site(location(redis), "off")) {
            site.misses();
            site.says(command);
        }
    }

    @Test
    void anotherDatabaseNeedsSelect() throws IOException {
        try (OwnRedis redis = granting("-select");
                Site site = new Site(location(redis) + "/1", "off")) {
            site.misses();
            site.says("'select'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-publish,refuses PUBLISH in scripts",
        "resetchannels,refuses SUBSCRIBE",
        "-subscribe,refuses SUBSCRIBE",
        "-ping,refuses PING",
    })
    void oneLineSaysWhatTheNearTierLacks(String rights, String line) throws IOException {
        try (OwnRedis redis = granting(rights);
                Site site = new Site(location(redis), "all")) {
            site.hits();
            site.says(line);
            assertThat(site.reader.count(Counter.NEAR_HIT) > 0).isEqualTo(rights.equals("-publish"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INFO," + UNTOLD,
        "ROLE,",
        "EVALSHA,refuses EVALSHA",
        "EVAL,",
        "SCRIPT,",
        "MGET,",
        "PUBLISH,",
        "PING,",
        "SETRANGE,"
    })
    void hitsThoughACommandIsRenamedAway(String command, String line) throws IOException {
        try (OwnRedis redis = RedisServer.startOwn("--rename-command", command, "");
                Site site = new Site(redis.url(), "off")) {
            site.hits();
            site.says(line);
        }
    }

    @ParameterizedTest
    @CsvSource({"off,false", "all,true"})
    void nothingIsPublishedWithoutANearTier(String near, boolean published) throws IOException {
        try (OwnRedis redis = RedisServer.startOwn();
                Site site = new Site(redis.url(), near);
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            site.hits();
            site.says(null);
            // What scripts call is counted, too.
            assertThat(jedis.info("commandstats").contains("cmdstat_publish:")).isEqualTo(published);
        }
    }

    /** As at vendors whose scripts may not ask what the server is. */
    @Test
    void hitsThoughScriptsMayNotAskForTheReplicationId() throws IOException {
        try (OwnRedis redis = RedisServer.startOwn("--rename-command", "INFO", "XNFO");
                RenamingProxy proxy = new RenamingProxy(redis.port(), Map.of("info", "XNFO"));
                Site site = new Site("redis://127.0.0.1:" + proxy.port(), "off")) {
            site.hits();
            site.says(null);
            assertThat(site.printed.lines("refuses INFO in scripts")).hasSize(2);
        }
    }

    /** Two processes over one server, and what they log. */
    private static final class Site implements AutoCloseable {

        private final Printed printed = Printed.onStandardError();
        private final boolean near;
        private boolean none;
        private final CachedFactory writer;
        private final CachedFactory reader;

        private Site(String location, String near) {
            this.near = !near.equals("off");
            writer = CachedFactory.of(Book.class)
                    .cacheAll(AccessType.READ_WRITE)
                    .set("hibernate.cache.dorm.location", location)
                    .set("hibernate.cache.dorm.near", near)
                    .set("hibernate.cache.dorm.timeout", "1s")
                    .build();
            reader = writer.another(Book.class).cacheAll(AccessType.READ_WRITE).build();
            writer.inTransaction(session -> session.persist(new Book(1, "t0")));
        }

        private static String title(CachedFactory factory) {
            return factory.fromTransaction(
                    session -> session.find(Book.class, 1L).title());
        }

        private static boolean hits(CachedFactory factory, String expected) {
            factory.statements().clear();
            assertThat(title(factory)).isEqualTo(expected);
            return factory.statements().all().isEmpty();
        }

        private void hits() {
            change("t0", true);
            for (int i = 1; i <= 5; i++) {
                String title = "t" + i;
                write(title);
                change(title, true);
            }
        }

        private void misses() {
            none = true;
            change("t0", false);
            write("t1");
            change("t1", false);
        }

        private void write(String title) {
            writer.inTransaction(session -> session.find(Book.class, 1L).retitle(title));
            if (near) {
                await().atMost(WINDOW)
                        .untilAsserted(() -> assertThat(title(reader)).isEqualTo(title));
            } else {
                assertThat(title(reader)).isEqualTo(title);
            }
        }

        /** No read may show anything else, and all are hits in the end, or none ever is. */
        private void change(String title, boolean served) {
            for (CachedFactory each : List.of(reader, writer)) {
                if (served) {
                    await().atMost(Duration.ofSeconds(30)).until(() -> hits(each, title));
                } else {
                    for (int i = 0; i < 20; i++) {
                        assertThat(hits(each, title)).isFalse();
                    }
                }
            }
        }

        /** Each of the two processes warns once, of this, and says nothing that would fill a page. */
        private void says(String line) {
            List<String> warnings = warnings();
            if (line == null) {
                assertThat(warnings).isEmpty();
            } else {
                await().atMost(Duration.ofSeconds(10)).until(() -> warnings().size() >= 2);
                assertThat(warnings()).hasSize(2).allSatisfy(each -> assertThat(each)
                        .contains(line)
                        .doesNotContain("redis.call", TestSecrets.PASSWORD)
                        .hasSizeLessThan(600));
            }
            assertThat(printed.lines("ERROR")).isEmpty();
        }

        private List<String> warnings() {
            return printed.lines("WARN").stream()
                    .filter(each -> !each.contains("does not answer and is bypassed"))
                    // What costs more is said, too, before it turns out that it does not help.
                    .filter(each -> !none || !each.contains("refuses EVALSHA"))
                    .toList();
        }

        @Override
        public void close() {
            reader.close();
            writer.close();
            printed.close();
        }
    }
}
