package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Only who keeps rows is told of them, and nobody serves for longer than the window what it was not told of. */
class NearRegistrationIT {

    /** Less than a tenth of the time to live, after which a row is asked for in any case. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Pattern PUBLISHED = Pattern.compile("cmdstat_publish:calls=(\\d+)");

    private final OwnRedis redis = RedisServer.startOwn();
    private final Jedis jedis = new Jedis("127.0.0.1", redis.port());
    private CachedFactory reader;
    private CachedFactory writer;

    private void start(String near) {
        reader = CachedFactory.of(Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.dorm.timeout", "2s")
                .set("hibernate.cache.dorm.ttl", "1h")
                .set("hibernate.cache.dorm.near", near)
                .build();
        writer = reader.another(Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.dorm.timeout", "60s")
                .set("hibernate.cache.dorm.ttl", "1h")
                .set("hibernate.cache.dorm.near", "off")
                .build();
        writer.inTransaction(session -> session.persist(new Book(1, "old")));
    }

    @AfterEach
    void close() {
        if (reader != null) {
            writer.close();
            reader.close();
        }
        jedis.close();
        redis.close();
    }

    private String channel() {
        return "dormnear:" + reader.cache().cacheNamespace(Book.class);
    }

    private String title() {
        return reader.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private void retitle(String title) {
        writer.inTransaction(session -> session.find(Book.class, 1L).retitle(title));
    }

    private boolean isKept() {
        long before = reader.count(Counter.NEAR_HIT);
        title();
        return reader.count(Counter.NEAR_HIT) > before;
    }

    private void keep() {
        await().atMost(SOON).until(this::isKept);
    }

    private long published() {
        Matcher calls = PUBLISHED.matcher(jedis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** Changes it in all ways that tell. */
    private void change() {
        retitle("other");
        writer.inTransaction(session ->
                session.createMutationQuery("update Book set title = 'bulk'").executeUpdate());
        writer.get().getCache().evictEntityData(Book.class, 1L);
        writer.cache().bumpModelVersion(Book.class);
    }

    @Test
    void nothingIsPublishedWhenNobodyListens() {
        start("off");
        title();
        change();
        assertThat(published()).isZero();
        assertThat(jedis.exists(channel())).isFalse();
    }

    @Test
    void whoWroteBeforeTellsWhoBeginsToListen() {
        start("all");
        retitle("before");
        assertThat(published()).isZero();
        keep();
        retitle("new");
        assertThat(published()).isPositive();
        await().atMost(SOON).until(() -> title().equals("new"));
    }

    @Test
    void nothingIsPublishedAnyMoreSomeTimeAfterTheLastHasGone() {
        start("all");
        keep();
        String channel = channel();
        reader.close();
        assertThat(jedis.pttl(channel)).isBetween(1L, 10_000L);
        jedis.pexpire(channel, 1);
        await().atMost(SOON).until(() -> !jedis.exists(channel));
        long before = published();
        change();
        assertThat(published()).isEqualTo(before);
        reader = null;
        writer.close();
    }

    @Test
    void whatAWriterDidNotTellIsNotServedForLongerThanTheWindow() throws InterruptedException {
        start("all");
        for (int i = 0; i < 5; i++) {
            keep();
            String title = "new" + i;
            AtomicBoolean deleting = new AtomicBoolean(true);
            Thread evicting = new Thread(() -> {
                try (Jedis own = new Jedis("127.0.0.1", redis.port())) {
                    while (deleting.get()) {
                        own.del(channel());
                    }
                }
            });
            evicting.start();
            long before = published();
            retitle(title);
            deleting.set(false);
            evicting.join();
            boolean told = published() > before;
            await("told: " + told).atMost(SOON).until(() -> title().equals(title));
        }
    }

    @Test
    void aRegistrationIsMadeAlsoWhenMemoryIsFull() {
        start("all");
        keep();
        jedis.configSet("maxmemory", "1");
        jedis.del(channel());
        await().atMost(SOON).until(() -> jedis.exists(channel()));
        keep();
        retitle("new");
        await().atMost(SOON).until(() -> title().equals("new"));
    }

    @Test
    void whatStandsThereAndIsNoRegistrationIsReplaced() {
        start("all");
        keep();
        for (String garbage : new String[] {"nonsense", "", "a.1".repeat(1_000)}) {
            jedis.set(channel(), garbage);
            await().atMost(SOON).until(() -> !garbage.equals(jedis.get(channel())));
            assertThat(jedis.pttl(channel())).isPositive();
            keep();
        }
        jedis.del(channel());
        jedis.lpush(channel(), "list");
        await().atMost(SOON).until(() -> jedis.type(channel()).equals("string"));
        keep();
    }
}
