package dev.dorm.cache.internal.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.WholeRow;
import dev.dorm.cache.internal.near.Origin;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a commit must take its lock, and take it again. */
class RowLockTest {

    private static final long LOCKED_AT = Long.MAX_VALUE - 5;
    private static final RowBody BODY = new RowBody(new byte[] {1}, -1);

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
        assertThat(TransactionStart.FENCE.plus(TransactionStart.YOUNG)).isLessThan(Step.LOCK_LEASE);
    }

    @Test
    void leavesNothingWhenItNeverStood() {
        lock.leave(BODY);
        assertThat(lock.value()).isNull();
        lock.acknowledge(new LockReply(7, false, false), 1, LOCKED_AT);
        assertThat(lock.value()).isEqualTo(BODY);
    }

    private static final Object ENTRY = "entry";
    private final Object[] loaded = {"loaded"};
    private final Object[] changed = {"changed"};
    private final RowLock parts =
            new RowLock(null, null, "token", null, new Origin("0123456789abcdef", ENTRY), Proof.NONE);

    private boolean stores() {
        parts.leave(BODY);
        return parts.value() != null;
    }

    /** A statement that wrote a part, of a state that is that of the entry or not. */
    private record Part(Object[] before, Object[] after, boolean ofTheEntry) implements Written {
        @Override
        public boolean whole() {
            return false;
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public boolean beganWith(Object entry) {
            return ofTheEntry;
        }
    }

    @Test
    void storesAPartOfWhatTheLockFound() {
        parts.wrote(new Part(loaded, changed, true));
        parts.acknowledge(new LockReply(7, true, false), 1, LOCKED_AT);
        assertThat(stores()).isTrue();
    }

    @Test
    void storesNoPartOfWhatTheLockDidNotFind() {
        parts.wrote(new Part(loaded, changed, true));
        parts.acknowledge(new LockReply(7, false, false), 1, LOCKED_AT);
        assertThat(stores()).isFalse();
    }

    @Test
    void storesNoPartOfAnotherState() {
        parts.wrote(new Part(loaded, changed, false));
        parts.acknowledge(new LockReply(7, true, false), 1, LOCKED_AT);
        assertThat(stores()).isFalse();
    }

    @Test
    void storesNoPartWhenTheLockWasLostBeforeItWasTakenAgain() {
        parts.wrote(new Part(loaded, changed, true));
        parts.acknowledge(new LockReply(7, true, false), 1, LOCKED_AT);
        parts.acknowledge(new LockReply(7, false, true), 1, LOCKED_AT);
        assertThat(stores()).isTrue();
        parts.acknowledge(new LockReply(7, true, false), 1, LOCKED_AT);
        assertThat(stores()).isFalse();
    }

    @Test
    void storesSeveralPartsOnlyWhenEachGoesOnFromTheOneBefore() {
        parts.acknowledge(new LockReply(7, true, false), 1, LOCKED_AT);
        parts.wrote(new Part(loaded, changed, true));
        parts.wrote(new Part(changed, loaded, false));
        assertThat(stores()).isTrue();
        parts.wrote(new Part(changed, loaded, true));
        assertThat(stores()).isFalse();
    }

    @Test
    void storesNothingThatAVersionWasRaisedAfter() {
        parts.acknowledge(new LockReply(7, true, false), 1, LOCKED_AT);
        parts.touched();
        parts.wrote(new Part(loaded, changed, true));
        assertThat(stores()).isTrue();
        parts.touched();
        assertThat(stores()).isFalse();
        parts.wrote(new WholeRow());
        assertThat(stores()).isTrue();
    }
}
