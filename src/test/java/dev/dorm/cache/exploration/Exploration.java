package dev.dorm.cache.exploration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a world through its interleavings, always from the start, as the real code cannot be set back.
 *
 * @param states how many different states were seen; in a sample, how many runs were made
 * @param steps how many steps lead from one of them to another; in a sample, how many were taken
 * @param interleavings how many complete orders of steps they stand for; {@code NaN} in a sample or when the search ended early
 * @param counterexample the shortest way to a broken promise, or null
 */
public record Exploration(long states, long steps, double interleavings, @Nullable String counterexample) {

    /** Whether the scopes are explored too that take minutes: {@code -Ddorm.interleavings=large}. */
    static final boolean LARGE = "large".equals(System.getProperty("dorm.interleavings"));

    private record Edge(int from, int to) {}

    private record Node(@Nullable Node before, String step, List<String> next, int id) {

        List<String> path() {
            Deque<String> path = new ArrayDeque<>();
            for (Node n = this; n.before != null; n = n.before) {
                path.addFirst(n.step);
            }
            return new ArrayList<>(path);
        }
    }

    /** Explores every interleaving, breadth first, going on from each state once. */
    public static Exploration complete(Supplier<World> start) {
        ConcurrentHashMap<String, Integer> seen = new ConcurrentHashMap<>();
        AtomicInteger ids = new AtomicInteger();
        ConcurrentLinkedQueue<Edge> edges = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
        List<Node> layer = new ArrayList<>();
        try (World world = start.get()) {
            seen.put(world.state(), ids.getAndIncrement());
            layer.add(new Node(null, "", world.enabled(), 0));
        }
        while (!layer.isEmpty() && broken.isEmpty()) {
            ConcurrentLinkedQueue<Node> found = new ConcurrentLinkedQueue<>();
            layer.parallelStream().forEach(node -> {
                List<String> path = node.path();
                for (String step : node.next) {
                    try (World world = start.get()) {
                        path.forEach(world::take);
                        world.take(step);
                        if (world.violation() != null) {
                            broken.add(told(path, step, world));
                            continue;
                        }
                        int fresh = ids.getAndIncrement();
                        Integer known = seen.putIfAbsent(world.state(), fresh);
                        edges.add(new Edge(node.id, known == null ? fresh : known));
                        if (known == null) {
                            found.add(new Node(node, step, world.enabled(), fresh));
                        }
                    }
                }
            });
            layer = new ArrayList<>(found);
        }
        String shortest = broken.stream().min(Comparator.naturalOrder()).orElse(null);
        double ways = shortest == null ? ways(edges, ids.get()) : Double.NaN;
        return new Exploration(seen.size(), edges.size(), ways, shortest);
    }

    /** Counts the ways from the first state to those from which no step leads on; no way leads round in a circle. */
    private static double ways(Collection<Edge> edges, int ids) {
        int[] into = new int[ids];
        List<List<Integer>> out = new ArrayList<>(Collections.nCopies(ids, List.of()));
        for (Edge edge : edges) {
            into[edge.to]++;
            if (out.get(edge.from).isEmpty()) {
                out.set(edge.from, new ArrayList<>(4));
            }
            out.get(edge.from).add(edge.to);
        }
        double[] ways = new double[ids];
        ways[0] = 1;
        double ends = 0;
        Deque<Integer> ready = new ArrayDeque<>(List.of(0));
        while (!ready.isEmpty()) {
            int id = ready.remove();
            if (out.get(id).isEmpty()) {
                ends += ways[id];
            }
            for (int to : out.get(id)) {
                ways[to] += ways[id];
                if (--into[to] == 0) {
                    ready.add(to);
                }
            }
        }
        return ends;
    }

    /** Makes random runs to their ends, until there were so many or the time is over. */
    public static Exploration sample(Supplier<World> start, long seed, int runs, long deadlineNanos) {
        long steps = 0;
        int done = 0;
        while (done < runs && System.nanoTime() - deadlineNanos < 0) {
            Random random = new Random(seed + done);
            try (World world = start.get()) {
                List<String> path = new ArrayList<>();
                for (List<String> next = world.enabled(); !next.isEmpty(); next = world.enabled()) {
                    String step = next.get(random.nextInt(next.size()));
                    world.take(step);
                    steps++;
                    if (world.violation() != null) {
                        return new Exploration(done, steps, Double.NaN, told(path, step, world));
                    }
                    path.add(step);
                }
            }
            done++;
        }
        return new Exploration(done, steps, Double.NaN, null);
    }

    /** Prints what an exploration of a scope found. */
    public Exploration told(Object scope) {
        return told(scope, "states");
    }

    /** Prints what so many states, or runs, of a scope found. */
    public Exploration told(Object scope, String counted) {
        String kind = Double.isNaN(interleavings) ? "" : " (%.3g interleavings)".formatted(interleavings);
        System.out.printf(
                "%s: %,d %s, %,d steps%s%s%n",
                scope, states, counted, steps, kind, counterexample == null ? "" : "; " + counterexample);
        return this;
    }

    private static String told(List<String> path, String step, World world) {
        List<String> all = new ArrayList<>(path);
        all.addAll(Collections.singletonList(step));
        return world.violation() + ": " + String.join(" -> ", all);
    }
}
