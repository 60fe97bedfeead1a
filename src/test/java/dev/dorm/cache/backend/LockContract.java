package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat.Kind;
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
        backend().run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
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

    private LockReply lock(Row row, String token, byte[] expected) {
        return backend().run(new Step.LockRow(row, token, RowFormat.identity(expected), Step.ANY_TIME));
    }

    /** An entry whose signature begins with these digits. */
    private byte[] entry(Row row, String digits) {
        byte[] entry = entry(row, version(row), "a");
        System.arraycopy(digits.getBytes(US_ASCII), 0, entry, RowFormat.ENTRY.length(), digits.length());
        return entry;
    }

    @Test
    default void aLockTellsWhetherItFoundTheEntryThatItsWriterExpected() {
        Row row = row();
        byte[] entry = entry(row, "0123456789abcdef");
        put(row, version(row), entry);
        assertThat(lock(row, "t", entry)).isEqualTo(new LockReply(version(row), true, false));
    }

    @Test
    default void anotherEntryIsNotTheOneExpected() {
        Row row = row();
        put(row, version(row), entry(row, "0123456789abcdef"));
        assertThat(lock(row, "t", entry(row, "0123456789abcde0"))).isEqualTo(new LockReply(version(row), false, false));
    }

    @Test
    default void aDeadEntryIsNotTheOneExpected() {
        Row row = row();
        byte[] entry = entry(row, "0123456789abcdef");
        put(row, version(row), entry);
        backend().run(new Step.BumpVersion(row.shard()));
        assertThat(lock(row, "t", entry).found()).isFalse();
    }

    @Test
    default void whoExpectsNoEntryFindsNone() {
        Row row = row();
        put(row, version(row), entry(row, "0123456789abcdef"));
        assertThat(backend().run(new Step.LockRow(row, "t")).found()).isFalse();
    }

    @Test
    default void aLockTakenAgainTellsWhetherItStoodUntilThen() {
        Row row = row();
        byte[] entry = entry(row, "0123456789abcdef");
        put(row, version(row), entry);
        lock(row, "t", entry);
        assertThat(lock(row, "t", entry)).isEqualTo(new LockReply(version(row), false, true));
        write(row.key(), lockRecord("t", Duration.ofSeconds(-1)));
        assertThat(lock(row, "t", entry)).isEqualTo(new LockReply(version(row), false, false));
    }

    @Test
    default void locksOfOneShardTellEachWhatTheyFound() {
        Namespace namespace = namespace();
        Row one = namespace.row("1");
        Row two = namespace.row("2");
        byte[] entry = entry(one, "0123456789abcdef");
        put(one, version(one), entry);
        Step.LockRow first = new Step.LockRow(two, "t", RowFormat.identity(entry), Step.ANY_TIME);
        Step.LockRow second = new Step.LockRow(one, "t", RowFormat.identity(entry), Step.ANY_TIME);
        Replies replies = backend().execute(List.of(first, second));
        assertThat(replies.of(first).found()).isFalse();
        assertThat(replies.of(second).found()).isTrue();
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
        assertThat(backend().run(new Step.LockRow(row, "a", null, late)).version())
                .isZero();
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
        assertThat(backend().run(new Step.LockRow(row, "a", null, timely)).version())
                .isEqualTo(version);
        assertThat(backend().run(new Step.LockShard(shard, "a", timely))).isEqualTo(version + 1);
        assertThat(backend().run(new Step.LockTables(clock, List.of("t"), "a", timely)))
                .isPositive();
    }

    @Test
    default void eachOfSeveralLocksIsJudgedByItself() {
        Row row = row();
        Row other = new Row(row.shard(), "other");
        long version = version(row);
        List<Step.LockRow> locks = List.of(new Step.LockRow(row, "a", null, 1), new Step.LockRow(other, "a"));
        Replies replies = backend().execute(locks);
        assertThat(locks).extracting(lock -> replies.of(lock).version()).containsExactly(0L, version);
        assertThat(text(row)).isEmpty();
    }
}
