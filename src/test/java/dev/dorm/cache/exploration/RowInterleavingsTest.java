package dev.dorm.cache.exploration;

import static dev.dorm.cache.exploration.RowScope.Kind.ANEW;
import static dev.dorm.cache.exploration.RowScope.Kind.BULK;
import static dev.dorm.cache.exploration.RowScope.Kind.DEL;
import static dev.dorm.cache.exploration.RowScope.Kind.EARLY;
import static dev.dorm.cache.exploration.RowScope.Kind.UPD;
import static dev.dorm.cache.exploration.RowScope.raises;
import static dev.dorm.cache.exploration.RowScope.reads;
import static dev.dorm.cache.exploration.RowScope.undoes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.locmem.VirtualLocMem;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through every interleaving of these scopes, no transaction is given a stale row, and none stays. */
public class RowInterleavingsTest {

    public static Stream<RowScope> scopes() {
        return Stream.concat(usual(), Exploration.LARGE ? large() : Stream.empty());
    }

    static Stream<RowScope> usual() {
        return Stream.of(
                RowScope.of(List.of(UPD, UPD), reads(0, 1), reads(1, 1)).rollingBack(),
                RowScope.of(List.of(UPD, UPD), reads(0, 2)),
                RowScope.of(List.of(UPD, DEL), reads(0, 2), reads(1, 1)),
                RowScope.of(List.of(UPD, BULK), reads(0, 1), reads(1, 1)),
                RowScope.of(List.of(UPD, BULK), reads(0, 2)),
                RowScope.of(List.of(BULK, BULK), reads(0, 2)),
                RowScope.of(List.of(UPD, DEL, BULK), reads(0, 1)),
                RowScope.of(List.of(UPD, UPD), reads(0, 1), reads(1, 1)).flushing(),
                RowScope.of(List.of(UPD, BULK), reads(0, 1)).flushing(),
                RowScope.of(List.of(UPD, DEL), reads(0, 1), reads(1, 1))
                        .puttingLate()
                        .rollingBack(),
                RowScope.of(List.of(UPD, BULK), reads(0, 1)).waiting(),
                RowScope.of(List.of(EARLY), reads(0, 2)).waiting(),
                RowScope.of(List.of(EARLY, UPD), reads(0, 1)),
                RowScope.of(List.of(UPD), reads(0, 2)).losing(),
                RowScope.of(List.of(BULK), reads(0, 2)).losing(),
                RowScope.of(List.of(UPD), reads(0, 2)).losing().rollingBack(),
                RowScope.of(List.of(UPD), reads(0, 2)).repeating(1),
                RowScope.of(List.of(UPD, UPD)).repeating(2),
                RowScope.of(List.of(UPD), reads(0, 1)).repeating(2),
                RowScope.of(List.of(BULK), reads(0, 1)).repeating(1),
                RowScope.of(List.of(), reads(0, 2), reads(1, 1)).raising(2),
                RowScope.of(List.of(UPD), reads(0, 1), reads(1, 1)).raising(1),
                RowScope.of(List.of(UPD, ANEW), reads(0, 1), reads(1, 1)),
                RowScope.of(List.of(ANEW), reads(0, 1), raises(1, 1)),
                RowScope.of(List.of(UPD), reads(0, 1), undoes(0, 1)),
                RowScope.of(List.of(UPD), reads(0, 2), reads(1, 1)).settlingLater(),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)).settlingLater(),
                RowScope.of(List.of(UPD, DEL), reads(0, 1)).settlingLater(),
                RowScope.of(List.of(UPD, BULK), reads(0, 1)).settlingLater(),
                RowScope.of(List.of(BULK), reads(0, 2)).settlingLater(),
                RowScope.of(List.of(UPD), reads(0, 1)).settlingLater().losing(),
                RowScope.of(List.of(UPD), reads(0, 1))
                        .settlingLater()
                        .repeating(1)
                        .rollingBack());
    }

    static Stream<RowScope> large() {
        return Stream.of(
                RowScope.of(List.of(UPD, ANEW), reads(0, 2), reads(1, 1)).raising(1),
                RowScope.of(List.of(BULK, ANEW), reads(0, 1), raises(1, 1)),
                RowScope.of(List.of(UPD, ANEW), reads(0, 1)).raising(1).losing(),
                RowScope.of(List.of(ANEW), reads(0, 1)).raising(1).repeating(1),
                RowScope.of(List.of(UPD, UPD), reads(0, 2), reads(1, 2)).rollingBack(),
                RowScope.of(List.of(UPD, BULK), reads(0, 2), reads(1, 1)),
                RowScope.of(List.of(BULK, BULK), reads(0, 2), reads(1, 2)),
                RowScope.of(List.of(UPD, DEL, BULK), reads(0, 2)),
                RowScope.of(List.of(UPD, UPD), reads(0, 2), reads(1, 1)).flushing(),
                RowScope.of(List.of(UPD, BULK), reads(0, 2), reads(1, 1)).flushing(),
                RowScope.of(List.of(UPD, DEL), reads(0, 2), reads(1, 1))
                        .puttingLate()
                        .rollingBack(),
                RowScope.of(List.of(UPD, DEL), reads(0, 1)).losing(),
                RowScope.of(List.of(UPD), reads(0, 1), reads(1, 1)).losing(),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)).losing().rollingBack(),
                RowScope.of(List.of(UPD, BULK), reads(0, 1)).losing(),
                RowScope.of(List.of(UPD, DEL), reads(0, 2)).repeating(1),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)).repeating(2),
                RowScope.of(List.of(UPD, BULK), reads(0, 1)).repeating(1),
                RowScope.of(List.of(EARLY), reads(0, 1)).repeating(2).waiting(),
                RowScope.of(List.of(UPD), reads(0, 2)).losing().repeating(1).rollingBack(),
                RowScope.of(List.of(UPD, UPD), reads(0, 2), reads(1, 1)).settlingLater(),
                RowScope.of(List.of(UPD, ANEW), reads(0, 1), reads(1, 1)).settlingLater(),
                RowScope.of(List.of(UPD), reads(0, 2)).settlingLater().losing().rollingBack());
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void noInterleavingShowsAStaleRow(RowScope scope) {
        assertThat(explore(scope).counterexample()).isNull();
    }

    static Exploration explore(RowScope scope) {
        return Exploration.complete(() -> world(scope)).told(scope);
    }

    static World world(RowScope scope) {
        AtomicLong nanos = new AtomicLong(1);
        return new RowWorld(scope, new VirtualLocMem(nanos), nanos::get, "");
    }
}
