package dev.dorm.cache.differential;

import dev.dorm.cache.differential.Tally.Count;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program with the cache and without it, a step here and the same step there, and compares.
 *
 * <p>Each step must fail in both or in neither, and what it reads must be equal, unit by unit. One difference is
 * allowed, since the guarantee allows it: the cache may show a unit as it was committed at a moment after the
 * transaction's begin, and not later than now, where the database shows a transaction its own snapshot. Whether that is
 * so is asked by running the program once more, without the cache, up to that step, and reading the unit after each
 * step since the begin. A transaction that has seen something newer may go another way than the one that has not; so
 * what differs after it has changed something decides nothing.
 *
 * <p>When the program is over, everything that it has read is read again, by each session factory, twice, and must be
 * what the database holds, without exception.
 */
final class Lockstep {

    private final Bench bench;
    private final Tally tally;

    Lockstep(Bench bench, Tally tally) {
        this.bench = bench;
        this.tally = tally;
    }

    /** Returns what is wrong, or null. */
    @Nullable
    Finding run(Program program) {
        bench.reset(program);
        Side side = bench.cached(program.setup());
        Set<Kind> kinds = program.kinds();
        Epilogue epilogue = new Epilogue(bench, program);
        epilogue.warmUp();
        tally.add(Count.PROGRAMS, 1);
        boolean tainted = false;
        try (Run cached = new Run(side);
                Run plain = new Run(bench.plain())) {
            for (int i = 0; i < program.steps().size(); i++) {
                Step step = program.steps().get(i);
                Work work = cached.work(Programs.transaction(step));
                Outcome with = cached.perform(step);
                Outcome without = plain.perform(step);
                if (!without.failed() && (step instanceof Writes.Persist ? with.failed() : saysDetached(with))) {
                    // That the row exists is known to the cache at once, and to the database when it is asked.
                    without = plain.perform(new Sessions.Flush(Programs.transaction(step)));
                }
                tally.add(Count.STEPS, 1);
                tally.add(Count.FAILED_STEPS, without.failed() ? 1 : 0);
                if (tainted) {
                    continue;
                }
                Finding finding = compare(program, i, work, with, without);
                if (work != null) {
                    tainted = tainted(work, step);
                }
                if (finding == UNDECIDED) {
                    tally.add(Count.UNDECIDED, 1);
                    tainted = true;
                } else if (finding != null) {
                    return finding;
                }
            }
        }
        List<String> tables = bench.tables(kinds);
        if (!tainted) {
            List<String> with = side.database().rows(tables);
            List<String> without = bench.plain().database().rows(tables);
            if (!with.equals(without)) {
                return new Finding("tables", "at the end the tables hold " + with + " and not " + without);
            }
        }
        return epilogue.check(tally);
    }

    /** Takes note of what a transaction has done; returns whether the two runs need not be the same any more. */
    private boolean tainted(Work work, Step step) {
        if (step instanceof Write) {
            work.written().add(step);
        } else if (Programs.raisesVersions(step)) {
            work.raises(Programs.kind(step));
        }
        boolean again = work.raisesAgain(step);
        tally.add(Count.UNDECIDED, again ? 1 : 0);
        return again;
    }

    /**
     * What a query with a lock says of an entity that the session has from the database, when the row has another version by
     * now. Of one that was a hit it does not look ({@code EntityInitializerImpl.upgradeLockMode}).
     */
    private static final String CONFLICT = "conflicting version of entity already held";

    private static final Finding UNDECIDED = new Finding("undecided", "");

    private @Nullable Finding compare(Program program, int at, @Nullable Work work, Outcome with, Outcome without) {
        boolean snapshot = work != null && work.isolation() == Isolation.REPEATABLE_READ;
        if (with.failed() != without.failed()) {
            if (snapshot && work.hasSeenNewer()) {
                return UNDECIDED;
            }
            if (program.steps().get(at) instanceof Queries.AskLocked && !with.failed() && says(without, CONFLICT)) {
                return UNDECIDED;
            }
            return new Finding(
                    "failure " + Programs.text(program.steps().get(at)),
                    "%s: with the cache %s, without it %s"
                            .formatted(where(program, at), failure(with), failure(without)));
        }
        if (with.failed()) {
            return null;
        }
        int reads = Math.min(with.seen().size(), without.seen().size());
        for (int i = 0; i < reads; i++) {
            Seen one = with.seen().get(i);
            Seen other = without.seen().get(i);
            tally.add(Count.READS, 1);
            if (one.unit().equals(other.unit()) && one.value().equals(other.value())) {
                continue;
            }
            if (program.steps().get(at) instanceof Reads.ByCode ask
                    && other.value().equals(Texts.NONE)
                    && work != null
                    && ask.isOfAnother(one.value())
                    && work.written().has(ask.kind(), ask.id(one.value()))) {
                tally.add(Count.RENAMED, 1);
                continue;
            }
            if (snapshot
                    && one.unit().equals(other.unit())
                    && isNotItsOwn(program, at, work, other)
                    && mayBe(program, at, work, one)) {
                tally.add(Count.NEWER, 1);
                work.sawNewer();
                continue;
            }
            if (snapshot && work.hasSeenNewer()) {
                return UNDECIDED;
            }
            return new Finding(
                    one.unit(),
                    "%s reads %s: %s, and not %s"
                            .formatted(where(program, at), one.unit(), one.value(), other.value()));
        }
        return with.seen().size() == without.seen().size() ? null : UNDECIDED;
    }

    /**
     * Whether what the database shows a transaction of a unit is nothing that it has written: it has written nothing of the kind,
     * or that has not come to the database, and the unit is as it was at the begin.
     */
    private boolean isNotItsOwn(Program program, int at, Work work, Seen shown) {
        if (!work.written().shows(shown.unit(), Programs.kind(program.steps().get(at)))) {
            return true;
        }
        return mayBe(program, work.begun(), work, shown);
    }

    /** Whether a unit has had this value at some moment since the transaction began. */
    private boolean mayBe(Program program, int at, Work work, Seen value) {
        Side side = bench.witness();
        bench.fill(side, program.kinds());
        try (Run again = new Run(side)) {
            for (int i = 0; i <= at; i++) {
                if (i >= work.begun()
                        && again.probe(Factory.A, work, value.probe()).equals(value.value())) {
                    return true;
                }
                again.perform(program.steps().get(i));
            }
        }
        return false;
    }

    /** A detached entity to which a flush cascades is new to Hibernate, unless the cache knows its row. */
    private static boolean saysDetached(Outcome outcome) {
        return says(outcome, "detached entity passed to persist");
    }

    private static boolean says(Outcome outcome, String words) {
        return outcome.failure() != null
                && String.valueOf(outcome.failure().getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains(words);
    }

    private static String failure(Outcome outcome) {
        return outcome.failure() == null ? "done" : outcome.failure().toString();
    }

    private static String where(Program program, int at) {
        return "step " + (at + 1) + ", " + Programs.text(program.steps().get(at));
    }
}
