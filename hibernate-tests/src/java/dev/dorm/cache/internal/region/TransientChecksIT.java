package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.hibernate.caller.TransientChecks;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.WholeSession;
import org.hibernate.CacheMode;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That Hibernate asks for a row only to learn whether an entity is new is known without a walk of the stack. */
class TransientChecksIT {

    private CachedFactory factory;

    @BeforeEach
    void open() {
        factory = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.NONSTRICT_READ_WRITE)
                .build();
        factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
        factory.inTransaction(session -> session.find(Book.class, 1L));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void assignedIdsAreWatchedOnThisHibernate() {
        assertThat(TransientChecks.isWatched(factory.get().getMappingMetamodel().getEntityDescriptor(Book.class)))
                .isTrue();
    }

    @Test
    void aCheckThatDoesNotComeToTheCacheTakesNoLoadForOne() {
        factory.inTransaction(session -> {
            WholeSession.uses(session, CacheMode.IGNORE);
            session.persist(new Book(2, "Persuasion"));
        });
        factory.statements().clear();
        factory.inTransaction(
                session -> assertThat(session.find(Book.class, 1L).title()).isEqualTo("Emma"));
        assertThatCache(factory).statements(0);
    }

    @Test
    void aCheckIsForgottenWhenItHasComeToTheCache() {
        factory.inTransaction(session -> {
            session.persist(new Book(2, "Persuasion"));
            factory.statements().clear();
            assertThat(session.find(Book.class, 1L).title()).isEqualTo("Emma");
            assertThatCache(factory).statements(0);
        });
    }

    @Test
    void whatIsCachedDoesNotSayThatAnEntityIsThere() {
        factory.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("delete from Book where id = 1");
            }
        }));
        factory.inTransaction(session -> session.persist(new Book(1, "Emma again")));
        factory.get().getCache().evict(Book.class, 1L);
        factory.inTransaction(
                session -> assertThat(session.find(Book.class, 1L).title()).isEqualTo("Emma again"));
    }
}
