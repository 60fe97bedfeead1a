package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.FreezingBackend;
import java.time.Duration;
import java.util.List;
import org.hibernate.Cache;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a thread asks of a cache that answers nothing, it waits for it once. */
class BoundedWaitsIT {

    private static final int BOOKS = 30;

    @AfterEach
    void thaw() {
        FreezingBackend.thaw();
    }

    private static CachedFactory.Builder builder(String onOutage) {
        return CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", FreezingBackend.class.getName())
                .set("hibernate.cache.dorm.on_outage", onOutage);
    }

    private static CachedFactory frozen(String onOutage) {
        CachedFactory factory = builder(onOutage).build();
        factory.inTransaction(session -> {
            for (int id = 1; id <= BOOKS; id++) {
                session.persist(new Book(id, "old"));
            }
        });
        FreezingBackend.freeze();
        return factory;
    }

    private static List<String> titles(SharedSessionContract session) {
        return session.createQuery("select title from Book", String.class)
                .setCacheable(true)
                .list();
    }

    @Test
    void aTransactionWaitsOnce() {
        try (CachedFactory factory = frozen("bypass")) {
            factory.inTransaction(session -> {
                for (long id = 1; id <= BOOKS; id++) {
                    session.find(Book.class, id).retitle("new");
                }
                session.flush();
                titles(session);
                session.createMutationQuery("update Book set title = 'newer'").executeUpdate();
                session.getSessionFactory().getCache().evictEntityData();
            });
            assertThat(FreezingBackend.waits()).isEqualTo(1);
        }
    }

    @Test
    void soDoAllThatFollowUntilItAnswersAgain() {
        try (CachedFactory factory = frozen("bypass")) {
            for (int i = 0; i < 10; i++) {
                String title = "" + i;
                factory.inTransaction(session -> session.find(Book.class, 1L).retitle(title));
            }
            assertThat(FreezingBackend.waits()).isEqualTo(1);
            FreezingBackend.thaw();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> factory.cache().statistics().getPendingInvalidations() == 0);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                factory.statements().clear();
                String title = factory.fromTransaction(
                        session -> session.find(Book.class, 1L).title());
                assertThat(title).isEqualTo("9");
                return factory.statements().all().isEmpty();
            });
        }
    }

    @Test
    void aSessionWithoutATransactionWaitsOnce() {
        try (CachedFactory factory = frozen("bypass");
                Session session = factory.get().openSession()) {
            for (long id = 1; id <= BOOKS; id++) {
                assertThat(session.find(Book.class, id).title()).isEqualTo("old");
                titles(session);
            }
            assertThat(FreezingBackend.waits()).isEqualTo(1);
        }
    }

    @Test
    void soDoesAStatelessOne() {
        try (CachedFactory factory = frozen("bypass");
                StatelessSession session = factory.get().openStatelessSession()) {
            for (long id = 1; id <= BOOKS; id++) {
                Book book = (Book) session.get(Book.class, id);
                book.retitle("new");
                session.update(book);
                titles(session);
            }
            // Hibernate 6.6 asks no cache for a stateless session.
            assertThat(FreezingBackend.waits()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whoEvictsWaitsOnce() {
        try (CachedFactory factory = frozen("bypass")) {
            Cache cache = factory.get().getCache();
            cache.evictAllRegions();
            cache.evictEntityData();
            for (long id = 1; id <= BOOKS; id++) {
                cache.evictEntityData(Book.class, id);
                cache.containsEntity(Book.class, id);
            }
            cache.evictQueryRegions();
            assertThatThrownBy(() -> factory.cache().bumpModelVersion(Book.class))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("the bump is owed");
            assertThat(FreezingBackend.waits()).isEqualTo(1);
            assertThat(factory.cache().statistics().getPendingInvalidations()).isPositive();
        }
    }

    @Test
    void anApplicationThatStartsWaitsOnce() {
        FreezingBackend.freeze();
        try (CachedFactory factory = builder("bypass").build()) {
            assertThat(FreezingBackend.waits()).isEqualTo(1);
            factory.inTransaction(session -> session.persist(new Book(1, "old")));
            assertThat(FreezingBackend.waits()).isEqualTo(1);
        }
    }

    @Test
    void aWriteThatMustNotPassByTriesOnceMoreAndNotAtAllWhenTheBreakerIsOpen() {
        try (CachedFactory factory = frozen("fail")) {
            assertThatThrownBy(() -> retitle(factory))
                    .hasStackTraceContaining("The cache 'default' cannot be locked")
                    .hasStackTraceContaining("hibernate.cache.dorm.on_outage");
            assertThat(FreezingBackend.waits()).as("a read, and the lock").isLessThanOrEqualTo(2);
            await().atMost(Duration.ofSeconds(30)).until(() -> !factory.cache()
                    .statistics()
                    .getBreakers()
                    .get("default")
                    .equals("CLOSED"));
            int waits = FreezingBackend.waits();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> retitle(factory)).hasStackTraceContaining("cannot be locked");
            }
            assertThat(FreezingBackend.waits()).isEqualTo(waits);
        }
    }

    /** The recovery's own question is still under way when the lock is asked for. */
    @Test
    void aWriteThatMustNotPassByTriesItInSpiteOfDoubt() {
        try (CachedFactory factory = frozen("fail")) {
            factory.inTransaction(session -> {
                FreezingBackend.freeze(Duration.ofSeconds(3));
                Book book = session.find(Book.class, 1L);
                FreezingBackend.thaw();
                book.retitle("new");
            });
            String title = factory.fromTransaction(
                    session -> session.find(Book.class, 1L).title());
            assertThat(title).isEqualTo("new");
        }
    }

    @Test
    void theBreakerOpensWhenTheQuestionAfterAFailureIsNotAnswered() {
        try (CachedFactory factory = frozen("bypass")) {
            factory.inTransaction(session -> session.find(Book.class, 1L));
            await().atMost(Duration.ofSeconds(30)).until(() -> !factory.cache()
                    .statistics()
                    .getBreakers()
                    .get("default")
                    .equals("CLOSED"));
            assertThat(factory.count(Counter.OUTAGE))
                    .as("a call, the question, and perhaps the first probe")
                    .isBetween(2L, 4L);
        }
    }

    private static void retitle(CachedFactory factory) {
        factory.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
    }
}
