package dev.dorm.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of all kinds, one after the other, on the same servers and processes. */
@EnabledIfSystemProperty(named = "soak.minutes", matches = ".+")
class SoakIT {

    private static final Duration TIME =
            Duration.ofMillis((long) (60_000 * Double.parseDouble(System.getProperty("soak.minutes", "0"))));

    @ParameterizedTest
    @ValueSource(strings = {"off", "all"})
    void noTransactionFailsAndNothingIsStale(String near) {
        Site site = new Site();
        List<Supplier<Fault>> kinds = List.of(
                () -> Illness.FULL_MEMORY.on(site),
                () -> Illness.NO_REPLICAS.on(site),
                () -> Illness.NO_RIGHT.on(site),
                () -> Illness.DEMOTED.on(site),
                () -> Illness.SILENT.on(site),
                () -> Illness.HUNG_UP.on(site),
                () -> new Frozen(site));
        Random random = new Random(Long.getLong("history.seed", 1));
        OutageOutcome outcome = new OutageRun("SOAK", "bypass", near, TIME)
                .run(site, () -> kinds.get(random.nextInt(kinds.size())).get());
        assertThat(outcome.cached().violations()).as(outcome.toString()).isZero();
        assertThat(outcome.cached().of(Tally.ERRORS)).as(outcome.toString()).isZero();
        assertThat(outcome.neverCommitted()).as(outcome.toString()).isZero();
        assertThat(outcome.owed().unpaid()).as(outcome.toString()).isZero();
    }

    /** The master answers nothing for a while, and then all that it was asked. */
    private record Frozen(Site site) implements Fault {

        @Override
        public Options settings() {
            return Illness.SILENT.on(site).settings();
        }

        @Override
        public Options of(int process) {
            return Illness.SILENT.on(site).of(process);
        }

        @Override
        public void begin() {
            site.master().pause();
        }

        @Override
        public void end() {
            site.master().resume();
        }

        @Override
        public void close() {
            site.close();
        }

        @Override
        public String toString() {
            return "FROZEN";
        }
    }
}
