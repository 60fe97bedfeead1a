package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.WholeSession;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.CacheMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reader whose REPEATABLE READ snapshot is older than a write, and whose puts come after it, never leaves an old row
 * in the cache: whatever the write was, and whatever its process has learned in between.
 */
@ParameterizedClass
@MethodSource("cases")
class OldSnapshotsIT {

    private final AccessType strategy;
    private final CacheBackend backend;
    private CachedFactory writing;
    private CachedFactory reading;

    OldSnapshotsIT(AccessType strategy, CacheBackend backend) {
        this.strategy = strategy;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return Stream.of(AccessType.READ_WRITE, AccessType.TRANSACTIONAL, AccessType.NONSTRICT_READ_WRITE)
                .flatMap(strategy -> Stream.of(CacheBackend.values()).map(b -> Arguments.of(strategy, b)));
    }

    /** What the reader's process gets to know between the write and the old transaction's puts. */
    private enum Meanwhile {
        NOTHING(session -> {}),
        THE_MARKS_OF_THE_WRITE(session -> {
            WholeSession.uses(session, CacheMode.GET);
            load(session);
        }),
        THE_NEW_ROWS(OldSnapshotsIT::load);

        private final Consumer<Session> work;

        Meanwhile(Consumer<Session> work) {
            this.work = work;
        }
    }

    @BeforeEach
    void twoProcessesOnOneDatabase() {
        writing = CachedFactory.on(backend, Item.class)
                .onPostgres()
                .cacheAll(strategy)
                .build();
        reading = writing.another(Item.class).cacheAll(strategy).build();
    }

    @AfterEach
    void close() {
        reading.close();
        writing.close();
    }

    /** Starts from two rows that are not cached, and versions that both processes know: whoever loads a row fills it. */
    private void reset() {
        writing.inTransaction(session -> {
            for (String sql : List.of("delete from Item_tags", "delete from Item")) {
                session.createNativeMutationQuery(sql).executeUpdate();
            }
            session.persist(new Item(1, "a", "old", "x"));
            session.persist(new Item(2, "b", "other"));
        });
        writing.get().getCache().evictAllRegions();
        for (CachedFactory factory : List.of(reading, writing, reading, writing)) {
            factory.inTransaction(OldSnapshotsIT::load);
        }
        writing.cache().backend().deletePattern("dormrow:" + writing.cache().cacheNamespace(Item.class) + "*");
    }

    private static void load(Session session) {
        for (long id = 1; id <= 2; id++) {
            Item item = session.find(Item.class, id);
            if (item != null) {
                Hibernate.initialize(item.tags());
            }
        }
        session.clear();
        session.bySimpleNaturalId(Item.class).loadOptional("a");
        session.bySimpleNaturalId(Item.class).loadOptional("b");
    }

    /** Runs a write between a reader's snapshot and its loads, and compares what everybody then sees. */
    private void writeBehindAReader(Runnable write) {
        for (Meanwhile meanwhile : Meanwhile.values()) {
            reset();
            try (Session old = reading.get().openSession()) {
                old.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
                old.beginTransaction();
                old.createNativeQuery("select count(*) from Item", Long.class).getSingleResult();
                write.run();
                reading.inTransaction(meanwhile.work);
                load(old);
                old.getTransaction().commit();
            }
            everybodySeesTheDatabase();
        }
    }

    @Test
    void withoutAWriteTheReaderFillsTheCache() {
        writeBehindAReader(() -> {});
        reset();
        reading.inTransaction(OldSnapshotsIT::load);
        writing.statements().clear();
        writing.inTransaction(OldSnapshotsIT::load);
        assertThat(writing.statements().all()).isEmpty();
    }

    private void everybodySeesTheDatabase() {
        String expected = writing.fromTransaction(session -> {
            WholeSession.uses(session, CacheMode.IGNORE);
            return describe(session, OldSnapshotsIT::byQuery);
        });
        for (int pass = 0; pass < 3; pass++) {
            for (CachedFactory factory : List.of(reading, writing)) {
                assertThat(factory.<String>fromTransaction(session -> describe(session, OldSnapshotsIT::byNaturalId)))
                        .isEqualTo(expected);
            }
        }
    }

    private static String describe(Session session, BiFunction<Session, String, Optional<Item>> byCode) {
        List<String> seen = new ArrayList<>();
        for (long id = 1; id <= 2; id++) {
            Item item = session.find(Item.class, id);
            seen.add(id + "=" + (item == null ? "gone" : item.name() + item.tags()));
        }
        session.clear();
        for (String code : List.of("a", "b", "c")) {
            seen.add(code + "->" + byCode.apply(session, code).map(Item::name).orElse("nobody"));
            session.clear();
        }
        return seen.toString();
    }

    private static Optional<Item> byNaturalId(Session session, String code) {
        return session.bySimpleNaturalId(Item.class).loadOptional(code);
    }

    /** Unlike {@link #byNaturalId}, which asks the cache for the id in every mode. */
    private static Optional<Item> byQuery(Session session, String code) {
        return session.createQuery("from Item where code = :code", Item.class)
                .setParameter("code", code)
                .uniqueResultOptional();
    }

    private void change(Consumer<Session> work) {
        writing.inTransaction(work);
    }

    @Test
    void afterACommittedUpdate() {
        writeBehindAReader(() -> change(session -> session.find(Item.class, 1L).rename("new")));
    }

    @Test
    void afterARolledBackUpdateFollowedByACommittedOne() {
        writeBehindAReader(() -> {
            try (Session session = writing.get().openSession()) {
                session.beginTransaction();
                session.find(Item.class, 1L).rename("never");
                session.flush();
                session.getTransaction().rollback();
            }
            change(session -> session.find(Item.class, 1L).rename("new"));
        });
    }

    @Test
    void afterTwoWritersOneUponTheOther() {
        writeBehindAReader(() -> {
            change(session -> session.find(Item.class, 1L).rename("newer"));
            reading.inTransaction(session -> session.find(Item.class, 1L).rename("newest"));
        });
    }

    @Test
    void afterABulkUpdate() {
        writeBehindAReader(() -> change(session -> bulk(session, "update Item set name = 'bulk'")));
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static void bulk(Session session, String hql) {
        session.createQuery(hql).executeUpdate();
    }

    @Test
    void afterAnEvictionThatFollowsTheUpdate() {
        writeBehindAReader(() -> {
            change(session -> session.find(Item.class, 1L).rename("new"));
            writing.get().getCache().evict(Item.class, 2L);
            writing.get().getCache().evict(Item.class, 1L);
            writing.get().getCache().evict(Item.class);
        });
    }

    @Test
    void afterTheStoreWasEmptied() {
        writeBehindAReader(() -> {
            change(session -> session.find(Item.class, 1L).rename("new"));
            String prefix = writing.cache().cacheNamespace(Item.class);
            writing.cache().backend().deletePattern("dorm*" + prefix.substring("dormqs:".length()) + "*");
        });
    }

    @Test
    void afterADelete() {
        writeBehindAReader(() -> change(session -> session.remove(session.find(Item.class, 1L))));
    }

    @Test
    void afterADeleteAndAnInsertOfTheSameId() {
        writeBehindAReader(() -> {
            change(session -> session.remove(session.find(Item.class, 1L)));
            change(session -> session.persist(new Item(1, "a", "born again", "n")));
        });
    }

    @Test
    void afterACollectionChange() {
        writeBehindAReader(
                () -> change(session -> session.find(Item.class, 1L).tags().add("y")));
    }

    @Test
    void afterANaturalIdWasChangedAndGivenToAnotherRow() {
        writeBehindAReader(() -> {
            change(session -> session.find(Item.class, 1L).recode("c"));
            change(session -> session.find(Item.class, 2L).recode("a"));
        });
    }
}
