package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.TestConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;

/**
 * Very many threads that read at the same moment: many are served, the others are passed by, and no call fails. It wants the machine for itself, and
 * {@code -Dvirtual.threads=true}.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@EnabledIfSystemProperty(named = "virtual.threads", matches = "true")
class VirtualThreadsIT {

    private static final int THREADS = 10_000;
    private static final int BOOKS = 100;
    private static final int WAVES = 3;

    @Test
    void tenThousandReadersAtOnceFailNoCall() throws Exception {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.REDIS, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .without("hibernate.connection.url")
                .set("hibernate.connection.provider_class", new FewConnections())
                .set("hibernate.cache.dorm.timeout", "250ms")
                .build()) {
            factory.inTransaction(session -> {
                for (int id = 1; id <= BOOKS; id++) {
                    session.persist(new Book(id, "title " + id));
                }
            });
            all(factory, BOOKS, Executors.newFixedThreadPool(4));
            long hits = factory.count(Counter.HIT);
            for (int wave = 1; wave <= WAVES; wave++) {
                long before = factory.count(Counter.HIT);
                long passed = factory.count(Counter.MISS_OUTAGE);
                long begun = System.nanoTime();
                all(factory, THREADS, (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null));
                System.out.printf(
                        "%,d virtual threads at once, %d: %,d hits, %,d passed by, %,d failed calls, %d ms%n",
                        THREADS,
                        wave,
                        factory.count(Counter.HIT) - before,
                        factory.count(Counter.MISS_OUTAGE) - passed,
                        factory.count(Counter.OUTAGE),
                        (System.nanoTime() - begun) / 1_000_000);
            }
            assertThat(factory.count(Counter.OUTAGE)).isZero();
            assertThat(factory.count(Counter.BREAKER_OPENED)).isZero();
            // Before turns were given back as soon as the reply came: 500 to 1,500.
            assertThat(factory.count(Counter.HIT) - hits).isGreaterThan(3_000);
        }
    }

    /** Ten connections, for which threads wait without asking again and again: H2's own pool does. */
    private static final class FewConnections extends TestConnections {

        private static final long serialVersionUID = 1;

        private static final int MOST = 10;

        private final transient JdbcConnectionPool pool =
                JdbcConnectionPool.create("jdbc:h2:mem:threads;DB_CLOSE_DELAY=-1", "sa", "");
        private final transient Semaphore free = new Semaphore(MOST);

        @Override
        public Connection getConnection() throws SQLException {
            free.acquireUninterruptibly();
            return pool.getConnection();
        }

        @Override
        public void closeConnection(Connection connection) throws SQLException {
            connection.close();
            free.release();
        }
    }

    private static void all(CachedFactory factory, int threads, ExecutorService executor) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> read = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long id = 1 + i % BOOKS;
            read.add(executor.submit(() -> {
                start.await();
                try (Session session = factory.get().openSession()) {
                    return session.find(Book.class, id).title();
                }
            }));
        }
        start.countDown();
        for (int i = 0; i < threads; i++) {
            assertThat(read.get(i).get()).isEqualTo("title " + (1 + i % BOOKS));
        }
        executor.shutdown();
    }
}
