package dev.dorm.cache.internal.session;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.SlowProxy;
import java.io.IOException;
import java.time.Duration;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** A transaction of so many rows that their locks take longer than one call may last. */
class LargeTransactionIT {

    private static final int ROWS = 4_000;

    /** Eight pieces of {@value #ROWS} locks, or more, take longer than this. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final Duration PIECE = Duration.ofMillis(170);

    @Test
    void itsLocksAreWaitedForAsLongAsSomeAreAcknowledged() throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                SlowProxy slow = new SlowProxy(server.port(), PIECE, false);
                CachedFactory near = CachedFactory.of(Book.class)
                        .set("hibernate.cache.dorm.location", server.url())
                        .build();
                CachedFactory far = near.another(Book.class)
                        .set("hibernate.cache.dorm.location", slow.url())
                        .set("hibernate.cache.dorm.timeout", TIMEOUT.toMillis() + "ms")
                        .set("hibernate.cache.dorm.on_outage", "fail")
                        .build()) {
            near.inTransaction(session -> {
                for (int id = 1; id <= ROWS + 1; id++) {
                    session.persist(new Book(id, "old"));
                }
            });
            title(near, ROWS + 1);

            far.inTransaction(LargeTransactionIT::retitle);

            assertThat(far.count(Counter.OUTAGE)).isZero();
            assertThat(far.count(Counter.BYPASSED)).isZero();
            assertThat(title(near, 1)).isEqualTo("new");
            assertThat(title(near, ROWS)).isEqualTo("new");
            assertThat(far.cache().statistics().getPendingInvalidations()).isZero();
            // Nothing but its rows was taken away.
            assertThatCache(near).readsWithoutSql(session -> session.find(Book.class, ROWS + 1L)
                    .title());
        }
    }

    private static void retitle(Session session) {
        session.createQuery("from Book where id <= :last", Book.class)
                .setParameter("last", (long) ROWS)
                .list()
                .forEach(book -> book.retitle("new"));
    }

    private static String title(CachedFactory factory, long id) {
        return factory.fromTransaction(session -> session.find(Book.class, id).title());
    }
}
