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
import dev.dorm.cache.internal.metrics.AliasCounts;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

    @Test
    void whoObservesIsToldOfEachCallAndThoseThatAreAnsweredAreTimed() {
        CutOff backend = new CutOff(new LocMemBackend(BackendSettings.defaults()));
        AtomicLong clock = new AtomicLong();
        ObservedState observed = new ObservedState(clock::get);
        NearWatch near = new NearWatch("default", () -> backend, observed, new BackgroundThreads());
        AliasCounts alias = new RuntimeStatistics().alias("default");
        GuardedCalls calls = new GuardedCalls("default", () -> backend, observed, near, alias.counters(), clock::get);
        List<Step<?>> steps = List.of(new Step.ReadVersion(
                backend.layout().namespace("dormqs:rows").shards().get(0)));
        List<String> told = new ArrayList<>();
        alias.observe(sent -> {
            told.add("begins " + (sent == steps));
            return failure -> {
                told.add("ended " + (failure == null ? "well" : failure.getMessage()));
                clock.addAndGet(1_000);
            };
        });
        calls.run(steps, null, backend);
        var unused =
                calls.start(steps, null, Counter.SETTLEMENT, backend, replies -> told.add("over " + (replies != null)));
        assertThat(told).containsExactly("begins true", "ended well", "begins true", "ended well", "over true");
        assertThat(alias.getAnsweredCalls()).isEqualTo(2);
        assertThat(alias.getAnsweredNanos()).isEqualTo(2_000);

        told.clear();
        backend.cut = true;
        var others =
                calls.start(steps, null, Counter.SETTLEMENT, backend, replies -> told.add("over " + (replies != null)));
        calls.attempt(steps, OutageBudget.INSISTING, backend);
        assertThat(told).containsExactly("begins true", "ended cut off", "over false", "begins true", "ended cut off");
        assertThat(alias.getAnsweredCalls())
                .as("those that failed are not timed")
                .isEqualTo(2);
        assertThat(alias.getAnsweredNanos()).isEqualTo(2_000);
    }

    @Test
    void whereNobodyObservesNothingIsMadeForACall() {
        Counters counters = new RuntimeStatistics().alias("default").counters();
        assertThat(counters.begins(List.of())).isSameAs(counters.begins(List.of()));
    }
}
