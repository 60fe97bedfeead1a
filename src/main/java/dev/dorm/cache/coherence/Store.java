package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the coherence protocol uses it: a failed call is an outage that is counted and survived, and what could
 * not be invalidated is made good before anything is read again. Thread-safe.
 */
public final class Store {

    private final Supplier<Backend> backend;
    private final Knowledge knowledge;
    private final Counters counters;
    private final OutageLog log;
    private final Debts debts = new Debts();
    private final Map<String, Namespace> layouts = new ConcurrentHashMap<>();
    private volatile @Nullable Backend laidOutFor;

    /**
     * Wraps a backend.
     *
     * @param alias its name, for the log
     * @param backend the backend; asked anew at each use, so that an alias may be reset
     * @param counters where to count
     * @param ticker this process's monotonic clock, in nanoseconds
     */
    public Store(String alias, Supplier<Backend> backend, Counters counters, LongSupplier ticker) {
        this.backend = backend;
        this.counters = counters;
        this.knowledge = new Knowledge(ticker);
        this.log = new OutageLog(alias, ticker);
    }

    /**
     * Returns the backend.
     *
     * @return the one that is current now
     */
    public Backend backend() {
        return backend.get();
    }

    /**
     * Returns where this store counts.
     *
     * @return the counters
     */
    public Counters counters() {
        return counters;
    }

    /**
     * Returns how many invalidations could not be sent and are owed.
     *
     * @return their number, coalesced
     */
    public int pendingBumps() {
        return debts.size();
    }

    /**
     * Learns the versions of shards in one round trip, so that the transactions that begin from now on can fill them.
     *
     * @param shards the shards
     */
    public void learn(List<Shard> shards) {
        List<Step.ReadVersion> steps =
                shards.stream().map(Step.ReadVersion::new).toList();
        Replies replies = steps.isEmpty() ? null : tryRun(steps);
        if (replies != null) {
            steps.forEach(step -> knowledge.sawVersion(step.shard(), replies.of(step)));
        }
    }

    /** Returns a namespace as it is laid out on the current backend. */
    Namespace namespace(String name) {
        Backend current = backend.get();
        if (laidOutFor != current) {
            layouts.clear();
            laidOutFor = current;
        }
        return layouts.computeIfAbsent(name, n -> Namespace.of(n, current));
    }

    Knowledge knowledge() {
        return knowledge;
    }

    /** Runs steps that read or fill; returns null in an outage, and as long as debts cannot be paid. */
    @Nullable
    Replies tryRun(List<? extends Step<?>> steps) {
        return debts.settle(owed -> attempt(owed) != null) ? attempt(steps) : null;
    }

    /** Runs steps that invalidate; in an outage remembers what is owed, and returns null. */
    @Nullable
    Replies invalidate(List<? extends Step<?>> steps) {
        Replies replies = attempt(steps);
        if (replies == null) {
            steps.forEach(debts::add);
        }
        return replies;
    }

    /** Runs steps that guard a write; throws in an outage. */
    Replies run(List<? extends Step<?>> steps) {
        try {
            return backend.get().execute(steps);
        } catch (BackendException e) {
            failed(e);
            throw e;
        }
    }

    private void failed(BackendException e) {
        counters.count(Counter.OUTAGE);
        log.failed(e);
    }

    private @Nullable Replies attempt(List<? extends Step<?>> steps) {
        try {
            return run(steps);
        } catch (BackendException e) {
            return null;
        }
    }
}
