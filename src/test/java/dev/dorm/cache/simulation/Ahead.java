package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.simulation.Plan.Operation;
import dev.dorm.cache.simulation.Plan.Verb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The locks of a session that travel beside the last statement that it writes with. */
final class Ahead {

    private static final Set<Verb> BESIDE = Set.of(Verb.UPDATE, Verb.CHANGE, Verb.DELETE);
    private static final Set<Verb> READS = Set.of(Verb.READ, Verb.QUERY, Verb.LOAD, Verb.REFRESH);

    private final Simulation world;
    private final Process process;
    private final String name;

    /** Beside which they travel; null for none. */
    private final @Nullable Operation last;

    /** What of them the server loses before the commit. */
    private final Map<String, Guard> travelling = new HashMap<>();

    private long epoch;

    Ahead(Simulation world, Process process, Plan.Session plan) {
        this.world = world;
        this.process = process;
        this.name = plan.name();
        this.last = happensIn(world.plan()) ? lastWrite(plan.operations()) : null;
    }

    /** In one of four histories. It is drawn from the seed by itself, so that the other histories are what they were. */
    private static boolean happensIn(Plan plan) {
        return Math.floorMod(plan.seed() * 783_184, 1_000_003) / 7 % 4 == 0;
    }

    private static @Nullable Operation lastWrite(List<Operation> operations) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            Verb verb = operations.get(i).verb();
            if (!READS.contains(verb)) {
                return BESIDE.contains(verb) ? operations.get(i) : null;
            }
        }
        return null;
    }

    /** The row is locked, and the statement comes next. */
    void before(@Nullable Operation statement, String row, SessionContext context, Database.Transaction transaction) {
        if (statement == null || statement != last) {
            return;
        }
        world.history().event(world.scheduler().now(), name, "sends its locks, and goes on");
        transaction.written().forEach(this::watch);
        watch(row);
        watch(Judge.TABLE);
        epoch = process.wire.serverEpoch();
        context.early().send();
    }

    private void watch(String row) {
        travelling.put(row, world.judge().guard(row, process.number()));
    }

    /** Returns whether they were sent. */
    boolean haveTravelled() {
        return !travelling.isEmpty();
    }

    /** They count, as those of the commit do, where it took none again. */
    void take(List<Guard> guards) {
        Set<Step<?>> asked = process.wire.asked(name);
        Set<Step<?>> ahead = process.wire.takenAhead(name);
        for (Guard guard : guards) {
            if (SessionRun.isLocked(guard, ahead) && !SessionRun.isLocked(guard, asked)) {
                guard.take();
                Guard before = travelling.get(guard.row());
                if (before != null && before.isLost() && epoch == process.wire.serverEpoch()) {
                    guard.lose();
                }
            }
        }
    }
}
