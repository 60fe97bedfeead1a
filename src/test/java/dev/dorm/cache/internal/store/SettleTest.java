package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.BusyException;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.settlement.SettlementLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what is sent after a completion, and not waited for. */
class SettleTest {

    /** Holds what is sent without waiting, until it is let go. */
    private static final class Holding extends ForwardingBackend {

        private final List<CompletableFuture<Replies>> held = new ArrayList<>();
        private @Nullable RuntimeException refusal;
        private long epoch;
        private boolean ordered;

        /** What was run behind others, and how many of those there were. */
        private final List<Step<?>> behind = new ArrayList<>();

        Holding() {
            super(new LocMemBackend(BackendSettings.defaults()));
        }

        @Override
        public Replies execute(List<? extends Step<?>> steps) {
            return real.execute(steps);
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            if (refusal != null) {
                throw refusal;
            }
            CompletableFuture<Replies> reply = new CompletableFuture<>();
            held.add(reply);
            return reply;
        }

        @Override
        public boolean handsOutWhatItHolds() {
            return false;
        }

        @Override
        public @Nullable StepExecutor behind(Collection<? extends CompletableFuture<Replies>> earlier) {
            assertThat(earlier).allMatch(held::contains);
            if (!ordered) {
                return null;
            }
            return new StepExecutor() {
                @Override
                public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
                    behind.addAll(steps);
                    return Holding.this.executeAsync(steps);
                }

                @Override
                public Replies execute(List<? extends Step<?>> steps) {
                    behind.addAll(steps);
                    return real.execute(steps);
                }
            };
        }

        @Override
        public long serverEpoch() {
            return epoch;
        }
    }

    /** Lets nobody wait, and says for what they would. */
    private final class Waits implements Background {

        private final List<CompletableFuture<?>> awaited = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        @Override
        public void later(String name, Duration pause, Runnable work) {
            // It stays owed.
        }

        @Override
        public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void await(CompletableFuture<?> done, Duration longest) {
            awaited.add(done);
            meanwhile.run();
        }
    }

    private final Holding backend = new Holding();
    private final Waits waits = new Waits();
    private final Counters counters = Counters.ofAlias();
    private final ResilientStore store =
            new ResilientStore("default", () -> backend, counters, System::nanoTime, waits);
    private final Row row = store.namespace("dormqs:rows").row("1");
    private final List<Step<?>> unlock = List.of(Step.invalidate(row, "token"));
    private final List<Step<?>> read = List.of(new Step.ReadRows(List.of(row)));
    private final List<Replies> replied = new ArrayList<>();

    @BeforeEach
    void learn() {
        store.renewal().add("dormqs:rows");
        store.learn(List.of(row.shard()), null);
    }

    private void settle() {
        store.settle(unlock, false, null, replied::add);
    }

    @Test
    void whatItTellsIsLearnedWhenItIsAnswered() {
        settle();
        assertThat(replied).isEmpty();
        assertThat(counters.get(Counter.SETTLEMENT)).isEqualTo(1);
        backend.held.get(0).complete(backend.real.execute(unlock));
        assertThat(replied).hasSize(1);
        assertThat(store.pendingInvalidations()).isZero();
        store.tryRun(read, null);
        assertThat(waits.awaited).isEmpty();
    }

    @Test
    void whoReadsWhatItChangesWaits() {
        settle();
        store.tryRun(read, null);
        assertThat(waits.awaited).hasSize(1);
        assertThat(counters.get(Counter.SETTLEMENT_AWAITED)).isEqualTo(1);
    }

    @Test
    void whoLocksOrInvalidatesItWaits() {
        settle();
        store.run(List.of(new Step.LockRow(row, "other")), null);
        assertThat(waits.awaited).hasSize(1);
        settle();
        store.invalidate(List.of(Step.invalidate(row, "other")), null);
        assertThat(waits.awaited).hasSize(2);
        settle();
        store.settle(unlock, false, null, replied::add);
        assertThat(waits.awaited).hasSize(3);
    }

    @Test
    void whereTheOrderIsKeptNobodyWaits() {
        backend.ordered = true;
        settle();
        assertThat(backend.behind).isEmpty();
        List<Step<?>> lock = List.of(new Step.LockRow(row, "other"));
        List<Step<?>> invalidation = List.of(Step.invalidate(row, "other"));
        List<Step<?>> put =
                List.of(new Step.PutRow(row, 1, 1, new byte[0], Duration.ZERO, null, false, null, 0, false));
        store.tryRun(read, null);
        store.run(lock, null);
        store.invalidate(invalidation, null);
        var unused = store.runAhead(lock, null);
        store.settle(put, true, null, replied::add);
        assertThat(backend.behind)
                .containsExactly(read.get(0), lock.get(0), invalidation.get(0), lock.get(0), put.get(0));
        assertThat(waits.awaited).isEmpty();
        assertThat(counters.get(Counter.SETTLEMENT_AWAITED)).isZero();
    }

    @Test
    void whatDoesNotGetThroughIsOwedBeforeAnybodyGoesOn() {
        settle();
        List<Integer> owed = new ArrayList<>();
        waits.meanwhile = () -> {
            backend.held.get(0).completeExceptionally(new BackendException("lost"));
            assertThat(waits.awaited.get(0)).isDone();
            owed.add(store.pendingInvalidations());
        };
        store.tryRun(read, null);
        assertThat(owed).containsExactly(1);
        assertThat(replied).isEmpty();
        assertThat(counters.get(Counter.OUTAGE)).isEqualTo(1);
    }

    @Test
    void whatCannotBeSentIsOwed() {
        backend.refusal = new BackendException("closed");
        settle();
        assertThat(store.pendingInvalidations()).isEqualTo(1);
        assertThat(counters.get(Counter.OUTAGE)).isEqualTo(1);
    }

    @Test
    void whatNobodyExpectedIsOwedToo() {
        backend.refusal = new IllegalStateException("a mistake");
        settle();
        assertThat(store.pendingInvalidations()).isEqualTo(1);
        store.awaitSettled();
        assertThat(waits.awaited).isEmpty();
    }

    @Test
    void whatCannotBeReadIsOwedToo() {
        settle();
        backend.held.get(0).complete(null);
        assertThat(store.pendingInvalidations()).isEqualTo(1);
        store.awaitSettled();
        assertThat(waits.awaited).isEmpty();
    }

    @Test
    void whatFindsNoTurnIsOwedAndNoOutage() {
        backend.refusal = new BusyException("many wait");
        settle();
        assertThat(store.pendingInvalidations()).isEqualTo(1);
        assertThat(counters.get(Counter.OUTAGE)).isZero();
    }

    @Test
    void aBackendThatHasJustFailedIsNotSentAnything() {
        backend.refusal = new BackendException("away");
        settle();
        backend.refusal = null;
        settle();
        assertThat(backend.held).isEmpty();
        assertThat(store.pendingInvalidations()).isEqualTo(1);
    }

    @Test
    void aReplyOfAnotherEpochTeachesNothingOfWhatFills() {
        store.settle(read, true, null, replied::add);
        backend.epoch++;
        backend.held.get(0).complete(backend.real.execute(read));
        assertThat(replied).isEmpty();
    }

    @Test
    void whatFillsWaitsWhereSomethingMustBeMadeGoodFirst() {
        backend.epoch++;
        store.settle(read, true, null, replied::add);
        assertThat(backend.held).isEmpty();
        assertThat(replied).hasSize(1);
    }

    @Test
    void whoSendsMoreThanIsBorneWaits() {
        for (int i = 0; i < SettlementLimits.BATCHES; i++) {
            store.settle(
                    List.of(Step.invalidate(store.namespace("dormqs:rows").row("r" + i), "t")),
                    false,
                    null,
                    replied::add);
        }
        assertThat(replied).isEmpty();
        settle();
        assertThat(backend.held).hasSize(SettlementLimits.BATCHES);
        assertThat(replied).hasSize(1);
        assertThat(counters.get(Counter.SETTLEMENT_AWAITED)).isEqualTo(1);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        settle();
        store.close();
        assertThat(waits.awaited).hasSize(1);
    }
}
