package dev.dorm.cache.internal.store;

import dev.dorm.cache.internal.lazy.Lazy;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a backend that is dead, or slower than its timeout, from costing every call that timeout. Thread-safe.
 *
 * <p>It opens when half of the last {@value #WINDOW} calls failed, of at least {@value #ENOUGH}, or when a call failed
 * and then the {@link Recovery}'s question whether the backend answers did, too; from then on nobody waits for it but
 * the {@link Recovery}, whose probes close it again; what becomes of calls that were made before says nothing then.
 * What answers in time is no failure, however slow: passing by a cache that works would leave rows in it that are not
 * invalidated.
 *
 * <p>An answer may open it, too, when it is the fifth call and four failed before it. So whoever recovers is told of the
 * opening itself, not of failures alone: else nobody would ever ask again.
 *
 * <p>Before the first failure nothing but an interface is loaded of the circuit breaker's library. The successes until then are counted, and
 * told to it first, as many as its window holds.
 */
final class Breaker {

    static final int WINDOW = 10;
    static final int ENOUGH = 5;

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String alias;
    private final Counters counters;
    private final LongSupplier ticker;
    private final OutageLog log;
    private final Lazy<CircuitBreaker> circuit = new Lazy<>(this::circuit);
    /** How many calls in a row have succeeded, as far as they were told to the circuit breaker. */
    private final AtomicInteger successes = new AtomicInteger();

    private volatile long openedAt;
    private volatile Runnable onOpening = () -> {};
    private volatile boolean probing;

    Breaker(String alias, Counters counters, LongSupplier ticker, OutageLog log) {
        this.alias = alias;
        this.counters = counters;
        this.ticker = ticker;
        this.log = log;
    }

    private CircuitBreaker circuit() {
        CircuitBreaker made = CircuitBreaker.of(
                alias,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(ENOUGH)
                        .failureRateThreshold(50)
                        .slowCallRateThreshold(100)
                        .slowCallDurationThreshold(Duration.ofDays(1))
                        .build());
        made.getEventPublisher()
                .onStateTransition(event -> changed(
                        event.getStateTransition().getFromState(),
                        event.getStateTransition().getToState()));
        for (int n = Math.min(successes.get(), WINDOW); n > 0; n--) {
            made.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return made;
    }

    /** Says what to do when it has opened, whatever opened it. */
    void whenOpening(Runnable work) {
        onOpening = work;
    }

    /** Returns whether calls may be made. */
    boolean closed() {
        CircuitBreaker made = circuit.ifMade();
        return made == null || made.getState() == State.CLOSED;
    }

    void succeeded(long nanos) {
        // Where nothing but successes is left in the window, another one changes nothing.
        if (successes.get() < 2 * WINDOW) {
            CircuitBreaker made = circuit.ifMade();
            if (made != null) {
                made.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
            successes.incrementAndGet();
        }
    }

    void failed(long nanos, Throwable failure) {
        circuit.get().onError(nanos, TimeUnit.NANOSECONDS, failure);
        // Not before: successes that are counted from here on push this failure out of the window.
        successes.set(0);
    }

    /** Opens, however few calls have failed: the one that asked whether the backend answers at all did, too. */
    void open() {
        if (closed()) {
            circuit.get().transitionToOpenState();
        }
    }

    /** Says that the backend is asked; returns whether the breaker is open, so that an answer is to {@link #close} it. */
    boolean probe() {
        probing = !closed();
        return probing;
    }

    /** Says that the backend is not asked any more. */
    void probed() {
        probing = false;
    }

    void close() {
        circuit.get().transitionToClosedState();
        // Its window is empty.
        successes.set(0);
    }

    BreakerState state() {
        if (closed()) {
            return BreakerState.CLOSED;
        }
        return probing ? BreakerState.HALF_OPEN : BreakerState.OPEN;
    }

    /** Says each change once, behind the failure that led to it. */
    private void changed(State from, State to) {
        if (from == State.CLOSED) {
            openedAt = ticker.getAsLong();
            counters.count(Counter.BREAKER_OPENED);
            log.then(() -> LOG.warn(
                    "The cache '{}' does not answer and is bypassed; it is asked again every {} ms",
                    alias,
                    Recovery.PAUSE.toMillis()));
            onOpening.run();
        } else if (to == State.CLOSED) {
            long millis = Duration.ofNanos(ticker.getAsLong() - openedAt).toMillis();
            log.then(() -> LOG.info("The cache '{}' answers and is used again, after {} ms", alias, millis));
        }
    }
}
