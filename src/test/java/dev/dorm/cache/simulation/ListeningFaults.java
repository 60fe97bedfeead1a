package dev.dorm.cache.simulation;

import dev.dorm.cache.simulation.Plan.Act;
import dev.dorm.cache.simulation.Plan.Blow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up what happens to those who listen, by random numbers of its own: whatever else is in a plan stays as it is. */
final class ListeningFaults {

    private final Random random;

    ListeningFaults(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x70_1D);
    }

    /** Adds registrations that are lost beside some sessions and, where messages have trouble, trouble for the question for them. */
    void happen(List<Act> acts, List<Trouble> troubles, int processes) {
        if (random.nextInt(3) == 0) {
            return;
        }
        int often = 1 + random.nextInt(4);
        for (Act act : new ArrayList<>(acts)) {
            if (act instanceof Plan.Session session && random.nextInt(often) == 0) {
                Duration at = session.at().plusNanos(random.nextInt(20_000_000));
                acts.add(new Plan.ServerAct(at, Blow.FORGET, Duration.ZERO, 0));
            }
        }
        int count = troubles.isEmpty() ? 0 : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Trouble.Kind kind = Trouble.Kind.values()[random.nextInt(Trouble.Kind.values().length)];
            boolean lost = kind == Trouble.Kind.LOSE_REQUEST || kind == Trouble.Kind.LOSE_REPLY;
            Duration time = lost ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt(5_000));
            troubles.add(new Trouble("n" + random.nextInt(processes), random.nextInt(200), kind, time));
        }
    }
}
