package dev.dorm.cache.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program that fails smaller while it still fails. */
final class Shrinker {

    private final Predicate<Program> fails;

    Shrinker(Predicate<Program> fails) {
        this.fails = fails;
    }

    Program shrink(Program program) {
        Program smallest = program;
        for (int before = -1; before != smallest.hashCode(); ) {
            before = smallest.hashCode();
            smallest = simpler(fewerSteps(smallest));
        }
        return smallest;
    }

    /** Leaves out as many steps in a row as possible. */
    private Program fewerSteps(Program program) {
        Program left = program;
        for (int length = Math.max(1, program.steps().size() / 2); length >= 1; length /= 2) {
            for (int from = left.steps().size() - length; from >= 0; from--) {
                if (from + length > left.steps().size()) {
                    continue;
                }
                Program shorter = left.without(from, from + length);
                if (fails.test(shorter)) {
                    left = shorter;
                }
            }
        }
        return left;
    }

    /** Says with each step as little as possible. */
    private Program simpler(Program program) {
        Program left = program;
        if (!left.warm()) {
            left = tried(left, new Program(left.setup(), true, left.steps()));
        }
        if (left.setup() != Setup.READ_WRITE) {
            left = tried(left, new Program(Setup.READ_WRITE, left.warm(), left.steps()));
        }
        for (int i = 0; i < left.steps().size(); i++) {
            if (left.steps().get(i) instanceof Sessions.Begin begin) {
                left = tried(left, i, new Sessions.Begin(begin.t(), Factory.A, begin.isolation(), begin.mode()));
                begin = (Sessions.Begin) left.steps().get(i);
                left = tried(
                        left,
                        i,
                        new Sessions.Begin(begin.t(), begin.factory(), Isolation.READ_COMMITTED, begin.mode()));
                begin = (Sessions.Begin) left.steps().get(i);
                left = tried(left, i, new Sessions.Begin(begin.t(), begin.factory(), begin.isolation(), Mode.STATEFUL));
            } else if (left.steps().get(i) instanceof Reads.FindLocked find) {
                left = tried(left, i, new Reads.Find(find.t(), find.kind(), find.id()));
            } else if (left.steps().get(i) instanceof Queries.Ask ask) {
                left = tried(left, i, new Queries.Ask(ask.t(), ask.kind(), ask.shape(), false, ask.page()));
                ask = (Queries.Ask) left.steps().get(i);
                if (ask.shape() != Shape.FETCH_PAGE) {
                    left = tried(left, i, new Queries.Ask(ask.t(), ask.kind(), ask.shape(), ask.cacheable(), 0));
                }
            }
        }
        return left;
    }

    private Program tried(Program left, int at, Step step) {
        if (left.steps().get(at).equals(step)) {
            return left;
        }
        List<Step> steps = new ArrayList<>(left.steps());
        steps.set(at, step);
        return tried(left, left.with(steps));
    }

    private Program tried(Program left, Program other) {
        return other.steps().stream().allMatch(step -> Duties.allow(other.setup(), step)) && fails.test(other)
                ? other
                : left;
    }
}
