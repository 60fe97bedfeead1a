package dev.dorm.cache.simulation;

import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import dev.dorm.cache.internal.region.SimulatedStrategy;
import dev.dorm.cache.simulation.Plan.Act;
import dev.dorm.cache.simulation.Plan.Blow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one plan, from an empty cache to the time when everything must be well again, and judges it. */
final class Simulation implements AutoCloseable {

    /** Rows 0 to 2 are there at first. */
    static final int ROWS = 3;

    /** A lock's lease, and what no transaction that is older may fill; and some more. */
    private static final Duration HEALING = Duration.ofSeconds(100);

    /** A server's clock that was set back makes its locks last longer: up to twice the lease. */
    private static final Duration HEALING_OF_CLOCKS = Duration.ofSeconds(250);

    /**
     * So many readings, and the time between two. A table's lock whose writer is gone counts from when a process first sees
     * it beside a result, so that some of them find what is left, and later ones fill.
     */
    private static final int HEALED = 11;

    private static final Duration HEALING_PAUSE = Duration.ofSeconds(12);

    private final Plan plan;
    private final Scheduler scheduler = new Scheduler();
    private final History history;
    private final Database database;
    private final Judge judge;
    private final StoreImage store;
    private final Server server;
    private final Network network;
    private final String prefix;
    private final List<Process> processes = new ArrayList<>();
    private final List<Actor> sessions = new ArrayList<>();
    private final RuntimeStatistics statistics = new RuntimeStatistics();
    private int writes = 100;

    Simulation(Plan plan, StoreImage store, String prefix, boolean kept) {
        this.plan = plan;
        this.store = store;
        this.prefix = prefix;
        this.history = new History(kept);
        this.database = new Database(scheduler);
        this.judge = new Judge(scheduler, database, history, plan);
        this.server = new Server(scheduler, store, history, judge, isOneInSix(134253), isOneInSix(134295));
        judge.ceasedAt(server::ceased);
        this.network = new Network(scheduler, server, history, plan.seed(), plan.troubles());
        for (int row = 0; row < ROWS - 1; row++) {
            database.fill(String.valueOf(row), new Cells(0, row, row));
        }
    }

    Plan plan() {
        return plan;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    History history() {
        return history;
    }

    Database database() {
        return database;
    }

    Judge judge() {
        return judge;
    }

    /** What was counted, for those who want to know what was never reached. */
    RuntimeStatistics statistics() {
        return statistics;
    }

    SimulatedStrategy strategy() {
        return plan.setup().nonstrict() ? SimulatedStrategy.NONSTRICT_READ_WRITE : SimulatedStrategy.READ_WRITE;
    }

    int nextWrite() {
        return ++writes;
    }

    /** Runs it; returns the promise that was broken, or null. */
    @Nullable
    String run() {
        for (int i = 0; i < plan.setup().processes(); i++) {
            processes.add(process(i));
        }
        Duration last = Duration.ZERO;
        boolean clocks = false;
        for (Act act : plan.acts()) {
            scheduler.at(act.at().toNanos(), () -> take(act));
            last = last.compareTo(act.at()) < 0 ? act.at() : last;
            clocks |= act instanceof Plan.ServerAct blow && blow.blow() == Blow.SET_CLOCK;
        }
        scheduler.run(last.toNanos());
        // Whatever is under way comes to its end, and what was locked or marked is free again.
        Duration rest = clocks ? HEALING_OF_CLOCKS : HEALING;
        scheduler.run(last.plus(rest).plus(longest()).toNanos());
        failures();
        if (judge.violation() == null) {
            heal(plan.setup().heals() ? HEALED : 1);
        }
        return judge.violation();
    }

    /** Returns how long the longest of what began last may take. */
    private Duration longest() {
        Duration longest = Duration.ofSeconds(10);
        for (Act act : plan.acts()) {
            Duration time = Duration.ZERO;
            if (act instanceof Plan.Session session) {
                for (Plan.Operation operation : session.operations()) {
                    time = time.plus(operation.think());
                }
                time = time.plus(session.ending().all());
            } else if (act instanceof Plan.ServerAct blow) {
                time = blow.time();
            } else if (act instanceof Plan.Pause pause) {
                time = pause.time();
            } else if (act instanceof Plan.Mute mute) {
                time = mute.time();
            } else if (act instanceof Plan.Silence silence) {
                time = silence.time();
            }
            longest = longest.plus(time);
        }
        for (Trouble trouble : plan.troubles()) {
            longest = longest.plus(trouble.time());
        }
        return longest;
    }

    private Process process(int number) {
        Wire wire = new Wire(number, scheduler, server, network, keepsResults(), keepsOrder(), spreads());
        return new Process(
                number,
                scheduler,
                wire,
                statistics,
                plan.setup(),
                keepsResults(),
                lifetime(number),
                prefix,
                this::quiet);
    }

    /** Draws from the seed by itself: the histories in which neither is true are what they were. */
    private boolean isOneInSix(long factor) {
        return Math.floorMod(plan.seed() * factor, 1_000_003L) / 7 % 6 == 0;
    }

    /**
     * In one of three histories with a near tier results are kept in it, too. It is drawn from the seed by itself, so that the
     * other histories are what they were.
     */
    private boolean keepsResults() {
        return plan.setup().near() && Math.floorMod(plan.seed() * 1_000_213, 1_013) % 3 == 0;
    }

    /**
     * In one of four histories a process sends what must not overtake its settlements behind them. It is drawn from the seed by
     * itself, so that the other histories are what they were.
     */
    private boolean keepsOrder() {
        return Math.floorMod(plan.seed() * 117_542, 1_000_003) / 7 % 4 == 0;
    }

    /**
     * In one of four histories rows bring others along. It is drawn from the seed by itself, so that the other histories are what
     * they were.
     */
    boolean bringsAlong() {
        return alongNumber() % 4 == 0;
    }

    /** In half of those the server is a cluster. */
    private boolean spreads() {
        return alongNumber() % 8 == 0;
    }

    private long alongNumber() {
        return Math.floorMod(plan.seed() * 823_410, 1_000_003) / 7;
    }

    /**
     * In one of six histories entries end while it lasts, and most of them are to be loaded anew at once. It is drawn from the
     * seed by itself, so that the other histories are what they were.
     */
    private boolean entriesEnd() {
        return Math.floorMod(plan.seed() * 1_000_925, 1_009) % 6 == 0;
    }

    private Lifetime lifetime(int process) {
        return entriesEnd()
                ? new Lifetime(Process.SHORT_TTL, 0, 1_000, process)
                : new Lifetime(Process.TTL, 0, 0, process);
    }

    /** Returns whether no session is under way. */
    private boolean quiet() {
        sessions.removeIf(Actor::ended);
        return sessions.isEmpty();
    }

    private void take(Act act) {
        if (act instanceof Plan.Session session) {
            Process process = processes.get(session.process());
            sessions.add(process.start(session.name(), new SessionRun(this, process, session)));
            processes.forEach(Process::awake);
        } else if (act instanceof Plan.ServerAct blow) {
            take(blow);
        } else if (act instanceof Plan.Pause pause) {
            history.event(
                    scheduler.now(),
                    "p" + pause.process(),
                    "stands still for " + pause.time().toMillis() + " ms");
            processes.get(pause.process()).pause(pause.time());
        } else if (act instanceof Plan.Mute mute) {
            history.event(
                    scheduler.now(),
                    "p" + mute.process(),
                    "hears nothing for " + mute.time().toMillis() + " ms");
            processes.get(mute.process()).wire.mute(mute.time());
        } else if (act instanceof Plan.Silence silence) {
            history.event(
                    scheduler.now(),
                    "p" + silence.process(),
                    "is not heard for " + silence.time().toMillis() + " ms");
            processes.get(silence.process()).wire.silence(silence.time(), silence.all());
        } else if (act instanceof Plan.Restart restart) {
            restart(restart.process());
        }
    }

    /** A process dies, and is started anew. */
    void restart(int number) {
        Process old = processes.get(number);
        // Whoever runs just now may be one of its own.
        scheduler.after(Duration.ZERO, () -> {
            history.event(scheduler.now(), "p" + number, "dies, and is started anew");
            judge.died(number);
            old.die();
            processes.set(number, process(number));
        });
    }

    private void take(Plan.ServerAct act) {
        switch (act.blow()) {
            case CRASH_EMPTY, CRASH_OLD -> {
                if (server.crash(act.time(), act.blow() == Blow.CRASH_OLD)) {
                    scheduler.after(act.time(), judge::lostAll);
                }
            }
            case SAVE -> server.save();
            case DISCONNECT -> server.disconnect();
            case FLUSH -> {
                server.flush();
                judge.flushed();
            }
            case FORGET -> server.forget();
            case FREEZE -> server.freeze(act.time());
            case EVICT -> judge.lost(server.evict(act.which()));
            case REFUSE -> server.refuse(act.time());
            case DEMOTE -> {
                List<Integer> keep = new ArrayList<>();
                processes.stream()
                        .map(Process::number)
                        .filter(number -> (act.which() >> number & 1) == 1)
                        .forEach(keep::add);
                boolean lag = act.which() >= Plan.LAGS;
                if (server.demote(act.time(), keep, lag)) {
                    judge.demoted();
                    if (lag) {
                        judge.lostAll();
                    }
                }
            }
            case SET_CLOCK -> server.setClock(act.time().multipliedBy(act.which() % 2 == 0 ? 1 : -1));
        }
    }

    private void failures() {
        for (Actor actor : scheduler.failed()) {
            Throwable failure = actor.failure();
            StackTraceElement[] trace = failure.getStackTrace();
            judge.broken("FAILED: " + actor.name() + ": " + failure + (trace.length > 0 ? " at " + trace[0] : ""));
        }
    }

    /** After the last fault every process is served again, and nothing is owed or locked. */
    private void heal(int passes) {
        for (int pass = 0; pass < passes; pass++) {
            for (Process process : processes) {
                Healing healing = new Healing(this, process, pass == HEALED - 1 && !entriesEnd());
                sessions.add(process.start("h" + process.number() + pass, healing));
                scheduler.run(scheduler.now() + Duration.ofSeconds(2).toNanos());
            }
            scheduler.run(scheduler.now() + (passes == 1 ? 0 : HEALING_PAUSE.toNanos()));
        }
        for (Process process : processes) {
            if (plan.setup().heals() && process.store.pendingInvalidations() > 0) {
                judge.broken("OWED: p" + process.number() + " still owes " + process.store.pendingInvalidations());
            }
        }
        if (plan.setup().heals()) {
            judge.allMadeGood();
        }
        failures();
    }

    @Override
    public void close() {
        scheduler.close();
        store.close();
    }
}
