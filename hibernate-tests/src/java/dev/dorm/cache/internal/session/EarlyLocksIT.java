package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a commit's locks are when its statements are executed: seen on the wire, at each statement. */
class EarlyLocksIT {

    /** It is not cached. */
    @Entity
    static class Note {

        @Id
        long id = 1;

        String text = "old";
    }

    private final OwnRedis redis = RedisServer.startOwn();
    private HoldingProxy proxy;
    private CachedFactory writer;
    private CachedFactory database;

    /** The first request of a commit: its locks. */
    private HoldingProxy.Stop locks;

    /** For each statement that writes, whether the locks were on their way. */
    private final List<Boolean> travelling = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        proxy = new HoldingProxy(redis.port());
        writer = CachedFactory.of(Book.class, Note.class)
                .set("hibernate.cache.dorm.location", proxy.url())
                .set("hibernate.cache.dorm.timeout", "20s")
                // The client's pings would be held instead of its requests.
                .set("hibernate.cache.dorm.options.pingConnectionInterval", "0")
                .build();
        database = writer.another(Book.class).uncached().build();
        writer.inTransaction(session -> {
            for (long id = 1; id <= 4; id++) {
                session.persist(new Book(id, "old"));
            }
            session.persist(new Note());
        });
        // The server knows all scripts from then on.
        writer.inTransaction(session -> session.find(Book.class, 1L).retitle("known"));
        writer.inTransaction(session -> session.find(Book.class, 1L).retitle("old"));
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        writer.close();
        proxy.close();
        redis.close();
    }

    private static void retitle(Session session, int books) {
        for (long id = 1; id <= books; id++) {
            session.find(Book.class, id).retitle("new");
        }
    }

    /** Writes, and holds the locks; returns when all statements of the commit were executed, or it has ended. */
    private CompletableFuture<Void> commit(Point point, int statements, Consumer<Session> work) {
        CompletableFuture<Void> executed = new CompletableFuture<>();
        CompletableFuture<Void> committed = CompletableFuture.runAsync(() -> {
            SessionFactory sessions = writer.get();
            try (Session session = sessions.withOptions()
                    .statementInspector(sql -> {
                        if (!sql.startsWith("select")) {
                            write(statements);
                            if (travelling.size() == statements) {
                                executed.complete(null);
                            }
                        }
                        return sql;
                    })
                    .openSession()) {
                session.beginTransaction();
                work.accept(session);
                locks = locks == null ? proxy.holdAt(1, point) : locks;
                session.getTransaction().commit();
            }
        });
        assertThat(CompletableFuture.anyOf(executed, committed)).succeedsWithin(30, TimeUnit.SECONDS);
        return committed;
    }

    /** At the last statement the locks may still be on their way to the proxy; before, none was sent. */
    private void write(int statements) {
        boolean last = travelling.size() == statements - 1;
        travelling.add(
                last
                        ? locks.reachedBy(new CompletableFuture<Void>().completeOnTimeout(null, 1, TimeUnit.SECONDS))
                        : locks.isReached());
    }

    private String stored(long id) {
        return database.fromTransaction(session -> session.find(Book.class, id).title());
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void locksTravelBesideTheLastStatement(Point point) {
        long calls = writer.cache().statistics().getCalls();
        CompletableFuture<Void> committed = commit(point, 3, session -> retitle(session, 3));
        assertThat(travelling).containsExactly(false, false, true);
        // The database has executed it, and does not commit before they are acknowledged.
        assertThat(stored(3)).isEqualTo("old");
        assertThat(committed).isNotCompleted();
        locks.release();
        assertThat(committed).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(stored(3)).isEqualTo("new");
        // Three read the rows, and one locks them.
        assertThat(writer.cache().statistics().getCalls()).isEqualTo(calls + 4);
    }

    @Test
    void theyAreOneRequestWithThoseOfTheirTables() {
        long calls = writer.cache().statistics().getCalls();
        writer.get().inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
        // One reads the row, and one locks it with its table.
        assertThat(writer.cache().statistics().getCalls()).isEqualTo(calls + 2);
    }

    @Test
    void theyTravelBesideTheUpdateOfARowThatIsNotCached() {
        CompletableFuture<Void> committed = commit(Point.BEFORE_THE_SERVER, 2, session -> {
            retitle(session, 1);
            session.find(Note.class, 1L).text = "new";
        });
        assertThat(travelling).containsExactly(false, true);
        locks.release();
        assertThat(committed).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void theyDoNotTravelWhereADeleteFollows() {
        CompletableFuture<Void> committed = commit(Point.BEFORE_THE_SERVER, 2, session -> {
            retitle(session, 1);
            session.remove(session.find(Book.class, 4L));
        });
        areSentAtTheEnd(committed);
    }

    @Test
    void theyDoNotTravelBesideAFlushBeforeTheCommit() {
        CompletableFuture<Void> committed = commit(Point.BEFORE_THE_SERVER, 1, session -> {
            retitle(session, 1);
            locks = proxy.holdAt(1, Point.BEFORE_THE_SERVER);
            session.flush();
        });
        areSentAtTheEnd(committed);
    }

    private void areSentAtTheEnd(CompletableFuture<Void> committed) {
        assertThat(travelling).isNotEmpty().containsOnly(false);
        assertThat(locks.reachedBy(committed)).isTrue();
        locks.release();
        assertThat(committed).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(stored(1)).isEqualTo("new");
    }
}
