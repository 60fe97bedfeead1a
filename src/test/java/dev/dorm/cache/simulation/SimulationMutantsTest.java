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
 * <p>{@code mutants.txt} has a seed for each, from which a build goes on. {@code -Ddorm.simulation.mutants=<part of a rule>}
 * looks for new ones, from seed 1; {@code -Ddorm.simulation.mutant.seconds=} says how long each is hunted for.
 */
class SimulationMutantsTest {

    @TempDir
    Path work;

    static Stream<Mutant> mutants() {
        return Mutant.tried(RuleMutants.all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aRuleIsMissed(Mutant mutant) throws Exception {
        long begin = System.nanoTime();
        try (MutatedLibrary library = MutatedLibrary.without(mutant, work)) {
            Object found = library.loadClass(Hunt.class.getName())
                    .getMethod("hunt", long.class, Duration.class)
                    .invoke(null, mutant.firstSeed(), Mutant.MOST);
            mutant.report(begin, found);
            assertThat(found).as(mutant.rule()).isNotNull();
        }
    }
}
