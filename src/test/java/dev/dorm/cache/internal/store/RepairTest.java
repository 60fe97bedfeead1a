package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is done after an outage, and in which order. */
class RepairTest {

    /** Loses replies, or requests. */
    private static final class Losing extends ForwardingBackend {

        private boolean replies;
        private boolean requests;
        private Runnable atUnlock = () -> {};

        Losing() {
            super(new LocMemBackend(BackendSettings.defaults()));
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            if (requests) {
                return CompletableFuture.failedFuture(new BackendException("the request is lost"));
            }
            if (steps.stream().anyMatch(Step.UnlockRow.class::isInstance)) {
                atUnlock.run();
            }
            CompletableFuture<Replies> done = super.executeAsync(steps);
            return replies ? CompletableFuture.failedFuture(new BackendException("the reply is lost")) : done;
        }
    }

    private final Losing backend = new Losing();
    private final BackgroundWork background = new BackgroundWork();
    private final ResilientStore store =
            new ResilientStore("default", () -> backend, Counters.ofAlias(), System::nanoTime, background);
    private final Row row = store.namespace("dormqs:rows").row("1");

    private RowFormat.Kind held() {
        Step.ReadRows read = new Step.ReadRows(List.of(row));
        return backend.real.execute(List.of(read)).of(read).get(0).kind();
    }

    private void lockWithoutAReply() {
        store.renewal().add("dormqs:rows");
        backend.replies = true;
        List<Step<?>> lock = List.of(new Step.LockRow(row, "token", null, Step.ANY_TIME));
        assertThatThrownBy(() -> store.run(lock, null)).isInstanceOf(BackendException.class);
        assertThat(held()).isEqualTo(RowFormat.Kind.LOCK);
        backend.requests = true;
        assertThat(store.invalidate(List.of(Step.invalidate(row, "token")), null))
                .isNull();
        assertThat(store.pendingInvalidations()).isEqualTo(1);
        background.next();
        assertThat(store.breaker()).isEqualTo(BreakerState.OPEN);
        backend.replies = false;
        backend.requests = false;
    }

    private void recover() {
        for (int i = 0; i < 3; i++) {
            background.next();
        }
    }

    @Test
    void aLockWhoseReplyWasLostIsEndedWhenTheBackendAnswersAgain() {
        lockWithoutAReply();
        recover();
        assertThat(store.pendingInvalidations()).isZero();
        assertThat(held()).isEqualTo(RowFormat.Kind.TOMBSTONE);
    }

    @Test
    void readsGoOnBeforeThat() {
        lockWithoutAReply();
        int[] unlocks = {0};
        backend.atUnlock = () -> {
            unlocks[0]++;
            assertThat(store.pendingInvalidations()).isZero();
            assertThat(store.breaker()).isEqualTo(BreakerState.CLOSED);
            assertThat(store.servesKept()).isTrue();
        };
        recover();
        assertThat(unlocks[0]).isPositive();
    }

    @Test
    void aLockThatCouldNotBeEndedIsTriedAgain() {
        lockWithoutAReply();
        int[] unlocks = {0};
        backend.atUnlock = () -> backend.requests = ++unlocks[0] == 1;
        background.next();
        assertThat(unlocks[0]).isPositive();
        backend.requests = false;
        recover();
        assertThat(held()).isEqualTo(RowFormat.Kind.TOMBSTONE);
    }
}
