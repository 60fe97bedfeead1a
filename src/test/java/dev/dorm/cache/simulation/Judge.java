package dev.dorm.cache.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a read kept what is promised: it is no older than the transaction that reads. A write whose lock was not
 * had, or was lost by the server, need not be seen before its process has made good for it.
 */
final class Judge implements Witness {

    /** What stands for the table among the rows. */
    static final String TABLE = "table";

    /** From then on nothing is served of a server that is not the known master any more. */
    private static final long LEASE = ServerMemory.LEASE.toNanos();

    private static final Duration WINDOW = Wire.TIMEOUT.multipliedBy(2);

    private final Scheduler scheduler;
    private final Database database;
    private final History history;
    private final List<Guard> guards = new ArrayList<>();
    private final Map<String, Long> reads = new TreeMap<>();
    private final Set<String> undone = new HashSet<>();

    /** The clock as the last renewal left it that renewed something. */
    private long renewed;

    /** By which tokens something was released. */
    private final Set<String> released = new HashSet<>();

    /** The newest of each row that the cache gave, and when. */
    private final Map<String, Given> given = new HashMap<>();

    private final Plan plan;

    /** Until when some may believe a server that is the master no more. */
    private long believed = Long.MIN_VALUE;

    private IntToLongFunction ceased = process -> Long.MAX_VALUE;

    private record Given(int order, long at) {}

    private @Nullable String violation;

    Judge(Scheduler scheduler, Database database, History history, Plan plan) {
        this.plan = plan;
        this.scheduler = scheduler;
        this.database = database;
        this.history = history;
    }

    @Nullable
    String violation() {
        return violation;
    }

    /** Returns how many reads of each kind were judged. */
    Map<String, Long> reads() {
        return reads;
    }

    void broken(String what) {
        if (violation == null) {
            violation = what;
            history.event(scheduler.now(), "judge", what);
        }
    }

    /** Returns the guard of a write that is about to be committed. */
    Guard guard(String row, int process) {
        Guard guard = new Guard(row, process);
        guards.add(guard);
        return guard;
    }

    /** Its process is gone, and makes nothing good any more. */
    void died(int process) {
        guards.stream().filter(guard -> guard.process() == process).forEach(Guard::abandon);
    }

    /** Long after the last fault, every write has made dead what was cached before. */
    void allMadeGood() {
        guards.stream()
                .filter(Guard::owed)
                .findFirst()
                .ifPresent(guard -> broken("NOT MADE GOOD: p" + guard.process() + " has written " + guard.row()
                        + ", and has never told it"));
    }

    @Override
    public void took(int process, Step<?> step, Replies replies, byte @Nullable [] before) {
        if (before != null && step instanceof Step.PutRow put) {
            replaced(put, replies.of(put), before);
        }
        outlives(process, step, replies);
        for (Guard guard : guards) {
            if (guard.process() == process && guard.committed() && settles(step, replies, guard.row())) {
                guard.settle(Math.max(scheduler.now(), believed));
            }
        }
        if (step instanceof Step.RenewTables renewal) {
            renewed = Math.max(renewed, replies.of(renewal));
        }
    }

    /** Takes note of a state that a transaction had until it went back to a savepoint: it may fill what was absent. */
    void undone(String row, @Nullable Cells cells) {
        undone.add(row + "=" + cells);
    }

    /** No entry gives way to what was never committed. */
    private void replaced(Step.PutRow put, PutReply reply, byte[] before) {
        boolean stood = RowFormat.kind(before, reply.version()) == RowFormat.Kind.ENTRY;
        if (stood && reply.outcome() == PutReply.Outcome.STORED) {
            Cells cells = cells(put.entry());
            if (!cells.equals(cells(before))
                    && database.states(put.row().id()).stream().noneMatch(state -> cells.equals(state.cells()))) {
                broken("NEVER COMMITTED: an entry of row " + put.row().id() + " gives way to " + cells);
            }
        }
    }

    private static Cells cells(byte[] bytes) {
        String entry = new String(bytes, US_ASCII);
        return Cells.parse(entry.substring(entry.lastIndexOf('{') + 1, entry.length() - 1));
    }

    @Override
    public void tookLate(String who, Step<?> step, Replies replies) {
        boolean timeKnown = !plan.setsClocks() && !plan.refuses();
        if (isTaken(step, replies) && timeKnown) {
            broken("TAKEN LATE: " + who + " waits no more, and its lock is taken");
        }
    }

    /** Returns whether a step is a lock, and was taken. */
    static boolean isTaken(Step<?> step, Replies replies) {
        return step instanceof Step.LockRow lock && replies.of(lock).version() != 0
                || step instanceof Step.LockShard region && replies.of(region) != 0
                || step instanceof Step.LockTables tables && replies.of(tables) != 0;
    }

    /** Where nothing goes wrong, no lock comes after its release: it would stand until its deadline, for nothing. */
    private void outlives(int process, Step<?> step, Replies replies) {
        if (step instanceof Step.UnlockRow unlock) {
            released.add(unlock.token());
        } else if (step instanceof Step.UnlockTables tables) {
            released.add(tables.token());
        } else if (!plan.hasFaults()
                && isTaken(step, replies)
                && (step instanceof Step.LockRow row && released.contains(row.token())
                        || step instanceof Step.LockTables tables && released.contains(tables.token()))) {
            broken("OUTLIVES: a lock of p" + process + " is taken after its release: " + step);
        }
    }

    /** A lock that was refused makes nothing good, nor does a renewal of what another process has renewed before. */
    private boolean settles(Step<?> step, Replies replies, String row) {
        if (row.equals(TABLE)) {
            return step instanceof Step.UnlockTables
                    || step instanceof Step.LockTables && isTaken(step, replies)
                    || step instanceof Step.RenewTables renewal && replies.of(renewal) > renewed;
        }
        if (step.row() != null) {
            return step.row().id().equals(row) && (step instanceof Step.UnlockRow || isTaken(step, replies));
        }
        return step instanceof Step.BumpVersion
                || step instanceof Step.UnlockShard
                || step instanceof Step.LockShard && isTaken(step, replies);
    }

    /** The server has lost everything; what it held before is never believed again. */
    void lostAll() {
        guards.forEach(guard -> {
            guard.lose();
            guard.settle(Math.max(scheduler.now(), believed));
        });
    }

    /** Another server is the master from now on; who had no lock may be missed by those who believe the old one still. */
    void demoted() {
        believed = scheduler.now() + LEASE;
    }

    /** The server has lost everything, and not said so: for a while it is believed, whatever it was told before. */
    void flushed() {
        demoted();
        guards.forEach(guard -> guard.notBefore(believed));
        lostAll();
    }

    /** Has it told since when the server that answers a process is the known master no more. */
    void ceasedAt(IntToLongFunction since) {
        ceased = since;
    }

    private void proven(String who, int process, long from) {
        if (ceased.applyAsLong(process) <= from - LEASE) {
            broken("NOT PROVEN: " + who + " is served by a server that is not the master any more, or takes no locks");
        }
    }

    /** The server has lost a key, and perhaps a lock with it. */
    void lost(String key) {
        for (Guard guard : guards) {
            boolean row = key.startsWith("dormrow:") && key.endsWith(":" + guard.row());
            boolean region = key.startsWith("dormlock:") && !guard.row().equals(TABLE);
            boolean table = guard.row().equals(TABLE) && key.contains("dormclk");
            if (row || region || table) {
                guard.lose();
            }
        }
    }

    /**
     * Judges a row that the cache gave.
     *
     * @param who who read it
     * @param process where
     * @param row which
     * @param found what was given
     * @param begin how many commits there were when the transaction began
     * @param from when the reading began
     * @param near whether it was kept in the process
     */
    void row(String who, int process, String row, Cells found, int begin, long from, boolean near) {
        count(near ? "near" : "row");
        proven(who, process, from);
        int seen = -1;
        for (Database.State state : database.states(row)) {
            if (found.equals(state.cells())) {
                seen = state.order();
            }
        }
        if (seen < 0 && undone.contains(row + "=" + found)) {
            return;
        }
        if (seen < 0) {
            broken("NEVER COMMITTED: " + who + " reads row " + row + " as " + found);
            return;
        }
        for (Database.State state : database.states(row)) {
            if (state.order() > seen
                    && state.order() <= begin
                    && mustBeSeen(row, process, state, near ? from - WINDOW.toNanos() : from)) {
                if (!near || state.at() < from - WINDOW.toNanos()) {
                    broken("STALE: " + who + " reads row " + row + " as " + found + ", which is older than its begin: "
                            + state.cells() + " was committed at " + state.at() / 1000 + " us");
                    return;
                }
            }
        }
        if (!near) {
            goesForward(who, row, found, seen, from);
        }
    }

    /** Where nothing is lost, no entry takes the place of a newer one, whoever was told of what. */
    private void goesForward(String who, String row, Cells found, int seen, long from) {
        Given before = given.get(row);
        if (before != null && before.order > seen && before.at < from && !plan.loses()) {
            broken("WENT BACK: " + who + " reads row " + row + " as " + found + ", and a newer one was given before");
        }
        if (before == null || before.order < seen) {
            given.put(row, new Given(seen, scheduler.now()));
        }
    }

    private boolean mustBeSeen(String row, int process, Database.State state, long from) {
        return guards.stream()
                .filter(guard -> guard.row().equals(row) && guard.order() == state.order() && guard.committed())
                .allMatch(guard -> guard.mustBeSeen(from, process));
    }

    /**
     * Judges a query's result that the cache gave.
     *
     * @param who who asked for it
     * @param process where
     * @param found how many commits it has seen
     * @param begin how many commits there were when the transaction began
     * @param from when the reading began
     * @param near whether it was kept in the process
     */
    void result(String who, int process, int found, int begin, long from, boolean near) {
        count(near ? "near query" : "query");
        proven(who, process, from);
        long told = near ? from - WINDOW.toNanos() : from;
        List<Integer> commits = database.tableCommits();
        for (int i = found; i < commits.size() && commits.get(i) <= begin; i++) {
            int order = commits.get(i);
            boolean must = guards.stream()
                    .filter(guard -> guard.row().equals(TABLE) && guard.order() == order && guard.committed())
                    .allMatch(guard -> guard.mustBeSeen(told, process) && (!near || guard.committedAt() < told));
            if (must) {
                broken("STALE: " + who + " reads a query's result of " + found + " commits, of " + commits.size()
                        + ", which is older than its begin");
                return;
            }
        }
        if (found > commits.size()) {
            broken("NEVER COMMITTED: " + who + " reads a query's result of " + found + " commits, of "
                    + commits.size());
        }
    }

    void count(String what) {
        reads.merge(what, 1L, Long::sum);
    }
}
