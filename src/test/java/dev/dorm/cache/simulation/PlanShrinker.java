package dev.dorm.cache.simulation;

import dev.dorm.cache.simulation.Plan.Act;
import dev.dorm.cache.simulation.Plan.End;
import dev.dorm.cache.simulation.Plan.Operation;
import dev.dorm.cache.simulation.Plan.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a plan that breaks a promise smaller, as long as it breaks one of the same kind. */
final class PlanShrinker {

    private static final int MOST_RUNS = 2_000;

    private final Function<Plan, @Nullable String> run;
    private int runs;

    PlanShrinker(Function<Plan, @Nullable String> run) {
        this.run = run;
    }

    /** Returns the smallest plan that was found. */
    Plan shrink(Plan plan, String broken) {
        String kind = kind(broken);
        Plan smallest = plan;
        boolean smaller = true;
        while (smaller && runs < MOST_RUNS) {
            smaller = false;
            for (Plan candidate : (Iterable<Plan>) candidates(smallest)::iterator) {
                if (runs++ < MOST_RUNS && kind.equals(kind(run.apply(candidate)))) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static String kind(@Nullable String broken) {
        return broken == null ? "" : broken.substring(0, Math.max(0, broken.indexOf(':')));
    }

    private static Stream<Plan> candidates(Plan plan) {
        return Stream.of(
                        without(plan.acts()).map(acts -> new Plan(plan.seed(), plan.setup(), acts, plan.troubles())),
                        without(plan.troubles()).map(rest -> new Plan(plan.seed(), plan.setup(), plan.acts(), rest)),
                        simplerSetups(plan.setup())
                                .map(setup -> new Plan(plan.seed(), setup, plan.acts(), plan.troubles())),
                        IntStream.range(0, plan.acts().size())
                                .boxed()
                                .flatMap(at -> simpler(plan.acts().get(at)).map(act -> with(plan, at, act))))
                .flatMap(each -> each);
    }

    /** Leaves out halves, quarters, and so on, and at last one. */
    private static <T> Stream<List<T>> without(List<T> all) {
        List<List<T>> some = new ArrayList<>();
        for (int part = (all.size() + 1) / 2; part >= 1; part = part == 1 ? 0 : (part + 1) / 2) {
            for (int from = 0; from < all.size(); from += part) {
                List<T> rest = new ArrayList<>(all.subList(0, from));
                rest.addAll(all.subList(Math.min(all.size(), from + part), all.size()));
                some.add(rest);
            }
        }
        return some.stream();
    }

    private static Stream<Plan.Setup> simplerSetups(Plan.Setup setup) {
        return Stream.of(
                        new Plan.Setup(
                                setup.processes(),
                                setup.strict(),
                                setup.near(),
                                setup.versioned(),
                                setup.snapshot(),
                                setup.nonstrict(),
                                false),
                        new Plan.Setup(
                                setup.processes(),
                                setup.strict(),
                                false,
                                setup.versioned(),
                                setup.snapshot(),
                                setup.nonstrict(),
                                setup.heals()),
                        new Plan.Setup(
                                setup.processes(),
                                true,
                                setup.near(),
                                setup.versioned(),
                                setup.snapshot(),
                                setup.nonstrict(),
                                setup.heals()),
                        new Plan.Setup(
                                setup.processes(),
                                setup.strict(),
                                setup.near(),
                                false,
                                setup.snapshot(),
                                setup.nonstrict(),
                                setup.heals()))
                .filter(each -> !each.equals(setup));
    }

    private static Plan with(Plan plan, int at, Act act) {
        List<Act> acts = new ArrayList<>(plan.acts());
        acts.set(at, act);
        return new Plan(plan.seed(), plan.setup(), acts, plan.troubles());
    }

    private static Stream<Act> simpler(Act act) {
        if (!(act instanceof Session session)) {
            return Stream.of();
        }
        Stream<Act> shorter = without(session.operations())
                .filter(rest -> !rest.isEmpty())
                .map(rest -> of(session, rest, session.end()));
        Stream<Act> quicker = IntStream.range(0, session.operations().size())
                .filter(i -> !session.operations().get(i).think().isZero())
                .mapToObj(i -> {
                    List<Operation> operations = new ArrayList<>(session.operations());
                    Operation slow = operations.get(i);
                    operations.set(i, new Operation(slow.verb(), slow.row(), Duration.ZERO));
                    return of(session, operations, session.end());
                });
        Stream<Act> committed =
                session.end() == End.COMMIT ? Stream.of() : Stream.of(of(session, session.operations(), End.COMMIT));
        Plan.Ending ending = session.ending();
        Stream<Act> prompt = Stream.of(
                        Plan.Ending.QUICK,
                        new Plan.Ending(Duration.ZERO, ending.commit(), ending.settle(), ending.doubt()),
                        new Plan.Ending(ending.hold(), Duration.ZERO, ending.settle(), ending.doubt()),
                        new Plan.Ending(ending.hold(), ending.commit(), Duration.ZERO, ending.doubt()))
                .filter(each -> !each.equals(ending))
                .map(each -> new Session(
                        session.at(), session.name(), session.process(), session.operations(), session.end(), each));
        return Stream.of(shorter, quicker, committed, prompt).flatMap(each -> each);
    }

    private static Act of(Session session, List<Operation> operations, End end) {
        return new Session(session.at(), session.name(), session.process(), operations, end, session.ending());
    }
}
