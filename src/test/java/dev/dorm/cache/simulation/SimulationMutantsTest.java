package dev.dorm.cache.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules of the protocol are missed when they are taken away: the simulation finds a history that breaks a promise.
 *
 * <p>{@code -Ddorm.simulation.mutants=<part of a rule>} tries those that take long, too, and
 * {@code -Ddorm.simulation.mutant.seconds=} says how long each is hunted for.
 */
class SimulationMutantsTest {

    private static final Duration MOST = Duration.ofSeconds(Long.getLong("dorm.simulation.mutant.seconds", 60));

    @TempDir
    Path work;

    static Stream<RuleMutants.Mutant> mutants() {
        String only = System.getProperty("dorm.simulation.mutants");
        return only == null
                ? RuleMutants.quick().stream()
                : RuleMutants.all().stream().filter(mutant -> mutant.rule().contains(only));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aRuleIsMissed(RuleMutants.Mutant mutant) throws Exception {
        long begin = System.nanoTime();
        try (MutatedLibrary library = MutatedLibrary.without(mutant, work)) {
            Object found = library.loadClass(Hunt.class.getName())
                    .getMethod("hunt", long.class, Duration.class)
                    .invoke(null, 1L, MOST);
            System.out.printf("%-70s %5.1f s  %s%n", mutant.rule(), (System.nanoTime() - begin) / 1e9, found);
            assertThat(found).as(mutant.rule()).isNotNull();
        }
    }
}
