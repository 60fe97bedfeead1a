package dev.dorm.cache.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.locmem.SimulatedStore;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random plans in virtual time, over the steps in process.
 *
 * <p>{@code -Ddorm.simulation.seed=} repeats a run, {@code -Ddorm.simulation.histories=} says how many histories, and
 * {@code -Ddorm.simulation.seconds=} for how long instead.
 */
class SimulationTest {

    private static final long SEED = Long.getLong("dorm.simulation.seed", new Random().nextInt(1_000_000_000));
    private static final long HISTORIES = Long.getLong("dorm.simulation.histories", 1_000);

    @Test
    void everyPromiseIsKept() {
        Long seconds = Long.getLong("dorm.simulation.seconds");
        long end = seconds == null ? 0 : System.nanoTime() + seconds * 1_000_000_000L;
        Simulations simulations = new Simulations("in process", SimulatedStore::new);
        simulations.run(SEED, done -> seconds == null ? done < HISTORIES : System.nanoTime() < end);
        System.out.println("Simulation: -Ddorm.simulation.seed=" + SEED);
        System.out.println(simulations.summary());
        System.out.println("reached: " + simulations.reached());
        assertThat(simulations.failures()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        LongStream.range(0, 30).forEach(seed -> assertThat(history(seed))
                .as("seed %d", seed)
                .isNotEmpty()
                .isEqualTo(history(seed)));
    }

    private static String history(long seed) {
        try (Silence silence = new Silence();
                Simulation simulation =
                        new Simulation(new PlanMaker(seed).plan(), new SimulatedStore(), "sim.", true)) {
            simulation.run();
            return simulation.history().toString();
        }
    }

    @Test
    void differentSeedsGiveDifferentHistories() {
        List<String> histories =
                LongStream.range(0, 30).mapToObj(SimulationTest::history).toList();
        assertThat(histories).doesNotHaveDuplicates();
    }

    @Test
    void aPlanThatFailsIsShrunkToWhatMatters() {
        Plan plan = LongStream.range(0, 100)
                .mapToObj(seed -> new PlanMaker(seed).plan())
                .filter(each -> !each.troubles().isEmpty() && updates(each))
                .findFirst()
                .orElseThrow();
        Plan small = new PlanShrinker(each -> updates(each) ? "STALE: a row" : null).shrink(plan, "STALE: another row");
        assertThat(small.troubles()).isEmpty();
        assertThat(small.acts()).hasSize(1);
        assertThat(((Plan.Session) small.acts().get(0)).operations()).hasSize(1);
    }

    private static boolean updates(Plan plan) {
        return plan.acts().stream()
                .anyMatch(act -> act instanceof Plan.Session session
                        && session.operations().stream().anyMatch(each -> each.verb() == Plan.Verb.UPDATE));
    }

    @Test
    void aHistoryIsShownAsADiagram() {
        try (Silence silence = new Silence();
                Simulation simulation = new Simulation(new PlanMaker(1).plan(), new SimulatedStore(), "sim.", true)) {
            simulation.run();
            assertThat(simulation.history().diagram().lines())
                    .startsWith("sequenceDiagram")
                    .anyMatch(line -> line.matches(" {4}s\\d+->>server: ReadRows.*"))
                    .allMatch(line ->
                            line.matches("sequenceDiagram| {4}\\w+->>server: [^;#]+| {4}Note over \\w+: [^;#]+"));
        }
    }
}
