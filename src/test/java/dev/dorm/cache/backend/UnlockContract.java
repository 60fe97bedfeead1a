package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowState.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The part of the kit about {@link Step.UnlockRow}. */
interface UnlockContract extends ContractSubject {

    @Test
    default void theOnlyLockersEntryIsStored() {
        Row row = row();
        long version = lock(row, "a");
        byte[] entry = entry(row, version, "new");
        assertThat(unlock(row, "a", version, entry)).isTrue();
        assertThat(read(row).bytes()).isEqualTo(entry);
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);
    }

    @Test
    default void anUnlockAgainChangesNothing() {
        Row row = row();
        long version = lock(row, "a");
        byte[] entry = entry(row, version, "new");
        unlock(row, "a", version, entry);
        assertThat(unlock(row, "a", version, entry)).isTrue();
        assertThat(read(row).bytes()).isEqualTo(entry);
        Row gone = new Row(row.shard(), "gone");
        lock(gone, "b");
        assertThat(unlock(gone, "b", version, null)).isFalse();
        assertThat(unlock(gone, "b", version, entry(gone, version, "x"))).isFalse();
        assertThat(text(gone)).isEqualTo("dormtomb1:b");
    }

    @Test
    default void withoutAnEntryATombstoneStays() {
        Row row = row();
        long version = lock(row, "a");
        assertThat(unlock(row, "a", version, null)).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
        assertThat(read(row).kind()).isEqualTo(Kind.TOMBSTONE);
    }

    @Test
    default void whileOthersHoldTheirLockStaysConcurrent() {
        Row row = row();
        lock(row, "a");
        long version = lock(row, "b");
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).matches("dormlock1:1\\|b=\\d+");
    }

    @Test
    default void theLastOfSeveralLeavesATombstone() {
        Row row = row();
        lock(row, "a");
        long version = lock(row, "b");
        unlock(row, "a", version, entry(row, version, "x"));
        assertThat(unlock(row, "b", version, entry(row, version, "y"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:b");
    }

    @Test
    default void oneWhoLostItsLockMakesTheOthersLockConcurrent() {
        Row row = row();
        long version = lock(row, "a");
        backend().delete(row.key());
        lock(row, "b");
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).matches("dormlock1:1\\|b=\\d+");
        assertThat(unlock(row, "b", version, entry(row, version, "y"))).isFalse();
    }

    @Test
    default void aLostLockEndsInATombstone() {
        Row row = row();
        long version = lock(row, "a");
        backend().delete(row.key());
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
    }

    @Test
    default void aLostLockEndsInATombstoneWhateverIsThereNow() {
        Row row = row();
        long version = lock(row, "a");
        backend().delete(row.key());
        put(row, version, entry(row, version, "older"));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
        assertThat(unlock(row, "c", version, null)).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:c");
    }

    @Test
    default void aLockPastItsDeadlineIsLost() {
        Row row = row();
        long version = version(row);
        write(row.key(), lockRecord("a", Duration.ofSeconds(-1)));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
    }

    @Test
    default void spentTokensOfOthersDoNotKeepTheLock() {
        Row row = row();
        long version = version(row);
        String dead = "|dead=" + (storeMillis() - 1000);
        write(row.key(), lockRecord("a", Duration.ofSeconds(30)) + dead);
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isTrue();
    }

    @Test
    default void underAChangedVersionATombstoneStays() {
        Row row = row();
        long version = lock(row, "a");
        backend().run(new Step.BumpVersion(row.shard()));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
    }

    @Test
    default void underARegionLockATombstoneStays() {
        Row row = row();
        lock(row, "a");
        long version = backend().run(new Step.LockShard(row.shard(), "bulk"));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
    }

    @Test
    default void aLockTakenUnderARegionLockNeverStores() {
        Row row = row();
        backend().run(new Step.LockShard(row.shard(), "bulk"));
        lock(row, "a");
        long version = backend().run(new Step.UnlockShard(row.shard(), "bulk"));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).isEqualTo("dormtomb1:a");
    }

    @Test
    default void theEntryLosesItsPlaceAfterItsTimeout() {
        Row row = row();
        long version = lock(row, "a");
        byte[] entry = entry(row, version, "new");
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
        assertThat(backend().run(new Step.UnlockRow(row, "a", version, entry, Duration.ofMillis(900))))
                .isTrue();
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);
        elapse(Duration.ofMillis(920));
        assertThat(read(row).kind()).isNotEqualTo(Kind.ENTRY);
    }
}
