package dev.dorm.cache.simulation;

import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Runs many plans over one kind of store, shrinks what fails, and says how much was done. */
public final class Simulations {

    private static final int MOST_FAILURES = 3;

    private final String name;
    private final Supplier<StoreImage> stores;
    private final Map<String, Long> reads = new TreeMap<>();
    private final Map<String, Long> reached = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private long histories;
    private Duration time = Duration.ZERO;

    /**
     * Creates it.
     *
     * @param name of the kind of store
     * @param stores makes an empty one
     */
    public Simulations(String name, Supplier<StoreImage> stores) {
        this.name = name;
        this.stores = stores;
    }

    /** Runs plans from a seed on, as long as it is told to go on. */
    public void run(long firstSeed, LongPredicate goesOn) {
        long begin = System.nanoTime();
        try (Silence silence = new Silence()) {
            for (long seed = firstSeed; failures.size() < MOST_FAILURES && goesOn.test(seed - firstSeed); seed++) {
                one(seed);
            }
        }
        time = time.plusNanos(System.nanoTime() - begin);
    }

    private void one(long seed) {
        Plan plan = new PlanMaker(seed).plan();
        try (Simulation simulation = new Simulation(plan, stores.get(), "sim.", false)) {
            String broken = simulation.run();
            histories++;
            simulation.judge().reads().forEach((kind, count) -> reads.merge(kind, count, Long::sum));
            reach(simulation.statistics());
            if (broken != null) {
                failures.add("seed " + seed + ": " + broken + System.lineSeparator() + told(plan, broken));
            }
        }
    }

    private String told(Plan plan, String broken) {
        Plan small = new PlanShrinker(candidate -> {
                    try (Simulation simulation = new Simulation(candidate, stores.get(), "sim.", false)) {
                        return simulation.run();
                    }
                })
                .shrink(plan, broken);
        try (Simulation simulation = new Simulation(small, stores.get(), "sim.", true)) {
            simulation.run();
            return String.join(
                    System.lineSeparator(),
                    small.toString(),
                    simulation.history().toString(),
                    simulation.history().diagram());
        }
    }

    private void reach(RuntimeStatistics statistics) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("hit", statistics.getHits());
        counts.put("near hit", statistics.getNearHits());
        counts.put("put", statistics.getPuts());
        counts.put("lock", statistics.getLocks());
        counts.put("invalidation", statistics.getInvalidations());
        counts.put("bump", statistics.getBumps());
        counts.put("renewal", statistics.getRenewals());
        counts.put("call that failed", statistics.getFailedCalls());
        counts.put("call that was passed by", statistics.getBypassedCalls());
        counts.put("breaker opened", statistics.getBreakerOpenings());
        statistics.getMisses().forEach((why, count) -> counts.put("miss: " + why, count));
        statistics.getRefusedPuts().forEach((why, count) -> counts.put("put refused: " + why, count));
        counts.forEach((what, count) -> reached.merge(what, count, Long::sum));
    }

    /** Returns what was broken, each with its shrunk history. */
    public List<String> failures() {
        return failures;
    }

    /** Returns what of the protocol was reached in how many cases. */
    public Map<String, Long> reached() {
        return reached;
    }

    /** Returns how much was judged. */
    public String summary() {
        long judged = reads.entrySet().stream()
                .filter(each -> !each.getKey().equals("miss"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        double seconds = Math.max(1, time.toMillis()) / 1000.0;
        return "%s: %,d histories, %,d reads of the cache judged %s, in %.1f s: %.0f histories and %.0f judged reads a second"
                .formatted(name, histories, judged, reads, seconds, histories / seconds, judged / seconds);
    }
}
