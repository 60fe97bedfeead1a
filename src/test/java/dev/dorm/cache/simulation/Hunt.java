package dev.dorm.cache.simulation;

import dev.dorm.cache.internal.locmem.SimulatedStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs one plan after the other until a promise is broken. */
public final class Hunt {

    private Hunt() {}

    /**
     * Hunts.
     *
     * @param firstSeed the first plan's seed
     * @param most how long
     * @return the seed and what was broken, or null when nothing was
     */
    public static @Nullable String hunt(long firstSeed, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try (Silence silence = new Silence()) {
            for (long seed = firstSeed; System.nanoTime() < end; seed++) {
                String broken = run(seed);
                if (broken != null) {
                    return seed + " " + broken;
                }
            }
        }
        return null;
    }

    private static @Nullable String run(long seed) {
        try (Simulation simulation = new Simulation(new PlanMaker(seed).plan(), new SimulatedStore(), "sim.", false)) {
            return simulation.run();
        }
    }
}
