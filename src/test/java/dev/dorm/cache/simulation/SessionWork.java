package dev.dorm.cache.simulation;

import dev.dorm.cache.exploration.VirtualQueries;
import dev.dorm.cache.internal.key.RowId;
import dev.dorm.cache.internal.region.SimulatedStrategy;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.Written;
import dev.dorm.cache.internal.session.SessionContext;
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

/** What a session does in its transaction, one operation at a time. */
final class SessionWork {

    private final Simulation world;
    private final Process process;
    private final Session plan;
    private final SessionContext context;
    private final Database.Transaction transaction;
    private final int begin;
    private final SimulatedStrategy strategy;
    private final Random random;

    /** What the session holds of each row, as Hibernate's persistence context does. */
    private final Map<String, Cells> loaded = new HashMap<>();

    /** What it takes for the state that its transaction leaves: nobody tells it that a savepoint was undone. */
    private final Map<String, Cells> left = new HashMap<>();

    private final List<Runnable> afterCommit = new ArrayList<>();

    /** What was not there before needs no lock. */
    private final Set<String> inserted = new HashSet<>();

    /** What the cache was told of. */
    private final Set<String> told = new HashSet<>();

    private final Ahead ahead;

    /** What comes along with what it reads; null where nothing does. */
    private final @Nullable Along along;

    /** What it is doing. */
    private @Nullable Operation doing;

    SessionWork(
            Simulation world,
            Process process,
            Session plan,
            SessionContext context,
            Database.Transaction transaction,
            int begin) {
        this.world = world;
        this.process = process;
        this.plan = plan;
        this.context = context;
        this.transaction = transaction;
        this.begin = begin;
        this.strategy = world.strategy();
        this.random = new Random(world.plan().seed() * 31 + plan.name().hashCode());
        this.ahead = new Ahead(world, process, plan);
        this.along = world.bringsAlong() ? new Along(world, process, plan, context) : null;
    }

    Ahead ahead() {
        return ahead;
    }

    SessionContext context() {
        return context;
    }

    Database.Transaction transaction() {
        return transaction;
    }

    boolean told(String row) {
        return told.contains(row);
    }

    boolean toldAny() {
        return !told.isEmpty();
    }

    boolean hasInserted(String row) {
        return inserted.contains(row);
    }

    /** What the database takes. */
    void pause() {
        world.scheduler().pause(Duration.ofNanos(1 + random.nextInt(500_000)));
    }

    private void note(String what) {
        world.history().event(world.scheduler().now(), plan.name(), what);
    }

    void perform(Operation operation) {
        String row = String.valueOf(operation.row());
        doing = operation;
        switch (operation.verb()) {
            case READ -> {
                read(row);
                if (along != null && along.goesOn(() -> load(row, true))) {
                    read(Along.owned(row));
                }
            }
            case LOAD -> load(row, false);
            case REFRESH -> load(row, true);
            case QUERY -> query();
            case UPDATE -> {
                update(row, true);
                if (along != null && along.changesBoth()) {
                    update(Along.owned(row), true);
                }
            }
            case CHANGE -> update(row, false);
            case DELETE -> delete(row);
            case INSERT -> insert(row);
            case BULK -> bulk();
            case RAISE -> raise(row);
            case UNDONE -> undone(operation.row());
        }
    }

    private @Nullable Cells read(String row) {
        Cells known = loaded.get(row);
        if (known != null) {
            return known;
        }
        long from = world.scheduler().now();
        Object kept = process.rows.kept().get(context, new RowId(row));
        int since = begin;
        if (kept == null && along != null) {
            from = along.cameAt(row, from);
            since = Math.max(begin, world.database().orderOf(Along.owner(row), loaded.get(Along.owner(row))));
        }
        Object found = kept != null ? kept : fetch(row);
        if (found != null) {
            note("hit " + row + ": " + found + (kept != null ? " near" : ""));
            if (transaction.hasWritten(row) && told(row)) {
                world.judge().broken("NOT ITS OWN: " + plan.name() + " reads row " + row + " from the cache");
            }
            world.judge().row(plan.name(), process.number(), row, (Cells) found, since, from, kept != null);
            loaded.put(row, (Cells) found);
            return (Cells) found;
        }
        world.judge().count("miss");
        return load(row, false);
    }

    private @Nullable Object fetch(String row) {
        return along == null ? process.rows.fetch(context, row) : along.fetch(row, loaded.get(Along.owner(row)));
    }

    private @Nullable Cells load(String row, boolean refresh) {
        if (loaded.containsKey(row) && !refresh) {
            return loaded.get(row);
        }
        pause();
        if (along != null) {
            along.pause();
        }
        Cells cells = transaction.read(row);
        note("loads " + row + ": " + cells);
        if (along != null) {
            along.loaded(row);
        }
        if (cells != null) {
            loaded.put(row, cells);
            left.put(row, cells);
            process.rows.put(context, row, cells, refresh, () -> cells.equals(left.get(row)));
        }
        return cells;
    }

    private void query() {
        if (along != null && along.clears()) {
            note("forgets what it holds");
            loaded.clear();
        }
        long from = world.scheduler().now();
        VirtualQueries.Result found = process.query(context);
        if (found != null) {
            boolean near = process.near(from);
            note("query hit: " + found.value() + (near ? " near" : ""));
            if (transaction.writesTable() && toldAny()) {
                world.judge().broken("NOT ITS OWN: " + plan.name() + " is given a result from before its writes");
            }
            world.judge().result(plan.name(), process.number(), found.value(), begin, from, near);
            return;
        }
        pause();
        int commits = transaction.tableState();
        note("queries: " + commits);
        if (!transaction.writesTable()) {
            process.putQuery(context, commits);
        }
    }

    private void tell(String row) {
        told.add(row);
        if (along != null) {
            along.locked(row);
        }
        context.preInvalidate(VirtualQueries.TABLES);
    }

    private void update(String row, boolean whole) {
        Cells before = read(row);
        if (before == null) {
            return;
        }
        tell(row);
        SoftLock lock = strategy.lock(process.rows, context, row);
        ahead.before(doing, row, context, transaction);
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
        afterCommit.add(() -> strategy.unlock(process.rows, context, row, lock, after));
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
        tell(row);
        SoftLock lock = strategy.lock(process.rows, context, row);
        ahead.before(doing, row, context, transaction);
        transaction.write(row, now -> null);
        note("deletes " + row);
        loaded.remove(row);
        strategy.remove(process.rows, context, row);
        afterCommit.add(() -> strategy.unlock(process.rows, context, row, lock, null));
    }

    private void insert(String row) {
        if (transaction.read(row) != null || transaction.hasWritten(row)) {
            return;
        }
        tell(row);
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
        afterCommit.add(() -> strategy.afterInsert(process.rows, context, row, cells));
    }

    private void bulk() {
        tell("");
        List<SoftLock> locks = new ArrayList<>();
        RegionLocks.askedBy(context, () -> locks.add(RegionLocks.ask(List.of(process.rows.rows()))));
        int number = world.nextWrite();
        for (String row : List.copyOf(world.database().rows())) {
            told.add(row);
            transaction.write(row, now -> now == null ? null : new Cells(now.version(), number, now.right()));
        }
        note("writes all rows: " + number);
        loaded.clear();
        locks.forEach(lock -> afterCommit.add(((RegionLocks) lock)::release));
    }

    /** Returns whether there was a row to raise. */
    private boolean raise(String row) {
        if (!world.plan().setup().versioned() || transaction.read(row) == null || transaction.hasWritten(row)) {
            return false;
        }
        transaction.write(row, now -> now == null ? null : new Cells(now.version() + 1, now.left(), now.right()));
        note("raises the version of " + row);
        loaded.remove(row);
        left.remove(row);
        return true;
    }

    private void undone(int row) {
        String other = String.valueOf((row + 1) % Simulation.ROWS);
        String mine = String.valueOf(row);
        update(other, true);
        if (told(other) && raise(mine)) {
            world.judge().undone(mine, load(mine, false));
            pause();
            transaction.undo(mine);
            note("undoes what it did to " + mine);
            loaded.remove(mine);
        }
    }

    /** What Hibernate does at the end, before it says that it is over. */
    void complete(boolean successful) {
        if (successful) {
            afterCommit.forEach(Runnable::run);
        }
    }
}
