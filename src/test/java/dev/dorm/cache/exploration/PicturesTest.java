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

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * To go on from each state once is enough: whatever way leads there, the same states follow, and each by as many steps. Of
 * steps that arrive once more those count as one that do the same: one way may have sent more of them than the other.
 */
class PicturesTest {

    static Stream<RowScope> rows() {
        return Stream.of(
                RowScope.of(List.of(UPD), reads(0, 2)).rollingBack(),
                RowScope.of(List.of(BULK), reads(0, 2)),
                RowScope.of(List.of(UPD, BULK), reads(0, 1)),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)),
                RowScope.of(List.of(UPD), reads(0, 1), reads(1, 1)),
                RowScope.of(List.of(DEL), reads(0, 2)).flushing(),
                RowScope.of(List.of(BULK), reads(0, 1)).flushing(),
                RowScope.of(List.of(EARLY), reads(0, 1)).waiting(),
                RowScope.of(List.of(UPD), reads(0, 1)).puttingLate().waiting(),
                RowScope.of(List.of(UPD), reads(0, 1)).losing(),
                RowScope.of(List.of(UPD), reads(0, 1)).losing().rollingBack(),
                RowScope.of(List.of(UPD), reads(0, 1)).repeating(1),
                RowScope.of(List.of(UPD), reads(0, 1)).raising(1),
                RowScope.of(List.of(UPD, ANEW), reads(0, 1)),
                RowScope.of(List.of(), reads(0, 1), raises(1, 1)),
                RowScope.of(List.of(UPD), undoes(0, 1)),
                RowScope.of(List.of(UPD), reads(0, 2)).settlingLater(),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)).settlingLater(),
                RowScope.of(List.of(BULK), reads(0, 1)).settlingLater(),
                RowScope.of(List.of(UPD), reads(0, 1)).settlingLater().losing());
    }

    static Stream<QueryScope> queries() {
        return Stream.of(
                QueryScope.of(1, reads(0, 2)),
                QueryScope.of(2, reads(0, 1)),
                QueryScope.of(1, reads(0, 1), reads(1, 1)),
                QueryScope.of(1, reads(0, 1)).expiring(),
                QueryScope.of(1, reads(0, 1)).expiring().losing(1),
                QueryScope.of(1, reads(0, 1)).losing(1),
                QueryScope.of(1, reads(0, 1)).losing(2),
                QueryScope.of(1, reads(0, 1)).repeating(1),
                QueryScope.of(List.of(QueryScope.Kind.TWICE), reads(0, 1)).repeating(1),
                QueryScope.of(1, reads(0, 1), reads(1, 1)).settlingLater(),
                QueryScope.of(2, reads(0, 1)).settlingLater(),
                QueryScope.of(1, reads(0, 1)).settlingLater().expiring(),
                QueryScope.of(1, reads(0, 3)).keeping());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowsPictureLeavesNothingOut(RowScope scope) {
        assertThat(Faithfulness.counterexample(() -> RowInterleavingsTest.world(scope)))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQuerysPictureLeavesNothingOut(QueryScope scope) {
        assertThat(Faithfulness.counterexample(() -> QueryInterleavingsTest.world(scope)))
                .isNull();
    }
}
