package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** While Redis is away the application works on its database, and what it wrote then is never stale afterwards. */
class OutageIT {

    private OwnRedis redis;

    @BeforeEach
    void start() {
        redis = RedisServer.startOwn();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private CachedFactory.Builder factory(String onOutage) {
        return CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", "redis")
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.dorm.timeout", "500ms")
                .set("hibernate.cache.dorm.on_outage", onOutage);
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> {
            Book book = session.find(Book.class, 1L);
            return book == null ? null : book.title();
        });
    }

    private static List<String> titles(CachedFactory factory) {
        return factory.fromTransaction(
                session -> session.createQuery("select title from Book order by id", String.class)
                        .setCacheable(true)
                        .list());
    }

    /** Waits until reads of the factory are served from the cache again. */
    private static void cachesAgain(CachedFactory factory) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            title(factory);
            titles(factory);
            factory.statements().clear();
            title(factory);
            titles(factory);
            return factory.statements().all().isEmpty();
        });
    }

    @Test
    void theApplicationStartsWithoutRedis() {
        redis.stop();
        try (CachedFactory factory = factory("bypass").build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            assertThat(title(factory)).isEqualTo("Emma");
            assertThat(titles(factory)).containsExactly("Emma");
            factory.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            assertThat(title(factory)).isEqualTo("new");
            assertThat(titles(factory)).containsExactly("new");
            assertThat(factory.count(Counter.OUTAGE)).isPositive();
            assertThat(factory.cache().statistics().getPendingInvalidations()).isPositive();

            redis.start();
            cachesAgain(factory);
            assertThat(title(factory)).isEqualTo("new");
            assertThat(titles(factory)).containsExactly("new");
            assertThat(factory.cache().statistics().getPendingInvalidations()).isZero();
        }
    }

    @Test
    void aSchemaThatIsMadeAnewMeanwhileIsOwed() {
        try (CachedFactory one = factory("bypass").build()) {
            one.inTransaction(session -> session.persist(new Book(1, "old")));
            cachesAgain(one);
            redis.pause();
            try (CachedFactory two = one.another(Book.class)
                    .cacheAll(AccessType.READ_WRITE)
                    .set("hibernate.hbm2ddl.auto", "create")
                    .build()) {
                assertThat(two.cache().statistics().getPendingInvalidations()).isPositive();
                redis.resume();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> two.cache().statistics().getPendingInvalidations() == 0);
                for (CachedFactory factory : List.of(two, one, two)) {
                    assertThat(title(factory)).isNull();
                    assertThat(titles(factory)).isEmpty();
                }
                two.inTransaction(session -> session.persist(new Book(1, "new")));
                cachesAgain(two);
                for (CachedFactory factory : List.of(two, one)) {
                    assertThat(title(factory)).isEqualTo("new");
                    assertThat(titles(factory)).containsExactly("new");
                }
            }
        }
    }

    /** Locks end by themselves after a minute. */
    @ParameterizedTest
    @ValueSource(strings = {"bypass", "fail"})
    void aLockWhoseReplyWasLostIsTakenOutAtOnce(String onOutage) throws IOException {
        try (HoldingProxy proxy = new HoldingProxy(redis.port());
                CachedFactory factory = factory(onOutage)
                        .set("hibernate.cache.dorm.location", proxy.url())
                        .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "old")));
            // Scripts that the server does not know are sent twice.
            factory.inTransaction(session -> session.find(Book.class, 1L).retitle("warm"));
            cachesAgain(factory);
            HoldingProxy.Stop locked = proxy.holdAt(2, HoldingProxy.Point.BEFORE_THE_REPLY);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> factory.inTransaction(
                    session -> session.find(Book.class, 1L).retitle("new")));
            assertThat(locked.reachedBy(writing)).isTrue();
            try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
                assertThat(jedis.keys("dormrow:*")).as("locked rows").anySatisfy(row -> assertThat(jedis.get(row))
                        .startsWith("dormlock1:"));
            }
            writing.handle((done, refused) -> done).join();
            locked.release();
            cachesAgain(factory);
            // The lock has gone out once more, on another connection.
            assertThat(title(factory)).isEqualTo("new");
            assertThat(factory.cache().statistics().getPendingInvalidations()).isZero();
        }
    }

    @Test
    void whatWasWrittenDuringAnOutageIsSeenByEverybodyAfterIt() {
        try (CachedFactory one = factory("bypass").build();
                CachedFactory two =
                        one.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
            one.inTransaction(session -> session.persist(new Book(1, "old")));
            cachesAgain(one);
            cachesAgain(two);

            redis.pause();
            one.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            assertThat(title(one)).isEqualTo("new");
            redis.resume();

            // The writer makes good what it owes before it uses the cache again, and then everybody sees it.
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                assertThat(title(one)).isEqualTo("new");
                assertThat(titles(one)).containsExactly("new");
                return one.cache().statistics().getPendingInvalidations() == 0;
            });
            assertThat(title(two)).isEqualTo("new");
            assertThat(titles(two)).containsExactly("new");
            cachesAgain(two);
            assertThat(title(two)).isEqualTo("new");
        }
    }

    @Test
    void aWriteThatMustNotPassByTheCacheFailsAndIsRolledBack() {
        try (CachedFactory factory = factory("fail").build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "old")));
            cachesAgain(factory);
            redis.stop();
            assertThatThrownBy(() -> factory.inTransaction(
                            session -> session.find(Book.class, 1L).retitle("new")))
                    .hasStackTraceContaining(
                            "The cache 'default' cannot be locked, so the transaction must not commit");
            assertThat(title(factory)).as("reads go to the database").isEqualTo("old");
            redis.start();
            cachesAgain(factory);
            assertThat(title(factory)).isEqualTo("old");
            factory.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            assertThat(title(factory)).isEqualTo("new");
        }
    }
}
