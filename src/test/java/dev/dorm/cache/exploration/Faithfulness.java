package dev.dorm.cache.exploration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks that {@link World#state} leaves out nothing that matters: that an exploration, which goes on from each state
 * only once, would have found nothing else from any other way that leads to the same state.
 */
final class Faithfulness {

    private record Arrival(List<String> path, List<String> next) {}

    private final Supplier<World> start;

    /** The first way to each state, and what its steps lead to. */
    private final Map<String, Arrival> first = new HashMap<>();

    private final Deque<String> open = new ArrayDeque<>();

    private Faithfulness(Supplier<World> start) {
        this.start = start;
    }

    /** Returns two ways to the same state from which different steps lead on, or null when there are none. */
    static @Nullable String counterexample(Supplier<World> start) {
        return new Faithfulness(start).search();
    }

    private @Nullable String search() {
        String problem = arrive(List.of());
        while (problem == null && !open.isEmpty()) {
            List<String> path = first.get(open.remove()).path;
            for (String step : enabled(path)) {
                List<String> longer = new ArrayList<>(path);
                longer.add(step);
                problem = problem == null ? arrive(longer) : problem;
            }
        }
        return problem;
    }

    private @Nullable String arrive(List<String> path) {
        String state = state(path);
        List<String> next = next(path);
        Arrival known = first.putIfAbsent(state, new Arrival(path, next));
        if (known == null) {
            open.add(state);
            return null;
        }
        if (known.next.equals(next)) {
            return null;
        }
        List<String> here = new ArrayList<>(next);
        known.next.forEach(here::remove);
        List<String> there = new ArrayList<>(known.next);
        next.forEach(there::remove);
        return "state %s%n  by %s%n    leads to %s%n  by %s%n    leads to %s"
                .formatted(state, String.join(" -> ", path), here, String.join(" -> ", known.path), there);
    }

    /**
     * Returns what the steps lead to that can be taken, as often as a step leads there. Copies that do the same count as
     * one: of two ways to a state, one may have sent more that does nothing any more, such as a second unlock.
     */
    private List<String> next(List<String> path) {
        List<String> next = new ArrayList<>();
        TreeSet<String> copies = new TreeSet<>();
        for (String step : enabled(path)) {
            List<String> longer = new ArrayList<>(path);
            longer.add(step);
            if (step.startsWith(World.COPY)) {
                copies.add(World.COPY + state(longer));
            } else {
                next.add(state(longer));
            }
        }
        next.addAll(copies);
        next.sort(null);
        return next;
    }

    private List<String> enabled(List<String> path) {
        try (World world = start.get()) {
            path.forEach(world::take);
            return world.violation() == null ? world.enabled() : List.of();
        }
    }

    private String state(List<String> path) {
        try (World world = start.get()) {
            path.forEach(world::take);
            String violation = world.violation();
            return violation == null ? world.state() : violation;
        }
    }
}
