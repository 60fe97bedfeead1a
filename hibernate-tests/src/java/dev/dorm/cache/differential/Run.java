package dev.dorm.cache.differential;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionBuilder;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.StatelessSessionBuilder;
import org.hibernate.resource.transaction.spi.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** A program on its way through one database, with the cache or without. */
final class Run implements AutoCloseable {

    private final Side side;
    private final Map<Integer, Work> open = new TreeMap<>();
    private final Map<String, Object> detached = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private int steps;

    Run(Side side) {
        this.side = side;
    }

    Outcome perform(Step step) {
        seen.clear();
        Throwable failure = null;
        int about = Programs.transaction(step);
        Changesets.at(Changesets.SEED + 1 + steps);
        try {
            step.run(this);
            if (step instanceof Write) {
                evictAsTheLimitsSay(open.get(about));
            }
            if (isBroken(about)) {
                throw new IllegalStateException("a statement has failed of which Hibernate said nothing");
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
            abandon(about);
        }
        steps++;
        return new Outcome(List.copyOf(seen), failure);
    }

    Side side() {
        return side;
    }

    /** A session on the application's own connection is opened when it is first used, its snapshot long taken. */
    private @Nullable Work opened(int t) {
        Work work = open.get(t);
        if (work != null && work.waiting()) {
            work.open();
        }
        return work;
    }

    @Nullable
    Work work(int t) {
        return open.get(t);
    }

    void in(int t, Consumer<Work> step) {
        Work work = opened(t);
        if (work != null) {
            step.accept(work);
        }
    }

    void stateful(int t, Consumer<Work> step) {
        in(t, work -> {
            if (!work.stateless()) {
                step.accept(work);
            }
        });
    }

    void see(String unit, String value, Probe probe) {
        seen.add(new Seen(unit, value, probe));
    }

    void seeRow(Kind kind, long id, Object entity) {
        see(kind.root().name() + "#" + id, Texts.state(entity), work -> Texts.state(work.find(kind, id)));
    }

    void keep(String row, Object entity) {
        detached.put(row, entity);
    }

    @Nullable
    Object take(String row) {
        return detached.remove(row);
    }

    void begin(int t, Factory factory, Isolation isolation, Mode mode) {
        if (!open.containsKey(t)) {
            open.put(t, begin(side.factory(factory), isolation, mode));
        }
    }

    private Work begin(SessionFactory factory, Isolation isolation, Mode mode) {
        Connections connections = side.database().connections();
        connections.isolate(isolation);
        try {
            Connection own = mode == Mode.OWN_CONNECTION ? connections.getConnection() : null;
            if (own != null) {
                own.setAutoCommit(false);
                snapshot(own);
                return new Work(factory, isolation, own, steps);
            }
            SharedSessionContract session = open(factory, mode);
            if (!mode.loose()) {
                session.beginTransaction();
                session.doWork(Run::snapshot);
            }
            return new Work(session, mode, isolation, null, steps);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            connections.isolate(Isolation.READ_COMMITTED);
        }
    }

    private static SharedSessionContract open(SessionFactory factory, Mode mode) {
        if (mode.stateless()) {
            StatelessSessionBuilder builder = factory.withStatelessOptions().tenantIdentifier((Object) mode.tenant());
            return (mode.past() ? Annals.before(StatelessSessionBuilder.class, builder) : builder)
                    .openStatelessSession();
        }
        SessionBuilder builder = factory.withOptions().tenantIdentifier((Object) mode.tenant());
        return (mode.past() ? Annals.before(SessionBuilder.class, builder) : builder).openSession();
    }

    /** Any statement takes the snapshot: with the cache and without, it is as old as the begin. */
    private static void snapshot(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    void child(int t, int of, boolean past) {
        Work parent = opened(of);
        if (open.containsKey(t) || parent == null || parent.stateless() || parent.parent() != null) {
            return;
        }
        SharedSessionBuilder builder = parent.stateful().sessionWithOptions().connection();
        Session session = (past ? Annals.before(SharedSessionBuilder.class, builder) : builder).openSession();
        Mode mode = past ? Mode.PAST : parent.mode();
        open.put(t, new Work(session, mode, parent.isolation(), parent, parent.begun()));
    }

    void commit(int t) {
        Work work = opened(t);
        if (work == null) {
            return;
        }
        if (work.parent() != null) {
            work.stateful().flush();
        } else {
            List<Integer> children = children(work);
            children.forEach(child -> open.get(child).stateful().flush());
            if (work.session().getTransaction().isActive()) {
                work.session().getTransaction().commit();
            }
            children.forEach(this::close);
        }
        close(t);
    }

    void rollback(int t) {
        Work work = open.get(t);
        if (work != null) {
            abandon(t);
        }
    }

    /**
     * Whether the transaction can only be rolled back: a {@code find} whose statement fails returns null then, without an
     * exception ({@code SessionImpl.find}), and so does each later one that asks the database.
     */
    private boolean isBroken(int t) {
        Work work = open.get(t);
        return work != null
                && !work.waiting()
                && work.session().getTransaction().getStatus() == TransactionStatus.MARKED_ROLLBACK;
    }

    /** Rolls a transaction back, with whatever sessions work in it. */
    private void abandon(int t) {
        Work work = opened(t);
        if (work == null) {
            return;
        }
        Work top = work.parent() == null ? work : work.parent();
        List<Integer> over = children(top);
        open.forEach((number, each) -> {
            if (each == top) {
                over.add(number);
            }
        });
        try {
            if (top.session().getTransaction().getStatus().canRollback()) {
                top.session().getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            // It is over in any case.
        }
        over.forEach(this::close);
    }

    private List<Integer> children(Work parent) {
        List<Integer> children = new ArrayList<>();
        open.forEach((number, work) -> {
            if (work.parent() == parent) {
                children.add(number);
            }
        });
        return children;
    }

    /** No version of Hibernate tells the query cache all that a stateless session writes. */
    private void evictAsTheLimitsSay(@Nullable Work work) {
        if (work != null && work.stateless()) {
            side.factories().get(0).getCache().evictQueryRegions();
        }
    }

    private void close(int t) {
        Work work = open.remove(t);
        try {
            if (work.session() instanceof StatelessSession stateless) {
                stateless.close();
            } else {
                work.stateful().close();
            }
        } catch (RuntimeException e) {
            // A child whose parent has gone; a session that failed.
        }
        // One without a transaction has written it even if it is rolled back.
        evictAsTheLimitsSay(work);
        if (work.parent() == null && work.ownConnection() != null) {
            try {
                side.database().connections().closeConnection(work.ownConnection());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Reads in a session of its own, which has nothing to do with the program's. */
    String probe(Factory factory, Work like, Probe probe) {
        Work work = begin(
                side.factory(factory),
                Isolation.READ_COMMITTED,
                like.mode() == Mode.OTHER_TENANT ? Mode.OTHER_TENANT : Mode.STATEFUL);
        try {
            return probe.read(work);
        } catch (RuntimeException e) {
            return "failed: " + e.getClass().getSimpleName();
        } finally {
            work.session().getTransaction().commit();
            work.stateful().close();
        }
    }

    @Override
    public void close() {
        for (Integer t : List.copyOf(open.keySet())) {
            if (open.containsKey(t)) {
                abandon(t);
            }
        }
    }
}
