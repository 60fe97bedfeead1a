package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.near.NearStamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the coherence protocol uses it: a failed call is an outage that is counted and survived, and what could
 * not be invalidated is made good before anything is read again. Thread-safe.
 */
public final class ResilientStore {

    /** So many debts to one round trip. */
    private static final int PAYMENT = 1_000;

    /** How often steps are run again because the backend turned out to have another memory. */
    private static final int SURPRISES = 2;

    private final String alias;
    private final Supplier<Backend> backend;
    private final ObservedState knowledge;
    private final Counters counters;
    private final OutageLog log;
    private final PendingInvalidations debts = new PendingInvalidations();
    private final Renewal renewal;
    private final Breaker breaker;
    private final Recovery recovery = new Recovery(this::recover, this::ailing);
    private final Map<String, Namespace> layouts = new ConcurrentHashMap<>();
    private volatile @Nullable Backend laidOutFor;
    private final NearWatch near;

    /** A call has failed and none was answered since: before the recovery has asked, nobody else waits. */
    private volatile boolean doubted;

    /**
     * Wraps a backend.
     *
     * @param alias its name, for the log
     * @param backend the backend; asked anew at each use, so that an alias may be reset
     * @param counters where to count
     * @param ticker this process's monotonic clock, in nanoseconds
     */
    public ResilientStore(String alias, Supplier<Backend> backend, Counters counters, LongSupplier ticker) {
        this.backend = backend;
        this.counters = counters;
        this.knowledge = new ObservedState(ticker);
        this.log = new OutageLog(alias, ticker);
        this.renewal = new Renewal(knowledge, counters);
        this.breaker = new Breaker(alias, counters, ticker);
        this.alias = alias;
        this.near = new NearWatch(alias, backend, knowledge);
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
        return debts.size();
    }

    /**
     * Returns whether the backend is called.
     *
     * @return the state of its circuit breaker
     */
    public BreakerState breaker() {
        return breaker.state();
    }

    /**
     * Learns the versions of shards in one round trip, so that the transactions that begin from now on can fill them.
     *
     * @param shards the shards
     */
    public void learn(List<Shard> shards) {
        learn(shards, null);
    }

    /**
     * Returns the place in this process for the rows of a namespace. Nothing is kept there before {@link #listen}.
     *
     * @param maxEntries how many rows are kept for all namespaces
     * @param bound how many of this namespace, apart from the others, or null
     * @param ttl how long they live in the backend
     * @return their place, or null when the backend cannot be listened to
     */
    public @Nullable NearRows near(long maxEntries, @Nullable Long bound, Duration ttl) {
        return near.rows(maxEntries, bound, ttl);
    }

    /** Begins to listen, if there is a near tier: what is kept there is served as long as everything is heard. */
    public void listen() {
        near.listen();
    }

    /** Forgets what is kept in this process, and listens anew before anything is kept again. */
    public void forget() {
        near.forget();
    }

    /** Returns what has been heard of a row, before it is read; null when it is not to be kept. */
    @Nullable
    public NearStamp stamp(Row row) {
        return near.stamp(row);
    }

    /** Returns whether a row may be served that is kept in this process: nothing else stands against it. */
    public boolean servesKept() {
        if (!breaker.closed() || debts.any()) {
            return false;
        }
        Backend current = backend.get();
        return renewal.upToDate(current, current.incarnation());
    }

    public void learn(List<Shard> shards, @Nullable OutageBudget budget) {
        List<Step.ReadVersion> steps =
                shards.stream().map(Step.ReadVersion::new).toList();
        Replies replies = steps.isEmpty() ? null : tryRun(steps, budget);
        if (replies != null) {
            steps.forEach(step -> knowledge.sawVersion(step.shard(), replies.of(step)));
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
        return known != null ? known : layouts.computeIfAbsent(name, n -> Namespace.of(n, current));
    }

    public Renewal renewal() {
        return renewal;
    }

    public ObservedState knowledge() {
        return knowledge;
    }

    /**
     * Runs steps that read or fill; returns null in an outage, as long as debts cannot be paid, and when what was read
     * may be older than what was served.
     */
    @Nullable
    public Replies tryRun(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        for (int i = 0; i < SURPRISES; i++) {
            if (refusal(budget) != null) {
                counters.count(Counter.BYPASSED);
                return null;
            }
            Backend current = backend.get();
            if (!renewed(current, budget) || !debts.settle(owed -> pay(owed, each -> attempt(each, budget)))) {
                return null;
            }
            long incarnation = current.incarnation();
            if (renewal.upToDate(current, incarnation)) {
                Replies replies = attempt(steps, budget);
                if (replies == null || current.incarnation() == incarnation) {
                    return replies;
                }
            }
        }
        return null;
    }

    private boolean renewed(Backend current, @Nullable OutageBudget budget) {
        return renewal.upToDate(current, current.incarnation())
                || renewal.renew(current, this::namespace, steps -> attempt(steps, budget));
    }

    private static boolean pay(List<Step<?>> owed, Function<List<Step<?>>, @Nullable Replies> run) {
        for (int from = 0; from < owed.size(); from += PAYMENT) {
            if (run.apply(owed.subList(from, Math.min(owed.size(), from + PAYMENT))) == null) {
                return false;
            }
        }
        return true;
    }

    /** Runs steps that invalidate; in an outage remembers what is owed, and returns null. */
    @Nullable
    public Replies invalidate(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        Replies replies = attempt(steps, budget);
        if (replies == null) {
            owe(steps);
        }
        return replies;
    }

    /** Remembers invalidations that did not get through. */
    public void owe(List<? extends Step<?>> steps) {
        steps.forEach(debts::add);
        recovery.begin();
    }

    /** Takes locks again whose transaction is over; returns null when that does not get through. */
    @Nullable
    public Replies lockAgain(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        return attempt(steps, budget);
    }

    /**
     * Makes everything in some shards dead at once.
     *
     * @param shards the shards
     * @return the sum of their new versions
     * @throws BackendException in an outage; the bumps are owed then, as other invalidations are
     */
    public long bump(List<Shard> shards) {
        List<Step.BumpVersion> steps =
                shards.stream().map(Step.BumpVersion::new).toList();
        Replies replies = invalidate(steps, null);
        if (replies == null) {
            throw new BackendException(
                    "the cache '" + alias + "' does not answer: the bump is owed, and made as soon as it does");
        }
        steps.forEach(step -> bumped(step.shard(), replies.of(step)));
        return steps.stream().mapToLong(replies::of).sum();
    }

    /** Takes note of a shard's new version; returns whether there is one: a lock that came too late has none. */
    public boolean bumped(Shard shard, long version) {
        if (version == 0) {
            return false;
        }
        counters.count(Counter.BUMP);
        knowledge.sawVersion(shard, version);
        return true;
    }

    /** Returns until when a step that is sent now may be taken there: as long as its sender waits for it. */
    public long latest(String place) {
        long end = knowledge.now() + backend.get().callTimeout().toNanos();
        return knowledge.serverTimes().at(place, end);
    }

    /** Runs steps that guard a write; throws in an outage. */
    public Replies run(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        try {
            return send(steps, budget);
        } finally {
            near.touch(steps);
        }
    }

    private Replies send(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        String refusal = refusal(budget);
        if (refusal != null) {
            counters.count(Counter.BYPASSED);
            throw new BackendException("the cache '" + alias + "' " + refusal);
        }
        counters.count(Counter.CALL);
        long start = knowledge.now();
        try {
            Replies replies = heard(steps, backend.get().execute(steps));
            breaker.succeeded(knowledge.now() - start);
            doubted = false;
            return replies;
        } catch (BackendException e) {
            if (budget != null) {
                budget.failed(this);
            }
            failed(e, knowledge.now() - start);
            throw e;
        }
    }

    private Replies heard(List<? extends Step<?>> steps, Replies replies) {
        Moments.learn(knowledge, steps, replies);
        return replies;
    }

    /** Returns why the backend is not called now, or null. */
    private @Nullable String refusal(@Nullable OutageBudget budget) {
        if (budget != null && budget.lost(this)) {
            return "has failed in this transaction already";
        }
        if (!breaker.closed()) {
            return "is bypassed: it has failed too often just now";
        }
        return doubted && budget != OutageBudget.INSISTING ? "has failed just now, and is being asked again" : null;
    }

    /** Returns whether the backend is not called now, so that nothing need be made ready for it. */
    public boolean passedBy(@Nullable OutageBudget budget) {
        boolean passed = refusal(budget) != null;
        if (passed) {
            counters.count(Counter.BYPASSED);
        }
        return passed;
    }

    private void failed(BackendException e, long nanos) {
        counters.count(Counter.OUTAGE);
        log.failed(e);
        // An interrupt is the application's doing and says nothing about the backend.
        if (!(e.getCause() instanceof InterruptedException)) {
            doubted = true;
            breaker.failed(nanos, e);
            recovery.begin();
        }
    }

    private @Nullable Replies attempt(List<? extends Step<?>> steps, @Nullable OutageBudget budget) {
        try {
            return run(steps, budget);
        } catch (BackendException e) {
            return null;
        }
    }

    /** Probes a backend that is passed by and pays what is owed; returns whether nothing is left to do. */
    private boolean recover() {
        breaker.probe();
        boolean asking = doubted && breaker.closed();
        long start = knowledge.now();
        try {
            Backend current = backend.get();
            if (asking) {
                current.execute(List.of(renewal.question(this::namespace)));
                doubted = false;
            } else if (!breaker.closed()) {
                // What tells whether it answers also tells what has become of it, and what others bumped meanwhile.
                renewal.again();
            }
            boolean renewed = renewal.upToDate(current, current.incarnation())
                    || renewal.renew(current, this::namespace, steps -> probe(current, steps));
            boolean paid = renewed && debts.settle(owed -> pay(owed, steps -> probe(current, steps)));
            if (renewed && !breaker.closed()) {
                doubted = false;
                breaker.succeeded(knowledge.now() - start);
            }
            return paid && !ailing();
        } catch (BackendException e) {
            counters.count(Counter.OUTAGE);
            log.failed(e);
            breaker.failed(knowledge.now() - start, e);
            if (asking && doubted) {
                breaker.open();
            }
            return false;
        }
    }

    private Replies probe(Backend current, List<? extends Step<?>> steps) {
        try {
            return heard(steps, current.execute(steps));
        } finally {
            near.touch(steps);
        }
    }

    private boolean ailing() {
        return doubted || !breaker.closed() || debts.size() > 0;
    }

    /** Ends what works in the background. */
    public void close() {
        near.close();
        recovery.close();
    }
}
