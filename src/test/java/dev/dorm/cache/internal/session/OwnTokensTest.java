package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.cache.spi.access.SoftLock;
import org.junit.jupiter.api.Test;

/** A session without a transaction locks and releases more than once: a release that comes again takes no later lock. */
class OwnTokensTest {

    private static final List<String> TABLES = List.of("t");

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);
    private final List<Step<?>> sent = new ArrayList<>();
    private final VirtualJvm jvm = new VirtualJvm(recorded(store.backend()), "", nanos::get, Duration.ZERO);
    private final SessionContext context = jvm.open();

    private Backend recorded(Backend real) {
        return new ForwardingBackend(real) {
            @Override
            public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
                sent.addAll(steps);
                return super.executeAsync(steps);
            }
        };
    }

    /** All that was sent so far comes once more. */
    private void again() {
        List.copyOf(sent).stream()
                .filter(step -> step instanceof Step.UnlockTables || step instanceof Step.UnlockRow)
                .forEach(step -> store.backend().execute(List.of(step)));
    }

    private TableState table() {
        return TableState.of(store.backend().get(jvm.clock.clock().tableKey("t")));
    }

    private void writeTable() {
        context.preInvalidate(TABLES);
        context.invalidate(TABLES);
    }

    @Test
    void theNextLockOfATableStands() {
        writeTable();
        assertThat(table().tokens()).isEmpty();
        context.preInvalidate(TABLES);
        again();
        assertThat(table().tokens()).hasSize(1);
    }

    @Test
    void theNextTransactionsLockOfATableStands() {
        writeTable();
        context.transactionJoined();
        context.preInvalidate(TABLES);
        context.transactionCompleting();
        again();
        assertThat(table().tokens()).hasSize(1);
    }

    @Test
    void aTableIsLockedAgainWhenAWriteHasFailed() {
        context.preInvalidate(TABLES);
        store.elapse(Step.LOCK_LEASE.plusSeconds(1));
        jvm.clock.settle(TABLES);
        assertThat(table().tokens()).isEmpty();
        context.preInvalidate(TABLES);
        assertThat(table().tokens()).hasSize(1);
    }

    @Test
    void theNextLockOfARowStands() {
        SoftLock lock = jvm.rows.writes().lock(context, "1");
        jvm.rows.writes().unlock(context, lock, null);
        jvm.rows.writes().lock(context, "1");
        again();
        Kind kind = store.backend()
                .run(new Step.ReadRows(List.of(jvm.row())))
                .get(0)
                .kind();
        assertThat(kind).isEqualTo(Kind.LOCK);
    }
}
