package dev.dorm.cache.exploration;

import static dev.dorm.cache.exploration.RowScope.Kind.ANEW;
import static dev.dorm.cache.exploration.RowScope.Kind.BULK;
import static dev.dorm.cache.exploration.RowScope.Kind.DEL;
import static dev.dorm.cache.exploration.RowScope.Kind.UPD;
import static dev.dorm.cache.exploration.RowScope.raises;
import static dev.dorm.cache.exploration.RowScope.reads;
import static dev.dorm.cache.exploration.RowScope.undoes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exploration proves something: whenever one rule is taken away, it finds a way to a stale row. */
public class RowMutantsTest {

    public static Stream<RowScope> scopes() {
        RowScope update = RowScope.of(List.of(UPD), reads(0, 1));
        RowScope delete = RowScope.of(List.of(DEL), reads(0, 1));
        RowScope bulk = RowScope.of(List.of(BULK), reads(0, 2));
        RowScope both = RowScope.of(List.of(UPD, BULK), reads(0, 1));
        return Stream.of(
                bulk.without(RowMutant.DATED_BY_ITS_BEGIN),
                delete.without(RowMutant.DATED_BY_ITS_BEGIN),
                delete.puttingLate().without(RowMutant.DATED_BY_ITS_BEGIN),
                delete.without(RowMutant.TOMBSTONE),
                RowScope.of(List.of(UPD, UPD), reads(0, 1)).without(RowMutant.CONCURRENT),
                bulk.without(RowMutant.BULK_BUMPS_AGAIN),
                update.losing().without(RowMutant.ABSENT_IS_NOT_UNWRITTEN),
                update.losing().without(RowMutant.UNLOCK_IS_A_WRITE),
                update.repeating(1).without(RowMutant.PUT_HAS_A_LATEST_TIME),
                RowScope.of(List.of(UPD, UPD)).repeating(2).without(RowMutant.UNLOCK_KNOWS_ITS_LOCK),
                RowScope.of(List.of(DEL, DEL), reads(0, 2)).repeating(1).without(RowMutant.TOMBSTONES_DO_NOT_RECUR),
                RowScope.of(List.of(UPD), reads(0, 2)).rollingBack().without(RowMutant.FAILED_COMMIT_IS_NO_ROLLBACK),
                RowScope.of(List.of(), reads(0, 1), reads(1, 1))
                        .raising(1)
                        .without(RowMutant.ONLY_A_LATER_VERSION_REPLACES),
                RowScope.of(List.of(UPD, ANEW), reads(0, 1), reads(1, 1)).without(RowMutant.REPLACING_IS_PROVEN),
                RowScope.of(List.of(), undoes(0, 1)).without(RowMutant.WHO_WRITES_REPLACES_NOTHING),
                RowScope.of(List.of(), raises(0, 1)).without(RowMutant.PUT_WAITS_FOR_THE_COMMIT),
                both.without(RowMutant.VERSION_AT_UNLOCK),
                both.waiting().without(RowMutant.REGION_LOCK_IS_CONCURRENT));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void anExplorationMissesEachRule(RowScope scope) {
        assertThat(RowInterleavingsTest.explore(scope).counterexample()).contains("STALE");
        assertThat(RowInterleavingsTest.explore(scope.without(RowMutant.NONE)).counterexample())
                .isNull();
    }
}
