package dev.dorm.cache.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.cache.spi.access.SoftLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session goes on before what follows its commit has arrived, but only where a lock stands until then. */
class WaitedForTest {

    private static final String ID = "1";

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);
    private final VirtualJvm jvm = new VirtualJvm(store.backend(), "", nanos::get, Duration.ofMinutes(5), true);

    @BeforeEach
    void learn() {
        jvm.store.learn(List.of(jvm.shard()), null);
        jvm.clock.settle(VirtualQueries.TABLES);
        store.elapse(Duration.ofMillis(1));
    }

    /** Returns whether the session went on before what follows its completion had arrived. */
    private boolean goesOn(SessionContext context) {
        context.transactionCompleted(true);
        return !jvm.settling().isEmpty();
    }

    private SessionContext updating() {
        SessionContext context = jvm.begin();
        SoftLock lock = jvm.rows.writes().lock(context, ID);
        jvm.rows.writes().wrote(context, ID, new WholeRow());
        context.transactionCompleting();
        jvm.rows.writes().unlock(context, lock, 1);
        return context;
    }

    @Test
    void notForTheEndOfARowsLock() {
        assertThat(goesOn(updating())).isTrue();
    }

    @Test
    void butForThatOfALockThatIsSoonOver() {
        SessionContext context = updating();
        store.elapse(TransactionStart.FENCE);
        assertThat(goesOn(context)).isFalse();
    }

    private SessionContext bulk() {
        SessionContext context = jvm.begin();
        RegionLocks[] locks = new RegionLocks[1];
        RegionLocks.askedBy(context, () -> locks[0] = RegionLocks.ask(List.of(jvm.rows.rows())));
        context.transactionCompleting();
        locks[0].release();
        return context;
    }

    @Test
    void notForTheEndOfARegionsLock() {
        assertThat(goesOn(bulk())).isTrue();
    }

    @Test
    void butForThatOfARegionsLockThatIsSoonOver() {
        SessionContext context = bulk();
        store.elapse(TransactionStart.FENCE);
        assertThat(goesOn(context)).isFalse();
    }

    private SessionContext writingTables() {
        SessionContext context = jvm.begin();
        context.preInvalidate(VirtualQueries.TABLES);
        context.transactionCompleting();
        return context;
    }

    @Test
    void notForTheEndOfTablesLocks() {
        assertThat(goesOn(writingTables())).isTrue();
    }

    @Test
    void butForThatOfTablesLocksThatAreSoonOver() {
        SessionContext context = writingTables();
        store.elapse(TransactionStart.FENCE);
        assertThat(goesOn(context)).isFalse();
    }

    @Test
    void forTablesOfWhichHibernateTellsAfterwards() {
        SessionContext context = writingTables();
        context.invalidate(List.of("another"));
        assertThat(goesOn(context)).isFalse();
    }

    @Test
    void notForAPutOfWhatWasLoaded() {
        SessionContext context = jvm.begin();
        jvm.rows.put(context, ID, 0, false);
        assertThat(goesOn(context)).isTrue();
    }

    @Test
    void butForOneThatRefreshes() {
        SessionContext context = jvm.begin();
        jvm.rows.put(context, ID, 0, true);
        assertThat(goesOn(context)).isFalse();
    }

    @Test
    void forAnInvalidationThatNobodyHasLocked() {
        SessionContext context = jvm.begin();
        jvm.rows.writes().invalidate(context, ID);
        context.transactionCompleting();
        assertThat(goesOn(context)).isFalse();
    }

    @Test
    void forAnInsert() {
        SessionContext context = jvm.begin();
        jvm.rows.writes().inserted(context, ID, true);
        context.transactionCompleting();
        assertThat(goesOn(context)).isFalse();
        context = jvm.begin();
        jvm.rows.writes().inserted(context, ID, true);
        context.transactionCompleting();
        jvm.rows.putInserted(context, ID, 0);
        assertThat(goesOn(context)).isFalse();
    }

    @Test
    void forARollbackOfWhatWasNotLockedYet() {
        SessionContext context = jvm.begin();
        jvm.rows.writes().lock(context, ID);
        context.transactionCompleted(false);
        assertThat(jvm.settling()).isEmpty();
    }
}
