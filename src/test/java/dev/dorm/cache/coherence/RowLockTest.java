package dev.dorm.cache.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.Step;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a commit must take its lock, and take it again. */
class RowLockTest {

    private static final long LOCKED_AT = Long.MAX_VALUE - 5;

    private final RowLock lock = new RowLock(null, null, "token", null, null, Proof.STATEMENT);

    @Test
    void isTakenBeforeACommit() {
        assertThat(lock.wanting(LOCKED_AT)).isTrue();
        lock.acknowledge(new LockReply(7, false, false), 1, LOCKED_AT);
        assertThat(lock.wanting(LOCKED_AT)).isFalse();
    }

    @Test
    void isTakenAgainBeforeACommitThatComesTwentySecondsLater() {
        lock.acknowledge(new LockReply(7, false, false), 1, LOCKED_AT);
        long fence = LOCKED_AT + TimeUnit.SECONDS.toNanos(20);
        assertThat(lock.wanting(fence - 1)).isFalse();
        assertThat(lock.wanting(fence)).isTrue();
        lock.acknowledge(new LockReply(8, false, false), 2, fence);
        assertThat(lock.wanting(fence)).isFalse();
        assertThat(lock.version()).as("what unlock compares").isEqualTo(7);
        assertThat(lock.write()).as("which lock stands").isEqualTo(2);
    }

    /** Who began before a commit must be too old to fill the row when the lock of a dead writer reaches its deadline. */
    @Test
    void outlivesWhoeverMayFillTheRow() {
        assertThat(Began.FENCE.plus(Began.YOUNG)).isLessThan(Step.LOCK_LEASE);
    }

    @Test
    void leavesNothingWhenItNeverStood() {
        lock.leave(new byte[] {1});
        assertThat(lock.value()).isNull();
        lock.acknowledge(new LockReply(7, false, false), 1, LOCKED_AT);
        assertThat(lock.value()).containsExactly(1);
    }
}
