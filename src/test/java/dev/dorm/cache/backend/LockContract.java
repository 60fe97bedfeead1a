package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowState.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the kit about {@link Step.LockRow}. */
interface LockContract extends ContractSubject {

    private static long deadline(String record, String token) {
        return Long.parseLong(record.replaceFirst(".*\\|" + token + "=(\\d+).*", "$1"));
    }

    @Test
    default void aLockTakesTheRowsPlaceAndTellsTheVersion() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "a"));
        assertThat(lock(row, "t-1")).isEqualTo(version);
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
        assertThat(text(row)).matches("dormlock1:0\\|t-1=\\d{13}\\.\\d{16}");
        long lease = deadline(text(row), "t-1") - storeMillis();
        assertThat(lease).isBetween(50_000L, 70_000L);
    }

    @Test
    default void aSecondWriterJoinsAndMakesTheLockConcurrent() {
        Row row = row();
        lock(row, "a");
        lock(row, "b");
        assertThat(text(row)).matches("dormlock1:1\\|a=\\d+\\.\\d+\\|b=\\d+\\.\\d+");
    }

    @Test
    default void theSameTokenAgainOnlyGetsTheNewDeadline() {
        Row row = row();
        write(row.key(), lockRecord("a", Duration.ofSeconds(20)));
        lock(row, "a");
        lock(row, "a");
        assertThat(text(row)).matches("dormlock1:0\\|a=\\d+\\.\\d+");
        assertThat(deadline(text(row), "a") - storeMillis()).isGreaterThan(50_000);
    }

    @Test
    default void aConcurrentLockStaysConcurrentForItsLastToken() {
        Row row = row();
        lock(row, "a");
        long version = lock(row, "b");
        unlock(row, "b", version, null);
        lock(row, "a");
        assertThat(text(row)).matches("dormlock1:1\\|a=\\d+\\.\\d+");
    }

    @Test
    default void aLockUnderARegionLockIsConcurrent() {
        Row row = row();
        backend().run(new Step.LockShard(row.shard(), "bulk"));
        lock(row, "a");
        assertThat(text(row)).matches("dormlock1:1\\|a=\\d+\\.\\d+");
    }

    @Test
    default void spentTokensAreNotJoined() {
        Row row = row();
        write(row.key(), lockRecord("dead", Duration.ofSeconds(-1)));
        lock(row, "a");
        assertThat(text(row)).matches("dormlock1:0\\|a=\\d+\\.\\d+");
    }

    @Test
    default void everyTokenKeepsItsOwnDeadline() {
        Row row = row();
        String record = lockRecord("slow", Duration.ofSeconds(20));
        write(row.key(), record);
        lock(row, "a");
        assertThat(deadline(text(row), "slow")).isEqualTo(deadline(record, "slow"));
        assertThat(text(row)).startsWith("dormlock1:1|a=");
    }

    @Test
    default void aTombstoneIsLockedOver() {
        Row row = row();
        long version = lock(row, "a");
        unlock(row, "a", version, null);
        lock(row, "b");
        assertThat(text(row)).matches("dormlock1:0\\|b=\\d+\\.\\d+");
    }

    @Test
    default void aLockThatComesTooLateChangesNothing() {
        Row row = row();
        Shard shard = row.shard();
        Clock clock = clock();
        Step.LockRow before = new Step.LockRow(new Row(shard, "before"), "a");
        Moment moment = backend().execute(List.of(before)).moment(before);
        long late = moment.micros() - 1;
        long version = version(row);
        assertThat(backend().run(new Step.LockRow(row, "a", late))).isZero();
        assertThat(backend().run(new Step.LockShard(shard, "a", late))).isZero();
        assertThat(backend().run(new Step.LockTables(clock, List.of("t"), "a", late)))
                .isZero();
        assertThat(read(row)).satisfies(state -> {
            assertThat(state.bytes()).isNull();
            assertThat(state.shardLocked()).isFalse();
            assertThat(state.version()).isEqualTo(version);
        });
        assertThat(other().get(clock.tableKey("t"))).isNull();
        long timely = moment.micros() + 60_000_000;
        assertThat(backend().run(new Step.LockRow(row, "a", timely))).isEqualTo(version);
        assertThat(backend().run(new Step.LockShard(shard, "a", timely))).isEqualTo(version + 1);
        assertThat(backend().run(new Step.LockTables(clock, List.of("t"), "a", timely)))
                .isPositive();
    }

    @Test
    default void eachOfSeveralLocksIsJudgedByItself() {
        Row row = row();
        Row other = new Row(row.shard(), "other");
        long version = version(row);
        List<Step.LockRow> locks = List.of(new Step.LockRow(row, "a", 1), new Step.LockRow(other, "a"));
        Replies replies = backend().execute(locks);
        assertThat(locks).extracting(replies::of).containsExactly(0L, version);
        assertThat(text(row)).isEmpty();
    }
}
