package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(text(gone)).startsWith("dormtomb1:b.");
    }

    @Test
    default void withoutAnEntryATombstoneStays() {
        Row row = row();
        long version = lock(row, "a");
        assertThat(unlock(row, "a", version, null)).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
        assertThat(read(row).kind()).isEqualTo(Kind.TOMBSTONE);
    }

    @Test
    default void whileOthersHoldTheirLockStaysConcurrent() {
        Row row = row();
        lock(row, "a");
        long version = lock(row, "b");
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).matches("dormlock1:1\\|b=\\d+\\.\\d+");
    }

    @Test
    default void theLastOfSeveralLeavesATombstone() {
        Row row = row();
        lock(row, "a");
        long version = lock(row, "b");
        unlock(row, "a", version, entry(row, version, "x"));
        assertThat(unlock(row, "b", version, entry(row, version, "y"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:b.");
    }

    @Test
    default void oneWhoLostItsLockMakesTheOthersLockConcurrent() {
        Row row = row();
        long version = lock(row, "a");
        backend().delete(row.key());
        lock(row, "b");
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).matches("dormlock1:1\\|b=\\d+\\.\\d+");
        assertThat(unlock(row, "b", version, entry(row, version, "y"))).isFalse();
    }

    @Test
    default void aLostLockEndsInATombstone() {
        Row row = row();
        long version = lock(row, "a");
        backend().delete(row.key());
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
    }

    @Test
    default void aLostLockEndsInATombstoneWhateverIsThereNow() {
        Row row = row();
        long version = lock(row, "a");
        backend().delete(row.key());
        put(row, version, entry(row, version, "older"));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
        assertThat(unlock(row, "c", version, null)).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:c.");
    }

    @Test
    default void aLockPastItsDeadlineIsLost() {
        Row row = row();
        long version = version(row);
        write(row.key(), lockRecord("a", Duration.ofSeconds(-1)));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
    }

    @Test
    default void noTombstoneComesBackUnderTheSameName() {
        Row row = row();
        long version = version(row);
        unlock(row, "a", version, null);
        String first = text(row);
        backend().run(Step.invalidate(row, "a"));
        assertThat(text(row)).isEqualTo(first);
        unlock(row, "b", version, null);
        backend().run(Step.invalidate(row, "a"));
        assertThat(text(row)).startsWith("dormtomb1:a.").isNotEqualTo(first);
    }

    @Test
    default void theMomentTellsTheNameOfTheTombstone() {
        Row row = row();
        Step.UnlockRow unlock = Step.invalidate(row, "a");
        Replies replies = backend().execute(List.of(unlock));
        assertThat(text(row)).isEqualTo("dormtomb1:a." + replies.moment(unlock).written());
    }

    @Test
    default void aLockThatWasTakenOnceMoreIsNotTheOneThatIsUnlocked() {
        Row row = row();
        long version = lock(row, "a");
        Step.UnlockRow unlock = unlocking(row, "a", version, entry(row, version, "x"));
        lock(row, "a");
        assertThat(backend().run(unlock)).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
    }

    @Test
    default void aWriteHasANumberThatNoneHadBefore() {
        Row row = row();
        List<Step<?>> steps =
                List.of(new Step.LockRow(row, "a"), Step.invalidate(row, "a"), new Step.LockRow(row, "b"));
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            for (Step<?> step : steps) {
                numbers.add(backend().execute(List.of(step)).moment(step).written());
            }
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(read(row).written()).isEqualTo(numbers.get(numbers.size() - 1));
    }

    @Test
    default void spentTokensOfOthersDoNotKeepTheLock() {
        Row row = row();
        long version = version(row);
        String dead = "|dead=" + (storeMillis() - 1000) + ".6";
        write(row.key(), lockRecord("a", Duration.ofSeconds(30)) + dead);
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isTrue();
    }

    @Test
    default void underAChangedVersionATombstoneStays() {
        Row row = row();
        long version = lock(row, "a");
        backend().run(new Step.BumpVersion(row.shard()));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
    }

    @Test
    default void underARegionLockATombstoneStays() {
        Row row = row();
        lock(row, "a");
        long version = backend().run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
    }

    @Test
    default void aLockTakenUnderARegionLockNeverStores() {
        Row row = row();
        backend().run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
        lock(row, "a");
        long version = backend().run(new Step.UnlockShard(row.shard(), "bulk"));
        assertThat(unlock(row, "a", version, entry(row, version, "x"))).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:a.");
    }

    @Test
    default void theEntryLosesItsPlaceAfterItsTimeout() {
        Row row = row();
        long version = lock(row, "a");
        byte[] entry = entry(row, version, "new");
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
        assertThat(backend()
                        .run(new Step.UnlockRow(row, "a", number(row, "a"), version, entry, Duration.ofMillis(900))))
                .isTrue();
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);
        elapse(Duration.ofMillis(920));
        assertThat(read(row).kind()).isNotEqualTo(Kind.ENTRY);
    }
}
