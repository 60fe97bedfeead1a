package dev.dorm.cache.coherence;

import static dev.dorm.cache.coherence.RowScope.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.locmem.VirtualLocMem;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through every interleaving of these scopes, no transaction is given a stale query result. */
class QueryInterleavingsTest {

    static Stream<QueryScope> scopes() {
        return Stream.concat(usual(), Exploration.LARGE ? large() : Stream.empty());
    }

    static Stream<QueryScope> large() {
        return Stream.of(
                QueryScope.of(2, reads(0, 2), reads(1, 2)),
                QueryScope.of(3, reads(0, 2), reads(1, 1)),
                QueryScope.of(2, reads(0, 2)).expiring());
    }

    static Stream<QueryScope> usual() {
        return Stream.of(
                QueryScope.of(2, reads(0, 1), reads(1, 1)),
                QueryScope.of(2, reads(0, 2)),
                QueryScope.of(2, reads(0, 1)).expiring(),
                QueryScope.of(1, reads(0, 2), reads(1, 1)).expiring());
    }

    static Stream<QueryScope> mutants() {
        QueryScope two = QueryScope.of(1, reads(0, 2), reads(1, 1));
        return Stream.of(
                two.without(QueryMutant.DATED_BY_ITS_BEGIN),
                two.without(QueryMutant.ANNOUNCED_BEFORE),
                two.without(QueryMutant.BUMPED_AFTER),
                two.expiring().without(QueryMutant.EXPIRY_BUMPS));
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
