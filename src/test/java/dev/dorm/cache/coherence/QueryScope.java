package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.coherence.RowScope.Reads;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Who takes part in an exploration of the query clock: one table, and one query over it. Writer {@code i} stands on JVM
 * {@code i % jvms}.
 *
 * @param writers how many write the table
 * @param readers where each reader stands, and how many transactions it makes
 * @param jvms how many JVMs there are
 * @param expiries how often a minute may pass, after which a dead writer's lock is over
 * @param mutant the rule that is taken away
 */
record QueryScope(int writers, List<Reads> readers, int jvms, int expiries, QueryMutant mutant) {

    static QueryScope of(int writers, Reads... readers) {
        int jvms = 1 + List.of(readers).stream().mapToInt(Reads::jvm).max().orElse(0);
        return new QueryScope(writers, List.of(readers), jvms, 0, QueryMutant.NONE);
    }

    /** Twice: once for the store to see that the lock is over, and once for a JVM that has seen it stand. */
    QueryScope expiring() {
        return new QueryScope(writers, readers, jvms, 2, mutant);
    }

    QueryScope without(QueryMutant rule) {
        return new QueryScope(writers, readers, jvms, expiries, rule);
    }

    UnaryOperator<Backend> backend() {
        return real -> mutant.mutation() == null ? real : new MutatedBackend(real, mutant.mutation());
    }

    @Override
    public String toString() {
        return writers + " writers "
                + readers.stream()
                        .map(r -> "q@" + r.jvm() + "x" + r.transactions())
                        .toList() + (expiries > 0 ? " expiry" : "")
                + (mutant == QueryMutant.NONE ? "" : " without " + mutant);
    }
}
