package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that does not answer costs some timeouts, and from then on none until it answers again. */
class BreakerIT {

    private static final int BOOKS = 30;

    private OwnRedis redis;

    @BeforeEach
    void start() {
        redis = RedisServer.startOwn();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private CachedFactory factory(String onOutage) {
        CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", "redis")
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.dorm.timeout", "500ms")
                .set("hibernate.cache.dorm.on_outage", onOutage)
                .build();
        factory.inTransaction(session -> {
            for (int id = 1; id <= BOOKS; id++) {
                session.persist(new Book(id, "old"));
            }
        });
        cachesAgain(factory);
        return factory;
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private static void cachesAgain(CachedFactory factory) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            title(factory);
            factory.statements().clear();
            title(factory);
            return factory.statements().all().isEmpty();
        });
    }

    private static void opens(CachedFactory factory) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            title(factory);
            return !breaker(factory).equals("CLOSED");
        });
    }

    private static void closes(CachedFactory factory) {
        await().atMost(Duration.ofSeconds(30)).until(() -> breaker(factory).equals("CLOSED"));
    }

    private static String breaker(CachedFactory factory) {
        return factory.cache().statistics().getBreakers().get("default");
    }

    @Test
    void whenItHasFailedOftenEnoughNobodyWaitsForIt() {
        try (CachedFactory factory = factory("bypass");
                Printed printed = Printed.onStandardError()) {
            redis.pause();
            opens(factory);
            long waited = factory.count(Counter.OUTAGE);
            long bypassed = factory.count(Counter.BYPASSED);
            for (int i = 0; i < 1_000; i++) {
                assertThat(title(factory)).isEqualTo("old");
            }
            assertThat(factory.count(Counter.BYPASSED) - bypassed)
                    .as("a read and a put of each")
                    .isEqualTo(2_000);
            assertThat(factory.count(Counter.OUTAGE) - waited)
                    .as("probes, of which none is a transaction's")
                    .isLessThan(20);

            redis.resume();
            closes(factory);
            cachesAgain(factory);
            assertThat(factory.count(Counter.BREAKER_OPENED)).isEqualTo(1);
            assertThat(breaker(factory)).isEqualTo("CLOSED");
            // The lines wait for the cause, which is looked for in the background.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !printed.lines("answers and is used again").isEmpty());
            assertThat(printed.lines("answers and is used again")).hasSize(1);
            assertThat(printed.lines("does not answer and is bypassed")).hasSize(1);
            // One line for each cause, and there are two: it does not answer, and then it takes connections again.
            assertThat(printed.lines("fails and is bypassed"))
                    .hasSizeBetween(1, 2)
                    .allSatisfy(line -> assertThat(line).contains("no reply within 500 ms (setting timeout)"))
                    .extracting(line -> line.substring(line.indexOf("bypassed: ")))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aTransactionWaitsOnce() {
        try (CachedFactory factory = factory("bypass")) {
            redis.pause();
            factory.inTransaction(session -> {
                for (long id = 1; id <= BOOKS; id++) {
                    session.find(Book.class, id).retitle("new");
                }
            });
            assertThat(factory.count(Counter.OUTAGE)).isLessThanOrEqualTo(2);
            assertThat(factory.count(Counter.BYPASSED)).isGreaterThanOrEqualTo(BOOKS + 1);
            assertThat(factory.cache().statistics().getPendingInvalidations()).isPositive();
            assertThat(factory.count(Counter.BREAKER_OPENED)).isZero();
            redis.resume();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> factory.cache().statistics().getPendingInvalidations() == 0);
        }
    }

    @Test
    void whatWasNotSentIsOwedAndPaidThoughNobodyAsks() {
        try (CachedFactory one = factory("bypass");
                CachedFactory two =
                        one.another(Book.class).cacheAll(AccessType.READ_WRITE).build()) {
            cachesAgain(two);
            redis.pause();
            opens(one);
            one.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            assertThat(one.cache().statistics().getPendingInvalidations()).isPositive();
            redis.resume();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> one.cache().statistics().getPendingInvalidations() == 0);
            assertThat(title(two)).isEqualTo("new");
            assertThat(title(one)).isEqualTo("new");
        }
    }

    @Test
    void aWriteThatMustNotPassItByFailsBeforeItsCommitAndAtOnce() {
        try (CachedFactory factory = factory("fail")) {
            redis.pause();
            opens(factory);
            long bypassed = factory.count(Counter.BYPASSED);
            assertThatThrownBy(() -> factory.inTransaction(
                            session -> session.find(Book.class, 1L).retitle("new")))
                    .hasStackTraceContaining("The cache 'default' cannot be locked, so the transaction must not commit")
                    .hasStackTraceContaining("is bypassed");
            assertThat(factory.count(Counter.BYPASSED) - bypassed).isPositive();
            assertThat(title(factory)).isEqualTo("old");
            redis.resume();
            closes(factory);
            factory.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            cachesAgain(factory);
            assertThat(title(factory)).isEqualTo("new");
        }
    }
}
