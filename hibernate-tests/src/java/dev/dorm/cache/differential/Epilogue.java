package dev.dorm.cache.differential;

import dev.dorm.cache.differential.Tally.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads everything that a program is about through the cache, and compares it with the same database. */
final class Epilogue {

    private static final int TRANSACTION = 1;

    private final Bench bench;
    private final Program program;
    private final List<Step> rows = new ArrayList<>();
    private final Set<Step> others = new LinkedHashSet<>();

    Epilogue(Bench bench, Program program) {
        this.bench = bench;
        this.program = program;
        for (Kind kind : program.kinds()) {
            for (int number = 1; number <= Kind.SEEDED + 1; number++) {
                rows.addAll(reads(kind, number));
                if (kind.naturalId() != null) {
                    others.add(new Reads.ByCode(TRANSACTION, kind, number));
                }
            }
        }
        for (Step step : program.steps()) {
            if (step instanceof Queries.Ask ask) {
                others.add(new Queries.Ask(TRANSACTION, ask.kind(), ask.shape(), ask.cacheable(), ask.page()));
            } else if (step instanceof Reads.ByCode code) {
                others.add(new Reads.ByCode(TRANSACTION, code.kind(), code.number()));
            }
        }
    }

    private static List<Step> reads(Kind kind, int number) {
        List<Step> reads = new ArrayList<>();
        long id = kind.rowId(number);
        reads.add(new Reads.Find(TRANSACTION, kind, id));
        for (Attribute collection : kind.attributes(Role.ELEMENTS, Role.MANY, Role.MANY_INVERSE)) {
            reads.add(new Reads.Collect(TRANSACTION, kind, id, collection.name()));
        }
        return reads;
    }

    /** Lets each session factory learn what it must know to fill the cache, and fill it if the program says so. */
    void warmUp() {
        List<Step> first = program.kinds().stream()
                .flatMap(kind -> reads(kind, 1).stream())
                .toList();
        Side side = bench.cached(program.setup());
        for (Factory factory : Factory.values()) {
            readAll(side, factory, first, new LinkedHashMap<>());
            for (Step query : queries()) {
                readAll(side, factory, List.of(query), new LinkedHashMap<>());
            }
        }
        if (program.warm()) {
            readAll(side, Factory.A, rows, new LinkedHashMap<>());
            for (Step step : others) {
                if (step instanceof Reads.ByCode) {
                    readAll(side, Factory.A, List.of(step), new LinkedHashMap<>());
                }
            }
        }
    }

    /** Queries over all tables: no result of a table is served before the cache knows when that was written. */
    private List<Step> queries() {
        List<Step> queries = new ArrayList<>();
        if (program.steps().stream().anyMatch(step -> step instanceof Queries.Ask ask && ask.cacheable())) {
            for (Kind kind : program.kinds()) {
                for (Shape shape : List.of(Shape.MAXIMUM, Shape.SIZES)) {
                    if (shape.fits(kind)) {
                        queries.add(new Queries.Ask(TRANSACTION, kind, shape, true, 0));
                    }
                }
            }
        }
        return queries;
    }

    private static @Nullable String all(Run run, Factory factory, List<Step> steps, Map<String, String> values) {
        run.perform(new Sessions.Begin(TRANSACTION, factory, Isolation.READ_COMMITTED, Mode.STATEFUL));
        for (Step step : steps) {
            Outcome outcome = run.perform(step);
            if (outcome.failed()) {
                return Programs.text(step) + " fails with " + outcome.failure();
            }
            outcome.seen().forEach(seen -> values.put(seen.unit(), seen.value()));
        }
        run.perform(new Sessions.Commit(TRANSACTION));
        return null;
    }

    /** Returns what is wrong, or null. */
    @Nullable
    Finding check(Tally tally) {
        Finding wrong = check(tally, rows);
        for (Step step : others) {
            if (wrong == null) {
                wrong = check(tally, List.of(step));
            }
        }
        return wrong;
    }

    private @Nullable Finding check(Tally tally, List<Step> steps) {
        Map<String, String> right = new LinkedHashMap<>();
        String failure = readAll(bench.beneath(), Factory.A, steps, right);
        for (Factory factory : Factory.values()) {
            Map<String, String> values = new LinkedHashMap<>();
            String failed = readAll(bench.cached(program.setup()), factory, steps, values);
            tally.add(Count.READS, values.size());
            if ((failed == null) != (failure == null)) {
                return new Finding(
                        "failure at the end",
                        "at the end, factory %s: with the cache %s, without it %s".formatted(factory, failed, failure));
            }
            for (Map.Entry<String, String> value : values.entrySet()) {
                String expected = right.get(value.getKey());
                if (failed == null && !value.getValue().equals(expected)) {
                    return new Finding(
                            value.getKey(),
                            "at the end, factory %s reads %s: %s, and not %s"
                                    .formatted(factory, value.getKey(), value.getValue(), expected));
                }
            }
        }
        return null;
    }

    private @Nullable String readAll(Side side, Factory factory, List<Step> steps, Map<String, String> values) {
        try (Run run = new Run(side)) {
            return all(run, factory, steps, values);
        }
    }
}
