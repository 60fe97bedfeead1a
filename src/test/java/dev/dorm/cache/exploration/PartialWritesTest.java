package dev.dorm.cache.exploration;

import static dev.dorm.cache.exploration.PartialWriter.Kind.BOTH;
import static dev.dorm.cache.exploration.PartialWriter.Kind.LEFT;
import static dev.dorm.cache.exploration.PartialWriter.Kind.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.locmem.VirtualLocMem;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Through every interleaving of these scopes, an entry is what the database holds, though statements write a part of it;
 * and whenever a rule about them is taken away, an exploration finds an entry that is not.
 */
class PartialWritesTest {

    static Stream<List<PartialWriter.Kind>> scopes() {
        Stream<List<PartialWriter.Kind>> large =
                Exploration.LARGE ? Stream.of(List.of(LEFT, RIGHT, RIGHT)) : Stream.empty();
        return Stream.concat(Stream.of(List.of(LEFT, RIGHT), List.of(LEFT, LEFT), List.of(LEFT, BOTH)), large);
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void noInterleavingLeavesWhatTheDatabaseDoesNotHold(List<PartialWriter.Kind> writers) {
        assertThat(explore(writers, false, PartialMutant.NONE).counterexample()).isNull();
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void norDoesOneWhereLocksTravelBesideTheStatements(List<PartialWriter.Kind> writers) {
        assertThat(explore(writers, true, PartialMutant.NONE).counterexample()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void anExplorationMissesEachRule(PartialMutant mutant) {
        assertThat(explore(List.of(LEFT, RIGHT), false, mutant).counterexample())
                .contains("STALE");
        assertThat(explore(List.of(LEFT, RIGHT), true, mutant).counterexample()).contains("STALE");
    }

    private static Exploration explore(List<PartialWriter.Kind> writers, boolean early, PartialMutant mutant) {
        return Exploration.complete(() -> {
                    AtomicLong nanos = new AtomicLong(1);
                    return new PartialWorld(writers, early, 1, mutant, new VirtualLocMem(nanos), nanos::get);
                })
                .told(writers + (early ? " early" : "") + " f@0x1 f@1x1 without " + mutant);
    }
}
