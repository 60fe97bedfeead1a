package dev.dorm.cache.simulation;

import dev.dorm.cache.internal.locmem.SimulatedStore;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one plan after the other until a promise is broken. */
public final class Hunt {

    private Hunt() {}

    /**
     * Hunts over the steps in process.
     *
     * @param firstSeed the first plan's seed
     * @param most how long
     * @return the seed and what was broken, or null when nothing was
     */
    public static @Nullable String hunt(long firstSeed, Duration most) {
        return hunt(firstSeed, most, SimulatedStore::new);
    }

    /**
     * Hunts over stores of some kind.
     *
     * @param firstSeed the first plan's seed
     * @param most how long; once at least
     * @param stores makes an empty store
     * @return the seed and what was broken, or null when nothing was
     */
    public static @Nullable String hunt(long firstSeed, Duration most, Supplier<? extends StoreImage> stores) {
        long end = System.nanoTime() + most.toNanos();
        long seed = firstSeed;
        try (Silence silence = new Silence()) {
            do {
                try (Simulation simulation = new Simulation(new PlanMaker(seed).plan(), stores.get(), "sim.", false)) {
                    String broken = simulation.run();
                    if (broken != null) {
                        return seed + " " + broken;
                    }
                }
                seed++;
            } while (System.nanoTime() < end);
        }
        return null;
    }
}
