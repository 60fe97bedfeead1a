package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows a commit is held on its way: whoever has committed goes on, and only who needs it waits. */
class SettlementIT {

    private static final long A_LONG_TIME = 30_000_000_000L;

    private final OwnRedis redis = RedisServer.startOwn();
    private HoldingProxy proxy;
    private CachedFactory writer;
    private CachedFactory reader;

    @BeforeEach
    void open() throws IOException {
        proxy = new HoldingProxy(redis.port());
    }

    private void open(AccessType strategy) {
        writer = CachedFactory.of(Book.class)
                .cacheAll(strategy)
                .set("hibernate.cache.use_query_cache", "true")
                .set("hibernate.cache.dorm.location", proxy.url())
                .set("hibernate.cache.dorm.timeout", "20s")
                // The client's pings would be held instead of its requests.
                .set("hibernate.cache.dorm.options.pingConnectionInterval", "0")
                .build();
        reader = writer.another(Book.class)
                .set("hibernate.cache.dorm.location", redis.url())
                .build();
        writer.inTransaction(session -> {
            session.persist(new Book(1, "first"));
            session.persist(new Book(2, "second"));
        });
        // The server knows all scripts from then on.
        writer.inTransaction(session -> session.find(Book.class, 1L).retitle("known"));
        for (CachedFactory each : new CachedFactory[] {writer, reader, writer}) {
            each.inTransaction(session -> title(session, 1));
            each.inTransaction(session -> title(session, 2));
            each.inTransaction(SettlementIT::titles);
        }
    }

    @AfterEach
    void close() throws IOException {
        if (reader != null) {
            reader.close();
            writer.close();
        }
        proxy.close();
        redis.close();
    }

    private static String title(Session session, long id) {
        return session.find(Book.class, id).title();
    }

    private static Object titles(Session session) {
        return session.createQuery("select title from Book order by id", String.class)
                .setCacheable(true)
                .list();
    }

    /** What was counted by now, whatever is under way. */
    private CacheStatistics statistics() {
        return writer.cache().statistics();
    }

    /** Updates, and returns when the commit does. */
    private void rename(long id, String title) {
        writer.get().inTransaction(session -> session.find(Book.class, id).retitle(title));
    }

    /** Holds what follows the next update's commit: it is the request behind the lock. */
    private HoldingProxy.Stop holdSettlement(Point point) {
        return proxy.holdAt(2, point);
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void aCommitDoesNotWaitForTheEndOfItsLocks(Point point) {
        open(AccessType.READ_WRITE);
        HoldingProxy.Stop settlement;
        try (Session session = writer.get().openSession()) {
            session.beginTransaction();
            Book book = session.find(Book.class, 1L);
            book.retitle("new");
            settlement = holdSettlement(point);
            session.getTransaction().commit();
        }
        assertThat(settlement.reachedBy(new CompletableFuture<>())).isTrue();

        // Another row is served meanwhile.
        long hits = statistics().getHits();
        writer.get().inTransaction(session -> assertThat(title(session, 2)).isEqualTo("second"));
        assertThat(statistics().getHits()).isEqualTo(hits + 1);

        // Other processes see the lock, or what is new.
        reader.inTransaction(session -> assertThat(title(session, 1)).isEqualTo("new"));

        // Who reads the row here is sent behind it, and is served.
        long awaited = statistics().getAwaitedSettlements();
        CompletableFuture<String> own = begun(() -> writer.get().fromTransaction(session -> title(session, 1)));
        assertThat(own).isNotCompleted();
        settlement.release();
        assertThat(own).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("new");
        assertThat(statistics().getHits()).isEqualTo(hits + 2);
        assertThat(statistics().getAwaitedSettlements()).isEqualTo(awaited);
    }

    /** Lets something be sent, or wait before. */
    private <T> CompletableFuture<T> begun(Supplier<T> work) {
        CacheStatistics before = statistics();
        long calls = before.getCalls();
        long awaited = before.getAwaitedSettlements();
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work);
        long begin = System.nanoTime();
        while (statistics().getCalls() == calls && statistics().getAwaitedSettlements() == awaited) {
            assertThat(System.nanoTime() - begin).as("nothing is done").isLessThan(A_LONG_TIME);
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void aCommitToTheSameTableDoesNotWaitForIt(Point point) {
        open(AccessType.READ_WRITE);
        HoldingProxy.Stop settlement;
        try (Session session = writer.get().openSession()) {
            session.beginTransaction();
            session.find(Book.class, 1L).retitle("new");
            settlement = holdSettlement(point);
            session.getTransaction().commit();
        }
        assertThat(settlement.reachedBy(new CompletableFuture<>())).isTrue();

        long awaited = statistics().getAwaitedSettlements();
        assertThat(CompletableFuture.runAsync(() -> rename(2, "other"))).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(statistics().getAwaitedSettlements()).isEqualTo(awaited);
        // A query over the table is sent behind it, or waits for both of them.
        CompletableFuture<Object> own = begun(() -> writer.get().fromTransaction(SettlementIT::titles));
        assertThat(own).isNotCompleted();
        settlement.release();
        assertThat(own).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(List.of("new", "other"));
    }

    /** The lock is sent behind the release of before, on the same connection. */
    @Test
    void updatesOfOneRowWaitForNothingButTheirLocks() {
        open(AccessType.READ_WRITE);
        CacheStatistics before = statistics();
        long awaited = before.getAwaitedSettlements();
        long settlements = before.getSettlements();
        long calls = before.getCalls();
        for (int i = 0; i < 20; i++) {
            rename(1, "title " + i);
        }
        assertThat(statistics().getAwaitedSettlements()).isEqualTo(awaited);
        assertThat(statistics().getSettlements()).isEqualTo(settlements + 20);
        assertThat(statistics().getCalls()).as("reads and locks").isEqualTo(calls + 40);
        assertThat(statistics().getMisses()).isEqualTo(before.getMisses());
    }

    @Test
    void whatNoLockStandsForIsWaitedFor() {
        open(AccessType.NONSTRICT_READ_WRITE);
        CompletableFuture<Void> committed = new CompletableFuture<>();
        HoldingProxy.Stop invalidation;
        try (Session session = writer.get().openSession()) {
            session.beginTransaction();
            session.find(Book.class, 1L).retitle("new");
            // The table's lock comes first.
            invalidation = holdSettlement(Point.BEFORE_THE_SERVER);
            CompletableFuture.runAsync(() -> session.getTransaction().commit())
                    .whenComplete((done, failure) -> committed.complete(null));
            assertThat(invalidation.reachedBy(committed)).isTrue();
            assertThat(committed).isNotCompleted();
            invalidation.release();
            committed.join();
        }
    }

    @Test
    void aFactoryThatIsClosedHasSentEverything() {
        open(AccessType.READ_WRITE);
        rename(1, "new");
        writer.get().close();
        reader.clear();
        reader.inTransaction(session -> assertThat(title(session, 1)).isEqualTo("new"));
        assertThat(reader.statements().all()).isEmpty();
    }

    @Test
    void whatIsLostOnItsWayIsMadeGood() throws IOException {
        open(AccessType.READ_WRITE);
        HoldingProxy.Stop settlement;
        try (Session session = writer.get().openSession()) {
            session.beginTransaction();
            session.find(Book.class, 1L).retitle("new");
            settlement = proxy.cutOnceAt(2, Point.BEFORE_THE_SERVER);
            session.getTransaction().commit();
        }
        assertThat(settlement.reachedBy(new CompletableFuture<>())).isTrue();
        writer.awaitSettled();
        reader.inTransaction(session -> assertThat(title(session, 1)).isEqualTo("new"));
        writer.inTransaction(session -> assertThat(title(session, 1)).isEqualTo("new"));
    }
}
