package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.exploration.RowScope.Reads;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Who takes part in an exploration of the query clock: one table, and one query over it. Writer {@code i} stands on JVM
 * {@code i % jvms}.
 *
 * @param writers what each writer does to the table
 * @param readers where each reader stands, and how many transactions it makes
 * @param jvms how many JVMs there are
 * @param expiries how often a minute may pass, after which a dead writer's lock is over
 * @param losses how often the store may lose one key, whatever it holds
 * @param copies how often a step that was sent arrives once more, or only later than its sender believes
 * @param settling whether what follows a completion arrives some time later, or never, and nobody waits for it
 * @param near whether each JVM keeps the result that it was given, and hears at once of what is told
 * @param mutant the rule that is taken away
 */
public record QueryScope(
        List<Kind> writers,
        List<Reads> readers,
        int jvms,
        int expiries,
        int losses,
        int copies,
        boolean settling,
        boolean near,
        QueryMutant mutant) {

    /** How a writer writes the table. */
    enum Kind {
        /** Once, in a transaction, whose commit may be reported to have failed and come all the same, or never. */
        ONCE(1),
        /** Twice, without a transaction, in one session. */
        TWICE(2);

        final int times;

        Kind(int times) {
            this.times = times;
        }
    }

    static QueryScope of(int writers, Reads... readers) {
        return of(Collections.nCopies(writers, Kind.ONCE), readers);
    }

    static QueryScope of(List<Kind> writers, Reads... readers) {
        int jvms = 1 + List.of(readers).stream().mapToInt(Reads::jvm).max().orElse(0);
        return new QueryScope(writers, List.of(readers), jvms, 0, 0, 0, false, false, QueryMutant.NONE);
    }

    /** Twice: once for the store to see that the lock is over, and once for a JVM that has seen it stand. */
    QueryScope expiring() {
        return new QueryScope(writers, readers, jvms, 2, losses, copies, settling, near, mutant);
    }

    /** So many keys are lost. */
    QueryScope losing(int times) {
        return new QueryScope(writers, readers, jvms, expiries, times, copies, settling, near, mutant);
    }

    /** So many steps are doubled, or held on their way. */
    QueryScope repeating(int times) {
        return new QueryScope(writers, readers, jvms, expiries, losses, times, settling, near, mutant);
    }

    /** What follows a completion comes later than its sender goes on. */
    QueryScope settlingLater() {
        return new QueryScope(writers, readers, jvms, expiries, losses, copies, true, near, mutant);
    }

    /** JVMs keep what they are given. */
    QueryScope keeping() {
        return new QueryScope(writers, readers, jvms, expiries, losses, copies, settling, true, mutant);
    }

    QueryScope without(QueryMutant rule) {
        return new QueryScope(writers, readers, jvms, expiries, losses, copies, settling, near, rule);
    }

    UnaryOperator<Backend> backend() {
        return real -> mutant.mutation() == null ? real : new MutatedBackend(real, mutant.mutation());
    }

    @Override
    public String toString() {
        return writers + " "
                + readers.stream()
                        .map(r -> "q@" + r.jvm() + "x" + r.transactions())
                        .toList() + (expiries > 0 ? " expiry" : "") + (losses > 0 ? " losses" + losses : "")
                + (copies > 0 ? " copies" + copies : "") + (settling ? " settling" : "") + (near ? " near" : "")
                + (mutant == QueryMutant.NONE ? "" : " without " + mutant);
    }
}
