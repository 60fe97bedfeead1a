package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.VirtualQueries;
import dev.dorm.cache.internal.region.SimulatedStrategy;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.Written;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.simulation.Plan.End;
import dev.dorm.cache.simulation.Plan.Operation;
import dev.dorm.cache.simulation.Plan.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** A session with one transaction, which calls the cache as Hibernate does. */
final class SessionRun implements Runnable {

    private final Simulation world;
    private final Process process;
    private final Session plan;
    private final SimulatedStrategy strategy;
    private final Random random;

    /** What the session holds of each row, as Hibernate's persistence context does. */
    private final Map<String, Cells> loaded = new HashMap<>();

    private final List<Runnable> afterCompletion = new ArrayList<>();

    /** What was not there before needs no lock. */
    private final Set<String> inserted = new HashSet<>();

    private SessionContext context;
    private Database.Transaction transaction;
    private int begin;

    SessionRun(Simulation world, Process process, Session plan) {
        this.world = world;
        this.process = process;
        this.plan = plan;
        this.strategy = world.strategy();
        this.random = new Random(world.plan().seed() * 31 + plan.name().hashCode());
    }

    @Override
    public void run() {
        context = process.open();
        begin = world.database().order();
        context.transactionJoined();
        transaction = world.database().begin(world.plan().setup().snapshot());
        try {
            for (Operation operation : plan.operations()) {
                work();
                perform(operation);
                world.scheduler().pause(operation.think());
            }
        } catch (Database.Conflict e) {
            note("fails: " + e.getMessage());
            rollback();
            return;
        }
        if (plan.end() == End.ROLLBACK) {
            rollback();
        } else {
            commit();
        }
    }

    /** What the database takes. */
    private void work() {
        world.scheduler().pause(Duration.ofNanos(1 + random.nextInt(500_000)));
    }

    private void note(String what) {
        world.history().event(world.scheduler().now(), plan.name(), what);
    }

    private void perform(Operation operation) {
        String row = String.valueOf(operation.row());
        switch (operation.verb()) {
            case READ -> read(row);
            case QUERY -> query();
            case UPDATE -> update(row, true);
            case CHANGE -> update(row, false);
            case DELETE -> delete(row);
            case INSERT -> insert(row);
            case BULK -> bulk();
        }
    }

    private @Nullable Cells read(String row) {
        Cells known = loaded.get(row);
        if (known != null) {
            return known;
        }
        long from = world.scheduler().now();
        Object kept = process.rows.kept(context, row);
        Object found = kept != null ? kept : process.rows.fetch(context, row);
        if (found != null) {
            note("hit " + row + ": " + found + (kept != null ? " near" : ""));
            if (transaction.hasWritten(row)) {
                world.judge().broken("NOT ITS OWN: " + plan.name() + " reads row " + row + " from the cache");
            }
            world.judge().row(plan.name(), row, (Cells) found, begin, from, kept != null);
            loaded.put(row, (Cells) found);
            return (Cells) found;
        }
        work();
        Cells cells = transaction.read(row);
        note("loads " + row + ": " + cells);
        world.judge().count("miss");
        if (cells != null) {
            loaded.put(row, cells);
            process.rows.put(context, row, cells, false);
        }
        return cells;
    }

    private void query() {
        long from = world.scheduler().now();
        VirtualQueries.Result found = process.query(context);
        if (found != null) {
            note("query hit: " + found.value());
            if (transaction.writesTable()) {
                world.judge().broken("NOT ITS OWN: " + plan.name() + " is given a result from before its writes");
            }
            world.judge().result(plan.name(), found.value(), begin, from);
            return;
        }
        work();
        int commits = transaction.tableState();
        note("queries: " + commits);
        if (!transaction.writesTable()) {
            process.putQuery(context, commits);
        }
    }

    private void update(String row, boolean whole) {
        Cells before = read(row);
        if (before == null) {
            return;
        }
        context.preInvalidate(VirtualQueries.TABLES);
        SoftLock lock = strategy.lock(process.rows, context, row);
        int number = world.nextWrite();
        boolean versioned = world.plan().setup().versioned();
        int version = versioned ? before.version() + 1 : 0;
        Cells after = new Cells(version, number, whole ? number : before.right());
        transaction.write(row, now -> {
            if (now == null || versioned && now.version() != before.version()) {
                throw new Database.Conflict("row " + row + " was changed by another");
            }
            return new Cells(version, number, whole ? number : now.right());
        });
        note("writes " + row + ": " + after);
        process.rows.writes().wrote(context, row, new Statement(whole, before, after));
        loaded.put(row, after);
        afterCompletion.add(() -> strategy.unlock(process.rows, context, row, lock, after));
    }

    /** What a statement wrote: all columns, or one. */
    private record Statement(boolean whole, Cells was, Cells is) implements Written {

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public Object[] before() {
            return new Object[] {was};
        }

        @Override
        public Object[] after() {
            return new Object[] {is};
        }

        @Override
        public boolean beganWith(Object entry) {
            return entry.equals(was);
        }
    }

    private void delete(String row) {
        if (read(row) == null) {
            return;
        }
        context.preInvalidate(VirtualQueries.TABLES);
        SoftLock lock = strategy.lock(process.rows, context, row);
        transaction.write(row, now -> null);
        note("deletes " + row);
        loaded.remove(row);
        strategy.remove(process.rows, context, row);
        afterCompletion.add(() -> strategy.unlock(process.rows, context, row, lock, null));
    }

    private void insert(String row) {
        if (transaction.read(row) != null || transaction.hasWritten(row)) {
            return;
        }
        context.preInvalidate(VirtualQueries.TABLES);
        int number = world.nextWrite();
        Cells cells = new Cells(0, number, number);
        transaction.write(row, now -> {
            if (now != null) {
                throw new Database.Conflict("row " + row + " is there");
            }
            return cells;
        });
        note("inserts " + row + ": " + cells);
        loaded.put(row, cells);
        inserted.add(row);
        process.rows.writes().inserted(context, row, true);
        afterCompletion.add(() -> {
            if (committed) {
                strategy.afterInsert(process.rows, context, row, cells);
            }
        });
    }

    private boolean committed;

    private void bulk() {
        context.preInvalidate(VirtualQueries.TABLES);
        List<SoftLock> locks = new ArrayList<>();
        RegionLocks.askedBy(context, () -> locks.add(RegionLocks.ask(List.of(process.rows.rows()))));
        int number = world.nextWrite();
        for (String row : List.copyOf(world.database().rows())) {
            transaction.write(row, now -> now == null ? null : new Cells(now.version(), number, now.right()));
        }
        note("writes all rows: " + number);
        loaded.clear();
        locks.forEach(lock -> afterCompletion.add(((RegionLocks) lock)::release));
    }

    private void rollback() {
        transaction.rollback();
        note("rolls back");
        complete(false);
    }

    private void commit() {
        List<Guard> guards = new ArrayList<>();
        transaction.written().forEach(row -> guards.add(world.judge().guard(row, process.number())));
        if (transaction.writesTable()) {
            guards.add(world.judge().guard(Judge.TABLE, process.number()));
        }
        try {
            context.transactionCompleting();
        } catch (RuntimeException e) {
            note("must not commit: " + e.getMessage());
            rollback();
            return;
        }
        take(guards, process.wire.acknowledged(plan.name()));
        if (world.plan().setup().strict() && !world.plan().setup().nonstrict()) {
            guards.stream()
                    .filter(guard -> !guard.taken() && !inserted.contains(guard.row()))
                    .forEach(guard ->
                            world.judge().broken("WITHOUT ITS LOCK: " + plan.name() + " writes " + guard.row()));
        }
        work();
        switch (plan.end()) {
            case FAIL -> {
                note("commit fails");
                transaction.rollback();
                complete(false);
            }
            case FAIL_AND_COMMIT -> {
                note("commit fails, and will come");
                Database.Transaction late = transaction;
                world.scheduler().after(plan.doubt(), () -> finish(late, guards));
                complete(false);
            }
            default -> {
                committed(transaction, guards);
                committed = true;
                complete(true);
            }
        }
    }

    private void finish(Database.Transaction late, List<Guard> guards) {
        committed(late, guards);
    }

    private void committed(Database.Transaction which, List<Guard> guards) {
        int order = which.commit();
        note("is committed");
        guards.forEach(guard -> guard.commit(order, world.scheduler().now()));
    }

    /** A lock counts when it was acknowledged before the commit. */
    private void take(List<Guard> guards, Set<Step<?>> acknowledged) {
        boolean region = acknowledged.stream().anyMatch(Step.LockShard.class::isInstance);
        for (Guard guard : guards) {
            boolean own = acknowledged.stream()
                    .anyMatch(step -> guard.row().equals(Judge.TABLE)
                            ? step instanceof Step.LockTables
                            : step instanceof Step.LockRow lock
                                    && lock.row().id().equals(guard.row()));
            if (own || region && !guard.row().equals(Judge.TABLE)) {
                guard.take();
            }
        }
    }

    private void complete(boolean successful) {
        if (successful) {
            afterCompletion.forEach(Runnable::run);
        }
        context.transactionCompleted(successful);
        note("is over");
    }
}
