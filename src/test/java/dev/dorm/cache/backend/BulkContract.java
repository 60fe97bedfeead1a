package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.RowFormat.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The part of the kit about {@link Step.LockShard} and {@link Step.UnlockShard}. */
interface BulkContract extends ContractSubject {

    private long lock(Shard shard, String token) {
        return backend().run(new Step.LockShard(shard, token, Step.ANY_TIME));
    }

    private long unlock(Shard shard, String token) {
        return backend().run(new Step.UnlockShard(shard, token));
    }

    @Test
    default void aRegionLockBumpsTheVersionBeforeAndAfter() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "old"));
        assertThat(lock(row.shard(), "b")).isEqualTo(version + 1);
        assertThat(read(row).shardLocked()).isTrue();
        assertThat(read(row).kind()).isEqualTo(Kind.DEAD);
        assertThat(unlock(row.shard(), "b")).isEqualTo(version + 2);
        assertThat(read(row).shardLocked()).isFalse();
        assertThat(version(row)).isEqualTo(version + 2);
    }

    @Test
    default void theLastTokenTakesTheRegionLockWithIt() {
        Row row = row();
        lock(row.shard(), "a");
        lock(row.shard(), "b");
        unlock(row.shard(), "a");
        assertThat(read(row).shardLocked()).isTrue();
        unlock(row.shard(), "b");
        assertThat(read(row).shardLocked()).isFalse();
        assertThat(backend().get(row.shard().lockKey())).isNull();
    }

    @Test
    default void theLaterTokenLeavesTheEarlierOnesLock() {
        Row row = row();
        lock(row.shard(), "a");
        lock(row.shard(), "b");
        unlock(row.shard(), "b");
        assertThat(read(row).shardLocked()).isTrue();
        unlock(row.shard(), "a");
        assertThat(read(row).shardLocked()).isFalse();
    }

    @Test
    default void lockingAndUnlockingAgainIsHarmless() {
        Row row = row();
        lock(row.shard(), "a");
        lock(row.shard(), "a");
        unlock(row.shard(), "a");
        assertThat(read(row).shardLocked()).isFalse();
        long version = version(row);
        assertThat(unlock(row.shard(), "a")).isEqualTo(version + 1);
        assertThat(read(row).shardLocked()).isFalse();
    }

    @Test
    default void aSpentRegionLockDoesNotStand() {
        Row row = row();
        long version = version(row);
        write(row.shard().lockKey(), lockRecord("dead", Duration.ofSeconds(-1)));
        assertThat(put(row, version, entry(row, version, "a")).outcome()).isEqualTo(Outcome.STORED);
        assertThat(read(row).shardLocked()).isFalse();
    }

    @Test
    default void spentTokensDoNotKeepARegionLock() {
        Row row = row();
        write(row.shard().lockKey(), lockRecord("dead", Duration.ofSeconds(-1)));
        lock(row.shard(), "a");
        unlock(row.shard(), "a");
        assertThat(read(row).shardLocked()).isFalse();
    }

    @Test
    default void otherNamespacesAreNotConcerned() {
        Row row = row();
        Row elsewhere = row();
        long version = version(elsewhere);
        lock(row.shard(), "a");
        assertThat(read(elsewhere).shardLocked()).isFalse();
        assertThat(version(elsewhere)).isEqualTo(version);
    }
}
