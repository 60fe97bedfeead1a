package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.simulation.Plan.End;
import dev.dorm.cache.simulation.Plan.Operation;
import dev.dorm.cache.simulation.Plan.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A session with one transaction, which calls the cache as Hibernate does. */
final class SessionRun implements Runnable {

    private final Simulation world;
    private final Process process;
    private final Session plan;

    SessionRun(Simulation world, Process process, Session plan) {
        this.world = world;
        this.process = process;
        this.plan = plan;
    }

    @Override
    public void run() {
        SessionContext context = process.open();
        int begin = world.database().order();
        context.transactionJoined();
        Database.Transaction transaction =
                world.database().begin(world.plan().setup().snapshot());
        SessionWork work = new SessionWork(world, process, plan, context, transaction, begin);
        try {
            for (Operation operation : plan.operations()) {
                work.pause();
                work.perform(operation);
                world.scheduler().pause(operation.think());
            }
        } catch (Database.Conflict e) {
            note("fails: " + e.getMessage());
            rollback(work);
            return;
        }
        if (plan.end() == End.ROLLBACK) {
            rollback(work);
        } else {
            commit(work);
        }
    }

    private void note(String what) {
        world.history().event(world.scheduler().now(), plan.name(), what);
    }

    private void rollback(SessionWork work) {
        work.transaction().rollback();
        note("rolls back");
        complete(work, false, List.of());
    }

    private void commit(SessionWork work) {
        List<Guard> guards = guards(work);
        try {
            boolean takesLong = !plan.ending().hold().isZero();
            if (takesLong && work.ahead().haveTravelled()) {
                // Another has locked in the database what the last statement writes.
                world.scheduler().pause(plan.ending().hold());
                takesLong = false;
            }
            work.context().transactionCompleting();
            if (takesLong) {
                world.scheduler().pause(plan.ending().hold());
                work.context().transactionCompleting();
            }
        } catch (RuntimeException e) {
            note("must not commit: " + e.getMessage());
            rollback(work);
            return;
        }
        take(guards, process.wire.acknowledged(plan.name()));
        work.ahead().take(guards);
        mustStand(work, guards);
        work.pause();
        world.scheduler().pause(plan.ending().commit());
        switch (plan.end()) {
            case FAIL -> {
                note("commit fails");
                work.transaction().rollback();
                complete(work, false, List.of());
            }
            case FAIL_AND_COMMIT -> {
                note("commit fails, and will come");
                guards.forEach(Guard::followedByNothing);
                world.scheduler().after(plan.ending().doubt(), () -> committed(work, guards));
                complete(work, false, List.of());
            }
            case DIE -> {
                committed(work, guards);
                world.restart(process.number());
                world.scheduler().pause(Duration.ofDays(1));
            }
            default -> {
                committed(work, guards);
                world.scheduler().pause(plan.ending().settle());
                complete(work, true, guards);
            }
        }
    }

    private List<Guard> guards(SessionWork work) {
        List<Guard> guards = new ArrayList<>();
        for (String row : work.transaction().written()) {
            Guard guard = world.judge().guard(row, process.number());
            guards.add(guard);
            if (!work.told(row)) {
                guard.untold();
            }
            if (work.hasInserted(row)) {
                guard.followedByNothing();
            }
        }
        if (work.transaction().writesTable()) {
            Guard table = world.judge().guard(Judge.TABLE, process.number());
            guards.add(table);
            if (!work.toldAny()) {
                table.untold();
            }
        }
        return guards;
    }

    /** A lock counts when it was acknowledged before the commit. */
    private void take(List<Guard> guards, Set<Step<?>> acknowledged) {
        guards.stream().filter(guard -> isLocked(guard, acknowledged)).forEach(Guard::take);
    }

    /** Returns whether one of the steps is the lock of a guard's row, its region or its table. */
    static boolean isLocked(Guard guard, Set<Step<?>> steps) {
        return steps.stream()
                .anyMatch(step -> guard.row().equals(Judge.TABLE)
                        ? step instanceof Step.LockTables
                        : step instanceof Step.LockShard
                                || step instanceof Step.LockRow lock
                                        && lock.row().id().equals(guard.row()));
    }

    /** Where it is asked for, or nothing is in its way, nothing is written without its lock. */
    private void mustStand(SessionWork work, List<Guard> guards) {
        boolean locks = !world.plan().setup().nonstrict();
        boolean strict = world.plan().setup().strict() && locks;
        boolean quiet = !world.plan().hasFaults();
        guards.stream()
                .filter(guard -> guard.told() && !guard.taken() && !work.hasInserted(guard.row()))
                .filter(guard -> guard.row().equals(Judge.TABLE) ? quiet || strict : locks && (quiet || strict))
                .forEach(guard -> world.judge().broken("WITHOUT ITS LOCK: " + plan.name() + " writes " + guard.row()));
    }

    private void committed(SessionWork work, List<Guard> guards) {
        int order = work.transaction().commit();
        note("is committed");
        guards.forEach(guard -> guard.commit(order, world.scheduler().now()));
    }

    private void complete(SessionWork work, boolean successful, List<Guard> guards) {
        work.complete(successful);
        work.context().transactionCompleted(successful);
        guards.forEach(guard -> guard.complete(world.scheduler().now()));
        note("is over");
        if (process.store.pendingInvalidations() == 0) {
            guards.stream().filter(Guard::untoldAtItsEnd).forEach(guard -> world.judge()
                    .broken("WENT ON: " + plan.name() + " has not told of " + guard.row()
                            + ", for which no lock stands"));
        }
    }
}
