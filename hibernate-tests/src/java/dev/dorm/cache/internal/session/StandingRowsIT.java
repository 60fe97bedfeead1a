package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process does not put again what it knows to stand; what it may be wrong about is put all the same. */
class StandingRowsIT {

    private CachedFactory one;
    private CachedFactory two;

    @BeforeEach
    void start() {
        one = CachedFactory.on(CacheBackend.REDIS, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        two = one.another(Book.class).cacheAll(AccessType.READ_WRITE).build();
        one.inTransaction(session -> session.persist(new Book(1, "old")));
        one.inTransaction(StandingRowsIT::list);
        one.inTransaction(StandingRowsIT::list);
        assertThat(one.count(Counter.PUT_REFUSED_STANDING)).isPositive();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static void list(Session session) {
        session.createQuery("from Book", Book.class).list();
    }

    private static String title(CachedFactory process) {
        return process.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    @Test
    void whatAnotherProcessChangesIsSeen() {
        two.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
        one.inTransaction(StandingRowsIT::list);
        assertThat(title(one)).isEqualTo("new");
        assertThat(title(two)).isEqualTo("new");
    }

    /** Here what stands is not what this process has put, though what it loads is. */
    @Test
    void whatIsToBeRefreshedIsPut() {
        two.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
        assertThat(title(two)).isEqualTo("new");
        two.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("update Book set title = 'old'");
            }
        }));
        assertThat(title(two)).isEqualTo("new");
        one.inTransaction(session -> {
            session.setCacheMode(CacheMode.REFRESH);
            list(session);
        });
        assertThat(title(two)).isEqualTo("old");
    }
}
