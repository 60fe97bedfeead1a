package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.RowScope.Kind;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** A session that writes the row once, by itself or in bulk. */
final class RowWriter {

    private static final String ID = "1";

    /** How far its transaction has come. */
    enum Phase {
        IDLE,
        /** It has the lock, but is not about to commit yet. */
        HOLDING,
        LOCKED,
        COMMITTED,
        ROLLED_BACK,
        /** Its commit was reported to have failed, and may come all the same. */
        IN_DOUBT,
        DONE,
        DEAD
    }

    final VirtualJvm jvm;
    final Kind kind;
    private final RowWorld world;
    private final int index;
    Phase phase = Phase.IDLE;
    int value;
    boolean flushed;

    /** Its commit came though it had failed, so that nobody takes its lock out. */
    private boolean finished;

    long lockedAt;

    @Nullable
    SoftLock lock;

    private @Nullable SessionContext context;

    RowWriter(RowWorld world, VirtualJvm jvm, Kind kind, int index) {
        this.world = world;
        this.jvm = jvm;
        this.kind = kind;
        this.index = index;
    }

    List<String> enabled() {
        List<String> steps = new ArrayList<>();
        switch (phase) {
            case IDLE -> steps.add("lock");
            case HOLDING -> {
                steps.add("prepare");
                if (world.rollbacks > 0) {
                    steps.add("rollback");
                }
            }
            case LOCKED -> {
                if (!world.raised()) {
                    steps.add("commit");
                }
                if (world.rollbacks > 0) {
                    steps.add("fail");
                }
            }
            case COMMITTED, ROLLED_BACK -> steps.add("unlock");
            case IN_DOUBT -> {
                if (!world.raised()) {
                    steps.add("finish");
                }
            }
            case DONE, DEAD -> {}
        }
        return steps;
    }

    void take(String step) {
        switch (step) {
            case "lock" -> lock();
            case "prepare" -> prepare();
            case "commit" -> commit();
            case "rollback" -> {
                world.rollbacks--;
                phase = Phase.ROLLED_BACK;
            }
            case "fail" -> {
                world.rollbacks--;
                context.transactionCompleted(false);
                if (world.scope.mutant() == RowMutant.FAILED_COMMIT_IS_NO_ROLLBACK) {
                    world.store.backend().run(Step.invalidate(jvm.row(), jvm.lastToken()));
                }
                lockedAt = world.ticker.getAsLong();
                phase = Phase.IN_DOUBT;
            }
            case "finish" -> {
                world.commit(kind == Kind.ANEW);
                finished = true;
                phase = Phase.DONE;
            }
            case "unlock" -> unlock();
            default -> throw new IllegalArgumentException(step);
        }
    }

    private void lock() {
        context = kind == Kind.EARLY ? jvm.open() : jvm.begin();
        if (kind == Kind.BULK) {
            RegionLocks.askedBy(context, () -> lock = RegionLocks.ask(List.of(jvm.rows.rows())));
        } else {
            lock = jvm.rows.writes().lock(context, ID);
            jvm.rows.writes().wrote(context, ID, new WholeRow());
        }
        if (kind == Kind.EARLY) {
            lockedAt = world.ticker.getAsLong();
            phase = Phase.HOLDING;
        } else {
            prepare();
        }
        world.writerOf.put(jvm.lastToken(), index);
    }

    /** Does what is done just before the commit: beyond the fence, this locks the row again. */
    private void prepare() {
        context.transactionCompleting();
        if (kind != Kind.EARLY || world.ticker.getAsLong() - lockedAt >= TransactionStart.FENCE.toNanos()) {
            lockedAt = world.ticker.getAsLong();
        }
        phase = Phase.LOCKED;
    }

    private void commit() {
        value = world.commit(kind == Kind.ANEW);
        phase = Phase.COMMITTED;
    }

    private void unlock() {
        boolean successful = phase == Phase.COMMITTED;
        if (kind == Kind.BULK) {
            ((RegionLocks) lock).release();
        } else if (successful) {
            jvm.rows.writes().unlock(context, lock, kind.leavesValue() ? value : null);
        }
        context.transactionCompleted(successful);
        phase = Phase.DONE;
    }

    /** Returns whether it matters how long it has had its lock. */
    boolean waits() {
        return phase == Phase.HOLDING || phase == Phase.LOCKED || phase == Phase.IN_DOUBT;
    }

    boolean underWay() {
        return waits() || phase == Phase.COMMITTED || phase == Phase.ROLLED_BACK;
    }

    /** Returns whether so much time takes a commit that is about to come beyond the fence of its lock. */
    boolean late(Duration duration) {
        return (phase == Phase.LOCKED || phase == Phase.IN_DOUBT)
                && world.ticker.getAsLong() - lockedAt + duration.toNanos() >= TransactionStart.FENCE.toNanos();
    }

    /**
     * Dies before its commit. Whoever dies earlier, but within the fence, or later, after the commit, does what a very
     * slow writer does; so that this is the only crash to explore.
     */
    void crash() {
        phase = Phase.DEAD;
    }

    void flushed() {
        flushed |= phase == Phase.LOCKED
                || phase == Phase.COMMITTED
                || phase == Phase.IN_DOUBT
                || finished
                || isSettling();
    }

    /** Takes note that a key was lost: perhaps that with its lock. */
    void lost(RowPicture before) {
        if (before.locks(index) && !RowPicture.of(world).locks(index)) {
            flushed();
        }
    }

    /** Its lock was lost, and it has committed: a stale row may be seen until it unlocks, if it ever does. */
    boolean inFlushWindow() {
        return flushed && (phase == Phase.COMMITTED || finished || isSettling());
    }

    /** Its unlock was sent, and has not come. */
    private boolean isSettling() {
        return jvm.isSettling(token -> world.writerOf.getOrDefault(token, -1) == index);
    }

    /** The version that it will compare when it unlocks; 0 when it compares none. */
    long version() {
        return !waits() && phase != Phase.COMMITTED || !(lock instanceof RowLock mine) ? 0 : mine.version();
    }
}
