package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.AliasStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The statistics of one alias. */
public final class AliasCounts extends BackendCounts implements AliasStatistics {

    private final Counters counters = Counters.ofAlias();
    private final List<Supplier<BreakerState>> breakers = new CopyOnWriteArrayList<>();
    private final List<IntSupplier> pending = new CopyOnWriteArrayList<>();
    private final List<Supplier<Map<String, Map<String, String>>>> refusals = new CopyOnWriteArrayList<>();
    private final ToLongFunction<Counter> ofRegions;

    /**
     * Creates the statistics of an alias.
     *
     * @param alias its name, for the log
     * @param ofRegions adds up what was counted of the regions that are kept there
     */
    AliasCounts(String alias, ToLongFunction<Counter> ofRegions) {
        this.ofRegions = ofRegions;
        counters.watch(new NoHits(alias, this, this::refusals, System::nanoTime)::isOver);
    }

    /** Returns where its backends count. */
    public Counters counters() {
        return counters;
    }

    /**
     * Adds a backend.
     *
     * @param breaker the state of its circuit breaker
     * @param invalidations how many invalidations it is owed
     * @param refused what its servers refuse, by their addresses
     */
    public void add(
            Supplier<BreakerState> breaker,
            IntSupplier invalidations,
            Supplier<Map<String, Map<String, String>>> refused) {
        refusals.add(refused);
        breakers.add(breaker);
        pending.add(invalidations);
    }

    /** Returns what its servers refuse, by their addresses: each command, and the server's words. */
    Map<String, Map<String, String>> refusals() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        refusals.forEach(each -> all.putAll(each.get()));
        return all;
    }

    /** Says who is told of its calls from now on. */
    public void observe(CallObserver by) {
        counters.observe(by);
    }

    @Override
    long get(Counter counter) {
        return counter.of() == Counter.Of.ALIAS ? counters.get(counter) : ofRegions.applyAsLong(counter);
    }

    @Override
    public String getBreaker() {
        return breakers.stream()
                .map(Supplier::get)
                .max(BreakerState::compareTo)
                .orElse(BreakerState.CLOSED)
                .name();
    }

    @Override
    public long getPendingInvalidations() {
        return pending.stream().mapToLong(IntSupplier::getAsInt).sum();
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return "AliasStatistics[%s, %s, breaker=%s]".formatted(entries(), backends(), getBreaker());
    }
}
