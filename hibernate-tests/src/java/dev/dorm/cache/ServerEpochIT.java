package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.Transaction;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A Redis that comes back with what it held some time ago serves nothing of that. */
class ServerEpochIT {

    private OwnRedis redis;
    CachedFactory one;
    CachedFactory two;

    @BeforeEach
    void start() {
        redis = server();
        one = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", "redis")
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.dorm.timeout", "1s")
                .build();
        two = another();
        one.inTransaction(session -> session.persist(new Book(1, "old")));
        cachesAgain(one, "old");
        cachesAgain(two, "old");
    }

    /** Returns the server that comes back. */
    OwnRedis server() {
        return RedisServer.startOwn();
    }

    @AfterEach
    void stop() {
        two.close();
        one.close();
        redis.close();
    }

    private CachedFactory another() {
        return one.another(Book.class).cacheAll(AccessType.READ_WRITE).build();
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private static List<String> titles(CachedFactory factory) {
        return factory.fromTransaction(session -> session.createQuery("select title from Book", String.class)
                .setCacheable(true)
                .list());
    }

    /** Reads until reads are served from the cache again; no read may ever show anything else. */
    static void cachesAgain(CachedFactory factory, String expected) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            factory.statements().clear();
            assertThat(title(factory)).isEqualTo(expected);
            assertThat(titles(factory)).containsExactly(expected);
            return factory.statements().all().isEmpty();
        });
    }

    private static void retitle(CachedFactory factory) {
        factory.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
    }

    private void save() {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.save();
        }
    }

    void restoreFromTheSnapshot() {
        redis.kill();
        redis.start();
    }

    @Test
    void whatASnapshotBringsBackIsSeenByNobody() {
        save();
        retitle(one);
        cachesAgain(one, "new");
        restoreFromTheSnapshot();
        cachesAgain(one, "new");
        cachesAgain(two, "new");
        assertThat(one.count(Counter.HIT)).isPositive();
    }

    @Test
    void aProcessThatNoticedNothingLearnsItFromItsNextRead() {
        save();
        retitle(one);
        one.close();
        restoreFromTheSnapshot();
        cachesAgain(two, "new");
    }

    @Test
    void soDoesAProcessThatStartsLater() {
        save();
        retitle(one);
        two.close();
        restoreFromTheSnapshot();
        try (CachedFactory three = another()) {
            cachesAgain(three, "new");
        }
    }

    @Test
    void aTransactionThatBeganBeforeCannotFillWhatIsOlder() {
        one.get().getCache().evictAllRegions();
        save();
        Session session = two.get().openSession();
        Transaction transaction = session.beginTransaction();
        assertThat(session.find(Book.class, 1L).title()).isEqualTo("old");
        retitle(one);
        restoreFromTheSnapshot();
        transaction.commit();
        session.close();
        cachesAgain(two, "new");
        cachesAgain(one, "new");
    }

    @Test
    void aWriteAfterTheRestartIsLaterThanEveryTransactionBeforeIt() {
        save();
        for (int i = 0; i < 5; i++) {
            int number = i;
            one.inTransaction(session -> session.persist(new Book(10 + number, "old")));
        }
        titles(two);
        restoreFromTheSnapshot();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            two.statements().clear();
            title(two);
            return two.statements().all().isEmpty();
        });
        // A clock that went back would date the write below what this transaction is dated with.
        Session session = two.get().openSession();
        Transaction transaction = session.beginTransaction();
        assertThat(session.createQuery("select title from Book where id = 1", String.class)
                        .setCacheable(true)
                        .list())
                .containsExactly("old");
        retitle(one);
        transaction.commit();
        session.close();
        for (CachedFactory each : new CachedFactory[] {one, two}) {
            assertThat(each.<List<String>>fromTransaction(
                            later -> later.createQuery("select title from Book where id = 1", String.class)
                                    .setCacheable(true)
                                    .list()))
                    .containsExactly("new");
        }
    }

    @Test
    void oneWhoHasRenewedSparesTheOthersTheirEntries() {
        restoreFromTheSnapshot();
        cachesAgain(one, "old");
        long version = one.cache().modelVersion(Book.class);
        cachesAgain(two, "old");
        assertThat(two.count(Counter.RENEWAL)).isGreaterThan(1);
        assertThat(one.cache().modelVersion(Book.class)).isEqualTo(version);
        one.statements().clear();
        assertThat(title(one)).isEqualTo("old");
        assertThat(one.statements().all()).isEmpty();
    }
}
