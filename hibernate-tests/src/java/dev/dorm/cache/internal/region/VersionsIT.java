package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Version;
import java.util.List;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A versioned entity's version in the cache is that of the database. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class VersionsIT {

    @Entity(name = "Account")
    @Cacheable
    static class Account {
        @Id
        long id;

        @Version
        int version;

        long balance;

        Account() {}

        Account(long id, long balance) {
            this.id = id;
            this.balance = balance;
        }
    }

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    VersionsIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void cacheAnAccountInBoth() {
        one = CachedFactory.on(backend, Account.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        one.inTransaction(session -> session.persist(new Account(1, 100)));
        two = one.another(Account.class).cacheAll(AccessType.READ_WRITE).build();
        everybodySees(0, 100);
        Account cached = assertThatCache(two).readsWithoutSql(session -> session.find(Account.class, 1L));
        assertThat(cached.version).isZero();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private void everybodySees(int version, long balance) {
        for (int pass = 0; pass < 2; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                Account account = factory.fromTransaction(session -> session.find(Account.class, 1L));
                assertThat(List.of((long) account.version, account.balance)).containsExactly((long) version, balance);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIMISTIC_FORCE_INCREMENT", "PESSIMISTIC_FORCE_INCREMENT"})
    void aForcedIncrementIsSeen(LockModeType mode) {
        one.inTransaction(session -> session.find(Account.class, 1L, mode));
        everybodySees(1, 100);
        one.inTransaction(session -> session.lock(session.find(Account.class, 1L), mode));
        everybodySees(2, 100);
        two.inTransaction(session -> session.find(Account.class, 1L).balance = 50);
        everybodySees(3, 50);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIMISTIC_FORCE_INCREMENT", "PESSIMISTIC_FORCE_INCREMENT"})
    void aForcedIncrementThatIsRolledBackIsNotSeen(LockModeType mode) {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.find(Account.class, 1L, mode);
            session.flush();
            session.getTransaction().rollback();
        }
        everybodySees(0, 100);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIMISTIC_FORCE_INCREMENT", "PESSIMISTIC_FORCE_INCREMENT", "WRITE"})
    void aForcedIncrementAndAChange(LockModeType mode) {
        one.inTransaction(session -> session.find(Account.class, 1L, mode).balance = 50);
        everybodySeesTheDatabase(50);
        one.inTransaction(session -> {
            Account account = session.find(Account.class, 1L);
            account.balance = 60;
            session.flush();
            session.lock(account, mode);
        });
        everybodySeesTheDatabase(60);
        two.inTransaction(session -> session.find(Account.class, 1L).balance = 70);
        everybodySeesTheDatabase(70);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIMISTIC_FORCE_INCREMENT", "PESSIMISTIC_FORCE_INCREMENT"})
    void aForcedIncrementOfWhatIsInserted(LockModeType mode) {
        one.inTransaction(session -> {
            Account account = new Account(2, 100);
            session.persist(account);
            session.flush();
            session.lock(account, mode);
        });
        two.inTransaction(session -> session.find(Account.class, 2L).balance = 50);
        one.inTransaction(session -> session.find(Account.class, 2L).balance = 40);
    }

    @Test
    void aForcedIncrementByAQuery() {
        one.get().getCache().evictAllRegions();
        one.inTransaction(session -> session.createQuery("from Account", Account.class)
                .setLockMode(LockModeType.OPTIMISTIC_FORCE_INCREMENT)
                .list());
        two.inTransaction(session -> session.find(Account.class, 1L).balance = 50);
        everybodySeesTheDatabase(50);
    }

    @Test
    void aForcedIncrementByAQueryOfWhatIsCached() {
        one.inTransaction(session -> session.createQuery("from Account", Account.class)
                .setLockMode(LockModeType.OPTIMISTIC_FORCE_INCREMENT)
                .list());
        two.inTransaction(session -> session.find(Account.class, 1L).balance = 50);
        everybodySeesTheDatabase(50);
    }

    private void everybodySeesTheDatabase(long balance) {
        Account there = one.fromTransaction(session -> {
            session.setCacheMode(CacheMode.IGNORE);
            return session.createQuery("from Account", Account.class).getSingleResult();
        });
        assertThat(there.balance).isEqualTo(balance);
        everybodySees(there.version, balance);
    }

    /** Hibernate 6.6 tells no cache of it, unless the query fills it. */
    @Test
    void aForcedIncrementByAQueryThatBypassesTheCacheIsFoundByTheNextQuery() {
        one.inTransaction(session -> session.createQuery("from Account", Account.class)
                .setLockMode(LockModeType.OPTIMISTIC_FORCE_INCREMENT)
                .setCacheMode(CacheMode.GET)
                .list());
        all(two);
        assertThat(versionInTheDatabase()).isEqualTo(1);
        everybodySees(1, 100);
        two.inTransaction(session -> session.find(Account.class, 1L).balance = 50);
        everybodySees(2, 50);
    }

    @Test
    void aLaterVersionThatAQueryLoadsIsServedFromThenOn() {
        behindTheCache("version = 7, balance = 7");
        everybodySees(0, 100);
        all(two);
        for (CachedFactory each : List.of(one, two)) {
            Account cached = assertThatCache(each).readsWithoutSql(session -> session.find(Account.class, 1L));
            assertThat(cached.version).isEqualTo(7);
        }
        one.inTransaction(session -> session.find(Account.class, 1L).balance = 8);
        everybodySees(8, 8);
    }

    @Test
    void anEqualOrEarlierVersionIsNot() {
        behindTheCache("balance = 7");
        all(two);
        everybodySees(0, 100);
        one.inTransaction(session -> session.find(Account.class, 1L).balance = 8);
        everybodySees(1, 8);
        behindTheCache("version = 0, balance = 9");
        all(two);
        everybodySees(1, 8);
    }

    @Test
    void aVersionThatIsRolledBackIsNot() {
        two.inTransaction(session -> {
            raise(session, "version = 7");
            session.createQuery("from Account", Account.class).list();
            session.getTransaction().markRollbackOnly();
        });
        everybodySees(0, 100);
    }

    /** What it loads may be its own, and undone by now. */
    @Test
    void whatATransactionLoadsThatHasWrittenIsNot() {
        behindTheCache("version = 7");
        two.inTransaction(session -> {
            session.persist(new Account(2, 1));
            session.flush();
            session.createQuery("from Account", Account.class).list();
        });
        everybodySees(0, 100);
        all(two);
        everybodySees(7, 100);
    }

    private static void all(CachedFactory factory) {
        factory.inTransaction(
                session -> session.createQuery("from Account", Account.class).list());
    }

    private void behindTheCache(String changes) {
        one.inTransaction(session -> raise(session, changes));
    }

    private static void raise(Session session, String changes) {
        session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("update Account set " + changes);
            }
        });
    }

    private int versionInTheDatabase() {
        return one.fromTransaction(
                session -> session.createNativeQuery("select version from Account where id = 1", Integer.class)
                        .getSingleResult());
    }

    @Test
    void theLoserOfARaceLeavesNoStaleRow() {
        try (Session loser = one.get().openSession()) {
            loser.beginTransaction();
            Account read = loser.find(Account.class, 1L);
            two.inTransaction(session -> session.find(Account.class, 1L).balance = 80);
            read.balance = 70;
            assertThatThrownBy(() -> loser.getTransaction().commit())
                    .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(OptimisticLockException.class), e -> assertThat(e)
                            .hasCauseInstanceOf(OptimisticLockException.class));
        }
        everybodySees(1, 80);
    }

    @Test
    void theLoserOfARaceByMergeLeavesNoStaleRow() {
        Account detached = one.fromTransaction(session -> session.find(Account.class, 1L));
        two.inTransaction(session -> session.find(Account.class, 1L).balance = 80);
        detached.balance = 70;
        assertThatThrownBy(() -> one.inTransaction(session -> session.merge(detached)))
                .isInstanceOf(OptimisticLockException.class);
        everybodySees(1, 80);
    }

    @Test
    void aPessimisticLockReadsTheDatabase() {
        one.statements().clear();
        Account locked =
                one.fromTransaction(session -> session.find(Account.class, 1L, LockModeType.PESSIMISTIC_WRITE));
        assertThat(locked.balance).isEqualTo(100);
        assertThat(one.statements().all()).isNotEmpty();
    }

    @Test
    void aChangeBehindTheCacheIsFoundByTheVersion() {
        one.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("update Account set version = 5, balance = 5");
            }
        }));
        assertThatThrownBy(() -> one.inTransaction(session -> session.find(Account.class, 1L).balance = 1))
                .isInstanceOf(OptimisticLockException.class);
        everybodySees(5, 5);
    }
}
