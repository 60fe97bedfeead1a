package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BusyException;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.backend.Waiting;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.CallObserver;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.FullMemory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a backend for as long as it answers: a failed call is an outage that is counted and logged. Thread-safe. */
final class GuardedCalls {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String alias;
    private final Supplier<Backend> backend;
    private final ObservedState observed;
    private final Counters counters;
    private final NearWatch near;
    private final OutageLog log;
    private final FullMemory memory;
    private final Breaker breaker;

    /** A call has failed and none was answered since: before the recovery has asked, nobody else waits. */
    private volatile boolean doubted;

    private volatile Runnable onFailure = () -> {};

    /**
     * Guards a backend.
     *
     * @param alias its name, for the log
     * @param backend the backend; asked anew at each use
     * @param observed what replies say of versions and clocks
     * @param near what is kept of the backend in this process
     * @param counters where to count
     * @param ticker this process's monotonic clock, in nanoseconds
     */
    GuardedCalls(
            String alias,
            Supplier<Backend> backend,
            ObservedState observed,
            NearWatch near,
            Counters counters,
            LongSupplier ticker) {
        this.alias = alias;
        this.backend = backend;
        this.observed = observed;
        this.near = near;
        this.counters = counters;
        this.log = new OutageLog(alias, backend, ticker);
        this.memory = new FullMemory(alias, ticker);
        this.breaker = new Breaker(alias, counters, ticker, log);
    }

    /** Says what to do when a call has failed, other than by an interrupt, or the breaker has opened. */
    void whenFailing(Runnable work) {
        onFailure = work;
        breaker.whenOpening(work);
    }

    /**
     * Runs steps.
     *
     * @param way the backend, or its way behind what must not be overtaken
     * @throws BackendException in an outage
     */
    Replies run(List<? extends Step<?>> steps, @Nullable OutageBudget budget, StepExecutor way) {
        try {
            return send(steps, budget, way);
        } finally {
            near.touch(steps);
        }
    }

    private Replies send(List<? extends Step<?>> steps, @Nullable OutageBudget budget, StepExecutor way) {
        String refusal = refusal(budget);
        if (refusal != null) {
            counters.count(Counter.BYPASSED);
            throw new BackendException("the cache '" + alias + "' " + refusal);
        }
        counters.count(Counter.CALL);
        long start = observed.now();
        try {
            return answered(steps, start, counters.begins(steps).around(() -> way.execute(steps)));
        } catch (BusyException e) {
            counters.count(Counter.BYPASSED);
            throw e;
        } catch (BackendException e) {
            if (budget != null) {
                budget.failed(this);
            }
            failed(e, observed.now() - start);
            throw e;
        }
    }

    /**
     * Sends steps, and goes on: what becomes of them is told by a thread of the backend's, or by this one if it is known at
     * once.
     *
     * @param steps what is sent
     * @param budget what the sender gives to backends that fail
     * @param as what is counted
     * @param way the backend, or its way behind what must not be overtaken
     * @param over is told the replies, or null when they did not get through
     * @return the backend's replies; a failure if nothing was sent
     */
    CompletableFuture<Replies> start(
            List<? extends Step<?>> steps,
            @Nullable OutageBudget budget,
            Counter as,
            StepExecutor way,
            Consumer<@Nullable Replies> over) {
        near.touch(steps);
        if (passedBy(budget)) {
            over.accept(null);
            return CompletableFuture.failedFuture(new BackendException("the cache '" + alias + "' is passed by"));
        }
        counters.count(as);
        CallObserver.Call call = counters.begins(steps);
        long start = observed.now();
        CompletableFuture<Replies> sent;
        try {
            sent = way.executeAsync(steps);
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var unused = sent.handle((replies, failure) -> {
                    call.ended(failure);
                    return came(steps, start, replies, failure);
                })
                .thenAccept(over)
                .exceptionally(mistake -> {
                    LOG.error("What the cache '{}' has replied was not learned", alias, mistake);
                    return null;
                });
        return sent;
    }

    private @Nullable Replies came(
            List<? extends Step<?>> steps, long start, @Nullable Replies replies, @Nullable Throwable failure) {
        try {
            return failure == null ? answered(steps, start, replies) : unanswered(Waiting.failure(failure), start);
        } catch (RuntimeException unreadable) {
            return unanswered(Waiting.failure(unreadable), start);
        } finally {
            near.touch(steps);
        }
    }

    private Replies answered(List<? extends Step<?>> steps, long start, Replies replies) {
        Replies learned = learned(steps, replies);
        long nanos = observed.now() - start;
        counters.answered(nanos);
        breaker.succeeded(nanos);
        doubted = false;
        return learned;
    }

    private @Nullable Replies unanswered(BackendException e, long start) {
        if (e instanceof BusyException) {
            counters.count(Counter.BYPASSED);
        } else {
            failed(e, observed.now() - start);
        }
        return null;
    }

    private Replies learned(List<? extends Step<?>> steps, Replies replies) {
        Moments.learn(observed, steps, replies);
        memory.look(steps, replies);
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

    /** Returns whether the backend is not called now, and counts that. */
    boolean passedBy(@Nullable OutageBudget budget) {
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
            onFailure.run();
        }
    }

    /**
     * Asks a backend that is passed by; its answers close the breaker, or open it again.
     *
     * @param question what to ask one that has failed just now
     * @param work what to do when it answers; says whether it could be done
     * @return whether it was done
     */
    boolean recover(Supplier<Step<?>> question, Predicate<Backend> work) {
        boolean probing = breaker.probe();
        boolean asking = doubted && !probing;
        long start = observed.now();
        try {
            Backend current = backend.get();
            if (asking) {
                current.execute(List.of(question.get()));
                doubted = false;
            }
            boolean done = work.test(current);
            if (done && probing) {
                doubted = false;
                breaker.close();
            }
            return done;
        } catch (BackendException e) {
            counters.count(Counter.OUTAGE);
            log.failed(e);
            breaker.failed(observed.now() - start, e);
            if (asking && doubted) {
                breaker.open();
            }
            return false;
        } finally {
            breaker.probed();
        }
    }

    /** Runs steps, whether or not the backend is passed by. */
    Replies probe(Backend current, List<? extends Step<?>> steps) {
        try {
            return learned(steps, current.execute(steps));
        } finally {
            near.touch(steps);
        }
    }

    /** Runs steps for no session; returns null in an outage. */
    @Nullable
    Replies attempt(List<? extends Step<?>> steps) {
        return attempt(steps, null, backend.get());
    }

    /** Runs steps; returns null in an outage. */
    @Nullable
    Replies attempt(List<? extends Step<?>> steps, @Nullable OutageBudget budget, StepExecutor way) {
        try {
            return run(steps, budget, way);
        } catch (BackendException e) {
            return null;
        }
    }

    /** Returns whether the breaker lets calls through. */
    boolean mayCall() {
        return breaker.closed();
    }

    /** Returns whether the last that is known of the backend is that it fails. */
    boolean failing() {
        return doubted || !breaker.closed();
    }

    BreakerState state() {
        return breaker.state();
    }
}
