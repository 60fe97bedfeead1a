package dev.dorm.cache.exploration;

import static dev.dorm.cache.exploration.QueryScope.Kind.ONCE;
import static dev.dorm.cache.exploration.QueryScope.Kind.TWICE;
import static dev.dorm.cache.exploration.RowScope.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.locmem.VirtualLocMem;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through every interleaving of these scopes, no transaction is given a stale query result. */
public class QueryInterleavingsTest {

    public static Stream<QueryScope> scopes() {
        return Stream.concat(usual(), Exploration.LARGE ? large() : Stream.empty());
    }

    static Stream<QueryScope> large() {
        return Stream.of(
                QueryScope.of(2, reads(0, 2), reads(1, 2)),
                QueryScope.of(3, reads(0, 2), reads(1, 1)),
                QueryScope.of(2, reads(0, 2)).expiring(),
                QueryScope.of(2, reads(0, 2)).losing(1),
                QueryScope.of(1, reads(0, 2), reads(1, 1)).losing(2),
                QueryScope.of(2, reads(0, 2)).repeating(1),
                QueryScope.of(1, reads(0, 2), reads(1, 1)).repeating(2),
                QueryScope.of(List.of(TWICE, ONCE), reads(0, 2)).repeating(1),
                QueryScope.of(1, reads(0, 2)).expiring().losing(1).repeating(1),
                QueryScope.of(2, reads(0, 2), reads(1, 1)).settlingLater(),
                QueryScope.of(2, reads(0, 3), reads(1, 1)).keeping(),
                QueryScope.of(1, reads(0, 3), reads(1, 2)).keeping().losing(1),
                QueryScope.of(1, reads(0, 3)).keeping().expiring().losing(1).repeating(1),
                QueryScope.of(2, reads(0, 2), reads(1, 1)).keeping().settlingLater());
    }

    static Stream<QueryScope> usual() {
        return Stream.of(
                QueryScope.of(2, reads(0, 1), reads(1, 1)),
                QueryScope.of(2, reads(0, 2)),
                QueryScope.of(2, reads(0, 1)).expiring(),
                QueryScope.of(1, reads(0, 2), reads(1, 1)).expiring(),
                QueryScope.of(1, reads(0, 2)).losing(1),
                QueryScope.of(2, reads(0, 1)).losing(1),
                QueryScope.of(1, reads(0, 2)).losing(2),
                QueryScope.of(1, reads(0, 1)).expiring().losing(1),
                QueryScope.of(1, reads(0, 2)).repeating(1),
                QueryScope.of(2, reads(0, 1)).repeating(1),
                QueryScope.of(List.of(TWICE), reads(0, 2)).repeating(1),
                QueryScope.of(1, reads(0, 2), reads(1, 1)).settlingLater(),
                QueryScope.of(2, reads(0, 1)).settlingLater(),
                QueryScope.of(1, reads(0, 1)).settlingLater().expiring(),
                QueryScope.of(List.of(TWICE), reads(0, 1)).settlingLater(),
                QueryScope.of(1, reads(0, 3), reads(1, 1)).keeping(),
                QueryScope.of(2, reads(0, 3)).keeping(),
                QueryScope.of(1, reads(0, 3)).keeping().losing(1),
                QueryScope.of(1, reads(0, 3)).keeping().expiring(),
                QueryScope.of(1, reads(0, 3)).keeping().repeating(1),
                QueryScope.of(List.of(TWICE), reads(0, 3)).keeping(),
                QueryScope.of(1, reads(0, 3)).keeping().settlingLater());
    }

    public static Stream<QueryScope> mutants() {
        QueryScope two = QueryScope.of(1, reads(0, 2), reads(1, 1));
        return Stream.of(
                two.without(QueryMutant.DATED_BY_ITS_BEGIN),
                two.without(QueryMutant.ANNOUNCED_BEFORE),
                QueryScope.of(2, reads(0, 1), reads(1, 1))
                        .settlingLater()
                        .without(QueryMutant.NOT_DATED_BY_A_SETTLEMENT),
                two.without(QueryMutant.BUMPED_AFTER),
                QueryScope.of(1, reads(0, 2)).without(QueryMutant.FAILED_COMMIT_IS_NO_ROLLBACK),
                QueryScope.of(List.of(TWICE), reads(0, 2)).repeating(1).without(QueryMutant.TOKENS_DO_NOT_RECUR),
                QueryScope.of(1, reads(0, 2)).losing(1).without(QueryMutant.LOST_RECORD_IS_NEW),
                QueryScope.of(1, reads(0, 2)).losing(2).without(QueryMutant.LOST_CLOCK_GOES_ON),
                two.expiring().without(QueryMutant.EXPIRY_BUMPS),
                QueryScope.of(1, reads(1, 3)).keeping().without(QueryMutant.LOCK_IS_TOLD),
                QueryScope.of(1, reads(1, 4)).keeping().losing(1).without(QueryMutant.LONE_UNLOCK_IS_TOLD));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void noInterleavingShowsAStaleResult(QueryScope scope) {
        assertThat(explore(scope).counterexample()).isNull();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void anExplorationMissesEachRule(QueryScope scope) {
        assertThat(explore(scope).counterexample()).contains("STALE");
        assertThat(explore(scope.without(QueryMutant.NONE)).counterexample()).isNull();
    }

    private static Exploration explore(QueryScope scope) {
        return Exploration.complete(() -> world(scope)).told(scope);
    }

    static World world(QueryScope scope) {
        AtomicLong nanos = new AtomicLong(1);
        return new QueryWorld(scope, new VirtualLocMem(nanos), nanos::get, "");
    }
}
