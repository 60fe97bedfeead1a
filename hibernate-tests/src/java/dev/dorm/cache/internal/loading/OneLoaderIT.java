package dev.dorm.cache.internal.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.Version;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that miss the same row, or the same query result, at once: one of them loads it, where they may wait. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class OneLoaderIT {

    private static final int THREADS = 8;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CacheBackend backend;
    private final GatedConnections connections =
            new GatedConnections("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private CachedFactory factory;

    OneLoaderIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void build() {
        start(true);
    }

    /** Starts anew. */
    private void start(boolean withoutConnection) {
        start(withoutConnection, PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION);
    }

    private void start(boolean withoutConnection, PhysicalConnectionHandlingMode handling) {
        close();
        factory = CachedFactory.on(backend, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .without("hibernate.connection.url")
                .set("hibernate.connection.provider_class", connections)
                .set("hibernate.connection.provider_disables_autocommit", withoutConnection)
                .set("hibernate.connection.handling_mode", handling)
                .build();
        // What each statement leaves is lost otherwise, as its connection goes back.
        connections.disablesAutoCommit(withoutConnection
                && handling != PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_RELEASE_AFTER_STATEMENT);
        factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
    }

    @AfterEach
    void close() {
        if (factory != null) {
            connections.open();
            factory.close();
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static String row(Session session) {
        Book book = session.find(Book.class, 1L);
        return book == null ? "none" : book.title();
    }

    private static String query(Session session) {
        return session.createQuery("select title from Book", String.class)
                .setCacheable(true)
                .getSingleResult();
    }

    private String inTransaction(Function<Session, String> read) {
        return factory.fromTransaction(read);
    }

    private String outsideTransaction(Function<Session, String> read) {
        try (Session session = factory.get().openSession()) {
            return read.apply(session);
        }
    }

    private interface Reader {
        String read();
    }

    /** As after a start: nothing is cached, and this process knows that. */
    private void empty() {
        factory.awaitSettled();
        factory.cache().evictAll();
        factory.awaitSettled();
        factory.statements().clear();
    }

    /** Lets all read at once, while statements stand still until something has happened, or half the bound is over. */
    private void readAtOnce(Reader reader, BooleanSupplier enough) throws Exception {
        empty();
        connections.close();
        List<Future<String>> read = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            read.add(threads.submit(reader::read));
        }
        long end = System.nanoTime() + Loads.BOUND.toNanos() / 2;
        while (!enough.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        connections.open();
        for (Future<String> each : read) {
            assertThat(each.get()).isEqualTo("Emma");
        }
    }

    /** On a machine under load some come too late to wait: then once more. */
    private void oneLoads(Reader reader) {
        await().atMost(LONG).until(() -> {
            long before = factory.count(Counter.LOAD_AWAITED);
            readAtOnce(reader, () -> factory.count(Counter.LOAD_AWAITED) - before == THREADS - 1);
            return factory.count(Counter.LOAD_AWAITED) - before == THREADS - 1
                    && factory.statements().all().size() == 1;
        });
    }

    /** From 7.2 on a query has its connection before it asks the query cache ({@code JdbcSelectExecutorStandardImpl}). */
    static boolean queriesAskTheCacheFirst() {
        return Version.getVersionString().matches("(6|7\\.[01])\\..*");
    }

    @Test
    @DisabledIf("queriesAskTheCacheFirst")
    void aQueryThatHoldsItsConnectionIsNotWaitedFor() throws Exception {
        allLoad(() -> inTransaction(OneLoaderIT::query));
    }

    @Test
    void oneLoadsARowForManyTransactions() {
        oneLoads(() -> inTransaction(OneLoaderIT::row));
    }

    @Test
    @EnabledIf("queriesAskTheCacheFirst")
    void oneLoadsAQueryForManyTransactions() {
        oneLoads(() -> inTransaction(OneLoaderIT::query));
    }

    @Test
    void oneLoadsARowOutsideTransactions() {
        start(false);
        oneLoads(() -> outsideTransaction(OneLoaderIT::row));
    }

    @Test
    @EnabledIf("queriesAskTheCacheFirst")
    void oneLoadsAQueryOutsideTransactions() {
        start(false);
        oneLoads(() -> outsideTransaction(OneLoaderIT::query));
    }

    /** With autocommit to switch off, each has a connection from its begin. */
    @Test
    void whoHoldsAConnectionLoadsItself() throws Exception {
        start(false);
        allLoad(() -> inTransaction(OneLoaderIT::row));
        allLoad(() -> inTransaction(OneLoaderIT::query));
    }

    private void allLoad(Reader reader) throws Exception {
        empty();
        connections.close();
        List<Future<String>> reading = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            reading.add(threads.submit(reader::read));
        }
        // None of them is answered before all have asked.
        await().atMost(LONG).until(() -> factory.statements().all().size() == THREADS);
        connections.open();
        for (Future<String> each : reading) {
            assertThat(each.get()).isEqualTo("Emma");
        }
        assertThat(factory.count(Counter.LOAD_AWAITED)).isZero();
    }

    /** Whose connection goes back after each statement, as under JTA. */
    @Test
    void whoHasWrittenLoadsItself() {
        start(true, PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_RELEASE_AFTER_STATEMENT);
        try (Session session = factory.get().openSession()) {
            SharedSessionContractImplementor own = (SharedSessionContractImplementor) session;
            session.beginTransaction();
            Book book = session.find(Book.class, 1L);
            assertThat(SessionContext.of(own).mayWait()).isTrue();
            book.retitle("Sanditon");
            session.flush();
            assertThat(own.getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected())
                    .isFalse();
            assertThat(SessionContext.of(own).mayWait()).isFalse();
            session.getTransaction().rollback();
        }
    }

    @Test
    void whoWaitsLongEnoughLoadsItself() {
        await().atMost(LONG).until(() -> {
            empty();
            long before = factory.count(Counter.LOAD_AWAITED);
            connections.stopOne();
            Future<String> loader = threads.submit(() -> inTransaction(OneLoaderIT::row));
            connections.awaitStopped();
            assertThat(inTransaction(OneLoaderIT::row))
                    .as("while the other still waits for the database")
                    .isEqualTo("Emma");
            assertThat(loader.isDone()).isFalse();
            connections.open();
            loader.get();
            assertThat(factory.statements().all()).hasSize(2);
            return factory.count(Counter.LOAD_AWAITED) - before == 1;
        });
    }

    private boolean loads(Session session) {
        return !SessionContext.of((SharedSessionContractImplementor) session)
                .loads()
                .isEmpty();
    }

    @Test
    void aLoadEndsWithItsTransaction() {
        empty();
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            row(session);
            query(session);
            assertThat(loads(session)).as("nothing is stored before").isTrue();
            session.getTransaction().commit();
            assertThat(loads(session)).isFalse();
        }
    }

    @Test
    void aLoadEndsWithARollback() {
        empty();
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            row(session);
            assertThat(loads(session)).isTrue();
            session.getTransaction().rollback();
            assertThat(loads(session)).isFalse();
        }
    }

    @Test
    void aLoadEndsThatFindsNoRow() {
        factory.inTransaction(session -> session.remove(session.find(Book.class, 1L)));
        // A tombstone stands there until everything is made dead.
        empty();
        factory.inTransaction(session -> {
            assertThat(row(session)).isEqualTo("none");
            assertThat(factory.statements().all()).hasSize(1);
            assertThat(loads(session)).isFalse();
        });
    }

    @Test
    void aLoadOutsideATransactionEndsAsItIsStored() {
        // Its connection does not go back, which would end it, too.
        start(false, PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_HOLD);
        empty();
        try (Session session = factory.get().openSession()) {
            row(session);
            assertThat(loads(session)).isFalse();
            query(session);
            assertThat(loads(session)).isFalse();
        }
    }

    @Test
    void aLoadOutsideATransactionEndsAsItFails() {
        start(false);
        empty();
        try (Session session = factory.get().openSession()) {
            connections.fail();
            assertThatThrownBy(() -> row(session)).hasMessageContaining("it fails");
            assertThat(loads(session)).isFalse();
        }
    }

    /** Reads a row in a transaction that began before something happened to the cache; returns whether others may wait for it. */
    private boolean isNotedAfter(Runnable happening) {
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            happening.run();
            factory.awaitSettled();
            row(session);
            boolean noted = loads(session);
            session.getTransaction().rollback();
            return noted;
        }
    }

    @Test
    void nobodyWaitsForOneWhoCannotStoreWhatItLoads() {
        empty();
        assertThat(isNotedAfter(() -> {})).isTrue();
        empty();
        assertThat(isNotedAfter(() -> factory.cache().evictAll()))
                .as("it began before the version")
                .isFalse();
        inTransaction(OneLoaderIT::row);
        inTransaction(OneLoaderIT::row);
        assertThat(isNotedAfter(() -> factory.get().getCache().evictEntityData(Book.class, 1L)))
                .as("it began before the tombstone")
                .isFalse();
    }

    @Test
    void aTransactionBeginsWithoutLoads() {
        // A connection that goes back would end it, too.
        start(false, PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_HOLD);
        empty();
        try (Session session = factory.get().openSession()) {
            connections.fail();
            assertThatThrownBy(() -> row(session)).hasMessageContaining("it fails");
            assertThat(loads(session)).isTrue();
            session.beginTransaction();
            assertThat(loads(session)).isFalse();
            session.getTransaction().rollback();
        }
    }

    /** What came along before the wait is as old as the miss: it comes along once more. */
    @Test
    void whoHasWaitedReadsAllRowsAnew() {
        factory.inTransaction(session -> session.persist(new Book(2, "Emma")));
        await().atMost(LONG).until(() -> {
            empty();
            long before = factory.count(Counter.LOAD_AWAITED);
            connections.stopOne();
            Future<String> loader = threads.submit(() -> inTransaction(OneLoaderIT::both));
            connections.awaitStopped();
            Future<String> waiter = threads.submit(() -> inTransaction(OneLoaderIT::both));
            long end = System.nanoTime() + Loads.BOUND.toNanos() / 2;
            while (factory.count(Counter.LOAD_AWAITED) == before && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            connections.open();
            assertThat(loader.get()).isEqualTo("EmmaEmma");
            assertThat(waiter.get()).isEqualTo("EmmaEmma");
            return factory.count(Counter.LOAD_AWAITED) - before == 1
                    && factory.statements().all().size() == 1;
        });
    }

    private static String both(Session session) {
        return DormCache.findAll(session, Book.class, List.of(1L, 2L)).values().stream()
                .map(Book::title)
                .reduce("", String::concat);
    }
}
