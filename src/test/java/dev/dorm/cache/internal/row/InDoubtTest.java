package dev.dorm.cache.internal.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.session.SessionContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of what a transaction holds when its commit fails, and when it is rolled back before. */
class InDoubtTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);
    private final VirtualJvm jvm = new VirtualJvm(store.backend(), "", nanos::get, Duration.ZERO);
    private final SessionContext context = jvm.begin();

    private RowState row() {
        return store.backend().run(new Step.ReadRows(List.of(jvm.row()))).get(0);
    }

    private void failInItsCommit() {
        context.transactionCompleting();
        store.elapse(Duration.ofSeconds(15));
        context.transactionCompleted(false);
    }

    @Test
    void aLockedRowStaysLockedForAsLongAsALockLastsFromThen() {
        jvm.rows.writes().lock(context, "1");
        failInItsCommit();
        store.elapse(Step.LOCK_LEASE.minusSeconds(1));
        assertThat(row().kind()).isEqualTo(Kind.LOCK);
        store.elapse(Duration.ofSeconds(2));
        assertThat(row().kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void aRowThatWasToBeInvalidatedIsLocked() {
        jvm.rows.writes().invalidate(context, "1");
        failInItsCommit();
        assertThat(row().kind()).isEqualTo(Kind.LOCK);
        assertThat(jvm.counters.get(Counter.LOCK)).isEqualTo(1);
    }

    @Test
    void aRegionStaysLocked() {
        RegionLocks.askedBy(context, () -> RegionLocks.ask(List.of(jvm.rows.rows())));
        failInItsCommit();
        assertThat(row().shardLocked()).isTrue();
    }

    @Test
    void tablesStayLocked() {
        context.preInvalidate(List.of("t"));
        failInItsCommit();
        byte[] record = store.backend().get(jvm.clock.clock().tableKey("t"));
        assertThat(new String(record, java.nio.charset.StandardCharsets.US_ASCII))
                .contains("|");
    }

    @Test
    void aRollbackBeforeTheCommitReleasesAtOnce() {
        jvm.rows.writes().lock(context, "1");
        context.transactionCompleted(false);
        assertThat(row().kind()).isEqualTo(Kind.TOMBSTONE);
    }

    @Test
    void theNextTransactionHoldsNothingOfOneOfWhoseEndNobodyWasTold() {
        jvm.rows.writes().lock(context, "1");
        context.transactionCompleting();
        context.transactionJoined();
        context.transactionCompleted(true);
        assertThat(row().kind()).isEqualTo(Kind.LOCK);
    }
}
