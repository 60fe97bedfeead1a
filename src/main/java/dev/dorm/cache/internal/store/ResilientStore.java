package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.settlement.Settlements;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the coherence protocol uses it: a failed call is an outage that is counted and survived, and what could
 * not be invalidated is made good before anything is read again. Thread-safe.
 */
public final class ResilientStore {

    /** How often steps are run again because the backend turned out to have another memory. */
    private static final int SURPRISES = 2;

    private final String alias;
    private final Supplier<Backend> backend;
    private final ObservedState observed;
    private final Counters counters;
    private final Renewal renewal;
    private final NearWatch near;
    private final GuardedCalls calls;
    private final Repair repair;
    private final Consumer<CompletableFuture<?>> waiting;
    private final Settlements settlements;
    private final Map<String, Namespace> layouts = new ConcurrentHashMap<>();
    private volatile @Nullable Backend laidOutFor;

    /** Wraps a backend, as the other constructor does; what the store does by itself has threads of its own. */
    public ResilientStore(String alias, Supplier<Backend> backend, Counters counters, LongSupplier ticker) {
        this(alias, backend, counters, ticker, new BackgroundThreads());
    }

    /**
     * Wraps a backend.
     *
     * @param alias its name, for the log
     * @param backend the backend; asked anew at each use, so that an alias may be reset
     * @param counters where to count
     * @param ticker this process's monotonic clock, in nanoseconds
     * @param background runs what the store does by itself
     */
    public ResilientStore(
            String alias, Supplier<Backend> backend, Counters counters, LongSupplier ticker, Background background) {
        this.alias = alias;
        this.backend = backend;
        this.counters = counters;
        this.observed = new ObservedState(ticker);
        this.waiting = done -> background.await(done, backend.get().callTimeout());
        this.settlements = new Settlements(waiting, counters);
        this.renewal = new Renewal(observed, counters);
        this.near = new NearWatch(alias, backend, observed, background);
        this.calls = new GuardedCalls(alias, backend, observed, near, counters, ticker);
        this.repair = new Repair(calls, renewal, this::namespace, background);
    }

    /**
     * Returns the backend.
     *
     * @return the one that is current now
     */
    public Backend backend() {
        return backend.get();
    }

    public String alias() {
        return alias;
    }

    /**
     * Returns how many invalidations could not be sent and are owed.
     *
     * @return their number, coalesced
     */
    public int pendingInvalidations() {
        return repair.owed();
    }

    /**
     * Returns whether the backend is called.
     *
     * @return the state of its circuit breaker
     */
    public BreakerState breaker() {
        return calls.state();
    }

    /** Returns what is kept of the backend in this process. */
    public NearWatch near() {
        return near;
    }

    /** Returns whether a row may be served that is kept in this process: nothing else stands against it. */
    public boolean servesKept() {
        Backend current = backend.get();
        return calls.mayCall() && repair.isWhole(current) && current.isProven();
    }

    /** Learns the versions of shards in one round trip, so that the transactions that begin from now on can fill them. */
    public void learn(List<Shard> shards, @Nullable OutageBudget budget) {
        List<Step.ReadVersion> steps =
                shards.stream().map(Step.ReadVersion::new).toList();
        Replies replies = steps.isEmpty() ? null : tryRun(steps, budget);
        if (replies != null) {
            steps.forEach(step -> observed.sawVersion(step.shard(), replies.of(step)));
        }
    }

    /** Returns a namespace as it is laid out on the current backend. */
    public Namespace namespace(String name) {
        Backend current = backend.get();
        if (laidOutFor != current) {
            layouts.clear();
            laidOutFor = current;
        }
        Namespace known = layouts.get(name);
        return known != null
                ? known
                : layouts.computeIfAbsent(name, n -> current.layout().namespace(n));
    }

    public Renewal renewal() {
        return renewal;
    }

    public ObservedState observed() {
        return observed;
    }

    /**
     * Runs steps that read or fill; returns null in an outage, as long as what is owed cannot be sent, and when what was
     * read may be older than what was served.
     */
    @Nullable
    public Replies tryRun(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        StepExecutor way = settlements.before(steps, backend.get());
        for (int i = 0; i < SURPRISES; i++) {
            if (passedBy(budget)) {
                return null;
            }
            Backend current = backend.get();
            if (!repair.makeGood(current, budget)) {
                return null;
            }
            long epoch = current.serverEpoch();
            if (renewal.upToDate(current, epoch)) {
                Replies replies = calls.attempt(steps, budget, i == 0 ? way : current);
                if (replies == null || current.serverEpoch() == epoch) {
                    return replies;
                }
            }
        }
        return null;
    }

    /** Runs steps that invalidate; in an outage remembers what is owed, and returns null. */
    @Nullable
    public Replies invalidate(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        Replies replies = calls.attempt(steps, budget, settlements.before(steps, backend.get()));
        if (replies == null) {
            owe(steps);
        }
        return replies;
    }

    /** Remembers invalidations that did not get through. */
    public void owe(List<? extends Step<?>> steps) {
        repair.owe(steps);
    }

    /**
     * Sends what ends locks that stand, and what fills, after a completion. Nobody waits for it: until it has come, others
     * miss. What does not get through is owed, as that of {@link #invalidate} is. It is waited for only if very much is
     * under way, or if something must be made good first.
     *
     * @param steps what is sent
     * @param fills whether all of it fills, and is only sent to a backend that may be read
     * @param budget what the transaction gives to backends that fail
     * @param replied learns from the replies: on a thread of the backend's, so it never waits
     */
    public void settle(List<Step<?>> steps, boolean fills, @Nullable OutageBudget budget, Consumer<Replies> replied) {
        Backend current = backend.get();
        StepExecutor way = settlements.before(steps, current);
        long epoch = current.serverEpoch();
        Settlements.UnderWay mine = fills && !repair.isWhole(current) ? null : settlements.begin(steps);
        if (mine == null) {
            counters.count(Counter.SETTLEMENT_AWAITED);
            Replies replies = fills ? tryRun(steps, budget) : invalidate(steps, budget);
            if (replies != null) {
                replied.accept(replies);
            }
            return;
        }
        mine.sent(calls.start(steps, budget, Counter.SETTLEMENT, way, replies -> {
            try {
                if (replies == null) {
                    repair.owe(steps);
                } else if (!fills || current.serverEpoch() == epoch) {
                    replied.accept(replies);
                }
            } finally {
                mine.end();
            }
        }));
    }

    /** Waits until everything has come, or has failed, that was sent after completions; for one timeout at the most. */
    public void awaitSettled() {
        settlements.awaitAll();
    }

    /** Takes note of a shard's new version; returns whether there is one: a lock that came too late has none. */
    public boolean bumped(Shard shard, long version) {
        if (version == 0) {
            return false;
        }
        counters.count(Counter.BUMP);
        observed.sawVersion(shard, version);
        return true;
    }

    /** Runs steps that guard a write; throws in an outage. */
    public Replies run(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        return calls.run(steps, budget, settlements.before(steps, backend.get()));
    }

    /**
     * Sends steps that guard a write, and goes on. Nothing is sent where that brings nothing: to a backend in this process, or
     * to one that is failing.
     *
     * @return waits for the replies, for one timeout at the most; has none in an outage, which counts as one of the sender's,
     *     nor those of a server whose memory is another's by now
     */
    Supplier<@Nullable Replies> runAhead(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        Backend current = backend.get();
        if (current.handsOutWhatItHolds() || calls.failing()) {
            return () -> null;
        }
        StepExecutor way = settlements.before(steps, current);
        long epoch = current.serverEpoch();
        CompletableFuture<@Nullable Replies> over = new CompletableFuture<>();
        var unused = calls.start(steps, budget, Counter.CALL, way, over::complete);
        return () -> {
            waiting.accept(over);
            Replies replies = over.getNow(null);
            if (replies == null && budget != null) {
                budget.failed(calls);
            }
            return current == backend.get() && current.serverEpoch() == epoch ? replies : null;
        };
    }

    /** Returns whether the backend is not called now, so that nothing need be made ready for it. */
    public boolean passedBy(@Nullable OutageBudget budget) {
        return calls.passedBy(budget);
    }

    /** Waits for what is under way, and ends what works in the background. */
    public void close() {
        awaitSettled();
        near.close();
        repair.close();
    }
}
