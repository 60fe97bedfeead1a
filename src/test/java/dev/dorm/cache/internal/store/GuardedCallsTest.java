package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.BusyException;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedCallsTest {

    /** A backend in process that can be cut off. */
    private static final class CutOff extends ForwardingBackend {

        private boolean cut;
        private boolean busy;

        CutOff(Backend real) {
            super(real);
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            if (busy) {
                throw new BusyException("many wait");
            }
            return cut ? CompletableFuture.failedFuture(new BackendException("cut off")) : super.executeAsync(steps);
        }
    }

    @Test
    void anAnswerThatOpensTheBreakerBeginsTheRecovery() {
        CutOff backend = new CutOff(new LocMemBackend(BackendSettings.defaults()));
        ObservedState observed = new ObservedState(System::nanoTime);
        NearWatch near = new NearWatch("default", () -> backend, observed, new BackgroundThreads());
        GuardedCalls calls = new GuardedCalls(
                "default",
                () -> backend,
                observed,
                near,
                new RuntimeStatistics().alias("default").counters(),
                System::nanoTime);
        AtomicInteger recoveries = new AtomicInteger();
        calls.whenFailing(recoveries::incrementAndGet);
        List<Step<?>> steps = List.of(new Step.ReadVersion(
                backend.layout().namespace("dormqs:rows").shards().get(0)));
        backend.cut = true;
        for (int i = 1; i < Breaker.ENOUGH; i++) {
            assertThatThrownBy(() -> calls.run(steps, OutageBudget.INSISTING, backend))
                    .isInstanceOf(BackendException.class);
        }
        assertThat(calls.state()).isEqualTo(BreakerState.CLOSED);
        recoveries.set(0);
        backend.cut = false;
        calls.run(steps, OutageBudget.INSISTING, backend);
        assertThat(calls.state()).isEqualTo(BreakerState.OPEN);
        assertThat(recoveries).hasValue(1);
    }

    @Test
    void aCallThatIsNotMadeSinceManyWaitIsNoOutage() {
        CutOff backend = new CutOff(new LocMemBackend(BackendSettings.defaults()));
        ObservedState observed = new ObservedState(System::nanoTime);
        NearWatch near = new NearWatch("default", () -> backend, observed, new BackgroundThreads());
        Counters counters = new RuntimeStatistics().alias("default").counters();
        GuardedCalls calls = new GuardedCalls("default", () -> backend, observed, near, counters, System::nanoTime);
        List<Step<?>> steps = List.of(new Step.ReadVersion(
                backend.layout().namespace("dormqs:rows").shards().get(0)));
        OutageBudget budget = new OutageBudget();
        backend.busy = true;
        for (int i = 0; i < 2 * Breaker.WINDOW; i++) {
            assertThat(calls.attempt(steps, budget, backend)).isNull();
        }
        assertThat(counters.get(Counter.BYPASSED)).isEqualTo(2 * Breaker.WINDOW);
        assertThat(counters.get(Counter.OUTAGE)).isZero();
        backend.busy = false;
        // Neither the alias nor the transaction is any the worse for it.
        assertThat(calls.attempt(steps, budget, backend)).isNotNull();
        assertThat(calls.failing()).isFalse();
    }
}
