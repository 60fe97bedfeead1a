package dev.dorm.cache.simulation;

import dev.dorm.cache.simulation.Plan.Act;
import dev.dorm.cache.simulation.Plan.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes plans up. Each has a pace, operations and faults of its own, and of each kind only some: what all kinds together do
 * hides what one does.
 */
final class PlanMaker {

    private final Random random;
    private final long seed;

    PlanMaker(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    Plan plan() {
        Setup setup = new Setup(
                chance(3) ? 3 : 2,
                random.nextBoolean(),
                chance(2),
                random.nextBoolean(),
                random.nextBoolean(),
                chance(8),
                chance(8));
        FaultMaker faults = new FaultMaker(random, setup.near());
        SessionMaker sessions = new SessionMaker(random, setup.near(), faults);
        List<Act> acts = new ArrayList<>();
        List<Trouble> troubles = new ArrayList<>();
        long at = 1_000_000;
        int count = 5 + random.nextInt(22);
        for (int i = 0; i < count; i++) {
            at += sessions.gap();
            String name = "s" + i;
            int process = random.nextInt(setup.processes());
            acts.add(sessions.make(Duration.ofNanos(at), name, process));
            Duration near = Duration.ofNanos(at + random.nextInt(2 + 2 * sessions.pace()));
            faults.happen(near, name, process, acts, troubles);
        }
        if (setup.near()) {
            new ListeningFaults(seed).happen(acts, troubles, setup.processes());
        }
        return new Plan(seed, setup, acts, troubles);
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }
}
