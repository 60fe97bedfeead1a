package dev.dorm.cache.backend;

import static dev.dorm.cache.backend.PutReply.Outcome.EVICTED;
import static dev.dorm.cache.backend.PutReply.Outcome.LATE;
import static dev.dorm.cache.backend.PutReply.Outcome.LOCKED;
import static dev.dorm.cache.backend.PutReply.Outcome.NOTHING;
import static dev.dorm.cache.backend.PutReply.Outcome.PRESENT;
import static dev.dorm.cache.backend.PutReply.Outcome.SHARD_LOCKED;
import static dev.dorm.cache.backend.PutReply.Outcome.STORED;
import static dev.dorm.cache.backend.PutReply.Outcome.UNEXPECTED;
import static dev.dorm.cache.backend.PutReply.Outcome.UNPROVEN;
import static dev.dorm.cache.backend.PutReply.Outcome.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.RowFormat.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the kit about {@link Step.PutRow}. */
interface PutContract extends ContractSubject {

    @Test
    default void anEntryFillsAnAbsentRow() {
        Row row = row();
        long version = version(row);
        byte[] entry = entry(row, version, "a");
        assertThat(put(row, version, entry)).isEqualTo(new PutReply(STORED, version, null));
        assertThat(read(row).bytes()).isEqualTo(entry);
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);
        assertThat(read(row).shardLocked()).isFalse();
    }

    @Test
    default void theSameEntryAgainCountsAsStored() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "a"));
        assertThat(put(row, version, entry(row, version, "a")).outcome()).isEqualTo(STORED);
    }

    @Test
    default void anEntryThatIsThereStays() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "a"));
        assertThat(put(row, version, entry(row, version, "b"))).isEqualTo(new PutReply(PRESENT, version, null));
        assertThat(text(row)).endsWith("|a");
    }

    @Test
    default void anUnreadableEntryThatTheCallerExpectsIsReplaced() {
        Row row = row();
        long version = version(row);
        byte[] bad = entry(row, version, "bad");
        put(row, version, bad);
        assertThat(put(row, version, entry(row, version, "b"), RowFormat.digest(bad))
                        .outcome())
                .isEqualTo(STORED);
        assertThat(text(row)).endsWith("|b");
    }

    @Test
    default void aPutUnderAChangedVersionIsRefusedAndTellsTheNewOne() {
        Row row = row();
        long version = version(row);
        long now = backend().run(new Step.BumpVersion(row.shard()));
        assertThat(put(row, version, entry(row, version, "a"))).isEqualTo(new PutReply(VERSION, now, null));
        assertThat(put(row, now + 1, entry(row, now + 1, "a")).outcome()).isEqualTo(VERSION);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    default void aDeadEntryIsReplaced() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "old"));
        long now = backend().run(new Step.BumpVersion(row.shard()));
        assertThat(read(row).kind()).isEqualTo(Kind.DEAD);
        assertThat(put(row, now, entry(row, now, "new")).outcome()).isEqualTo(STORED);
        assertThat(text(row)).endsWith("|new");
    }

    @Test
    default void aPutUnderARegionLockIsRefused() {
        Row row = row();
        long version = backend().run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
        assertThat(put(row, version, entry(row, version, "a"))).isEqualTo(new PutReply(SHARD_LOCKED, version, null));
        assertThat(read(row).bytes()).isNull();
    }

    @Test
    default void aLiveLockIsNeverReplacedNotEvenWhenExpected() {
        Row row = row();
        long version = lock(row, "t");
        String lock = text(row);
        assertThat(put(row, version, entry(row, version, "a"))).isEqualTo(new PutReply(LOCKED, version, null));
        assertThat(put(row, version, entry(row, version, "a"), digest(lock)).outcome())
                .isEqualTo(LOCKED);
        assertThat(text(row)).isEqualTo(lock);
    }

    @Test
    default void aTombstoneIsReplacedOnlyByOneWhoHasSeenIt() {
        Row row = row();
        long version = lock(row, "t");
        unlock(row, "t", version, null);
        byte[] entry = entry(row, version, "a");
        String tombstone = digest(text(row));
        assertThat(put(row, version, entry)).isEqualTo(new PutReply(UNEXPECTED, version, tombstone));
        assertThat(put(row, version, entry, digest("dormtomb1:other")))
                .isEqualTo(new PutReply(UNEXPECTED, version, tombstone));
        assertThat(read(row).kind()).isEqualTo(Kind.TOMBSTONE);
        assertThat(put(row, version, entry, tombstone).outcome()).isEqualTo(STORED);
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);
    }

    @Test
    default void anEntryStaysForItsTimeout() {
        Row row = row();
        Row lasting = new Row(row.shard(), "2");
        long version = version(row);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        backend().run(putting(row, version, entry(row, version, "a"), Duration.ofMillis(900), null));
        backend().run(putting(lasting, version, entry(lasting, version, "a"), Duration.ZERO, null));
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);
        elapse(Duration.ofMillis(920));
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        assertThat(read(lasting).kind()).isEqualTo(Kind.ENTRY);
    }

    @Test
    default void aSpentLockCountsAsAbsent() {
        Row row = row();
        long version = version(row);
        write(row.key(), lockRecord("dead", Duration.ofSeconds(-10)));
        assertThat(put(row, version, entry(row, version, "a")).outcome()).isEqualTo(STORED);
    }

    private PutReply insert(Row row, byte[] entry) {
        return backend()
                .run(new Step.PutRow(
                        row,
                        version(row),
                        read(row).written(),
                        entry,
                        Duration.ZERO,
                        null,
                        false,
                        "gone",
                        Step.ANY_TIME,
                        false));
    }

    @Test
    default void anInsertTakesAwayTheEntryThatStandsInItsPlace() {
        Row row = row();
        put(row, version(row), entry(row, version(row), "old"));
        PutReply reply = insert(row, entry(row, version(row), "new"));
        assertThat(text(row)).startsWith(RowFormat.TOMBSTONE + "gone" + RowFormat.BEFORE_WRITE);
        assertThat(reply).isEqualTo(new PutReply(EVICTED, version(row), digest(text(row))));
    }

    @Test
    default void anInsertFillsAnAbsentRow() {
        Row row = row();
        byte[] entry = entry(row, version(row), "new");
        assertThat(insert(row, entry).outcome()).isEqualTo(STORED);
        assertThat(insert(row, entry).outcome()).isEqualTo(STORED);
        assertThat(read(row).bytes()).isEqualTo(entry);
    }

    @Test
    default void anInsertUnderAnotherVersionTakesAwayWhatStandsToo() {
        Row row = row();
        put(row, version(row), entry(row, version(row), "old"));
        PutReply reply = backend()
                .run(new Step.PutRow(
                        row, 1, 0, entry(row, 1, "new"), Duration.ZERO, null, false, "gone", Step.ANY_TIME, false));
        assertThat(reply.outcome()).isEqualTo(EVICTED);
    }

    @Test
    default void anInsertThatStoresNothingOnlyTakesAnEntryAway() {
        Row row = row();
        assertThat(backend().run(Step.inserted(row, "gone")).outcome()).isEqualTo(NOTHING);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        lock(row, "writer");
        assertThat(backend().run(Step.inserted(row, "gone")).outcome()).isEqualTo(NOTHING);
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
        Row other = row();
        put(other, version(other), entry(other, version(other), "old"));
        assertThat(backend().run(Step.inserted(other, "gone")).outcome()).isEqualTo(EVICTED);
        assertThat(read(other).kind()).isEqualTo(Kind.TOMBSTONE);
    }

    /** A put of somebody who knows of the writes up to a number. */
    private Outcome putKnowing(Row row, long version, long written) {
        byte[] entry = entry(row, version, "old");
        return backend()
                .run(new Step.PutRow(
                        row, version, written, entry, Duration.ZERO, null, false, null, Step.ANY_TIME, false))
                .outcome();
    }

    @Test
    default void anAbsentRowIsFilledOnlyByOneWhoKnowsOfItsLastWrite() {
        Row row = row();
        long version = version(row);
        long before = read(row).written();
        lock(row, "t");
        long locked = read(row).written();
        other().delete(row.key());
        assertThat(putKnowing(row, version, before)).isEqualTo(UNPROVEN);
        unlock(row, "t", version, null);
        other().delete(row.key());
        assertThat(putKnowing(row, version, before)).isEqualTo(UNPROVEN);
        assertThat(putKnowing(row, version, locked)).isEqualTo(UNPROVEN);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        assertThat(putKnowing(row, version, read(row).written())).isEqualTo(STORED);
    }

    @Test
    default void writesInOtherSlicesDoNotMatter() {
        Row row = row();
        long version = version(row);
        long before = read(row).written();
        for (int i = 2; i < 100; i++) {
            Row other = new Row(row.shard(), String.valueOf(i));
            if (other.slice() != row.slice()) {
                unlock(other, "t", version, null);
            }
        }
        assertThat(putKnowing(row, version, before)).isEqualTo(STORED);
    }

    @Test
    default void whereTheNumbersAreLostEveryRowCountsAsWritten() {
        Row row = row();
        long version = version(row);
        long before = read(row).written();
        other().delete(row.shard().slicesKey());
        assertThat(putKnowing(row, version, before)).isEqualTo(UNPROVEN);
        assertThat(read(row).written()).isGreaterThan(before);
        assertThat(putKnowing(row, version, read(row).written())).isEqualTo(STORED);
    }

    @Test
    default void aLostNumberPassesThoseInTheSlices() {
        Row row = row();
        long version = version(row);
        lock(row, "t");
        long locked = read(row).written();
        other().delete(row.shard().writtenKey());
        assertThat(read(row).written()).isZero();
        unlock(row, "t", version, null);
        assertThat(read(row).written()).isGreaterThan(locked);
        other().delete(row.key());
        assertThat(putKnowing(row, version, locked)).isEqualTo(UNPROVEN);
    }

    @Test
    default void aNumberThatWasNeverUsedProvesNothing() {
        Row row = row();
        assertThat(putKnowing(row, version(row), read(row).written() + 1)).isEqualTo(UNPROVEN);
    }

    @Test
    default void aPutThatComesTooLateIsRefused() {
        Row row = row();
        long version = version(row);
        Step.ReadVersion asked = new Step.ReadVersion(row.shard());
        long now = backend().execute(List.of(asked)).moment(asked).micros();
        byte[] entry = entry(row, version, "a");
        long written = read(row).written();
        Step.PutRow late =
                new Step.PutRow(row, version, written, entry, Duration.ZERO, null, false, null, now - 1, false);
        assertThat(backend().run(late).outcome()).isEqualTo(LATE);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        Step.PutRow timely = new Step.PutRow(
                row, version, written, entry, Duration.ZERO, null, false, null, now + 60_000_000, false);
        assertThat(backend().run(timely).outcome()).isEqualTo(STORED);
    }

    /** A put of somebody who may replace an earlier version, and knows of the writes up to a number. */
    private Outcome raise(Row row, byte[] entry, long written) {
        return backend()
                .run(new Step.PutRow(
                        row, version(row), written, entry, Duration.ZERO, null, false, null, Step.ANY_TIME, true))
                .outcome();
    }

    private Outcome raise(Row row, String before, String after) {
        put(row, version(row), entry(row, version(row), before, "old"));
        return raise(row, entry(row, version(row), after, "new"), read(row).written());
    }

    @Test
    default void anEarlierVersionOfTheRowIsReplaced() {
        Row row = row();
        assertThat(raise(row, ";9", ";10")).isEqualTo(STORED);
        assertThat(text(row)).endsWith("|new");
        assertThat(raise(row(), ";0", ";999999999999999")).isEqualTo(STORED);
    }

    @Test
    default void aLaterVersionAndTheSameOneStay() {
        Row row = row();
        assertThat(raise(row, ";10", ";9")).isEqualTo(PRESENT);
        assertThat(text(row)).endsWith("|old");
        assertThat(raise(row(), ";7", ";7")).isEqualTo(PRESENT);
    }

    @Test
    default void whereOneSaysNoVersionTheEntryStays() {
        assertThat(raise(row(), "", ";7")).isEqualTo(PRESENT);
        assertThat(raise(row(), ";7", "")).isEqualTo(PRESENT);
        assertThat(raise(row(), "", "")).isEqualTo(PRESENT);
        for (String none : List.of(";", ";-1", ";x", ";7x", ";1000000000000000", ";1;2", "7")) {
            assertThat(raise(row(), none, ";7")).as(none).isEqualTo(PRESENT);
            assertThat(raise(row(), ";0", none)).as(none).isEqualTo(PRESENT);
        }
    }

    @Test
    default void anEarlierVersionStaysForOneWhoMayNotReplaceIt() {
        Row row = row();
        put(row, version(row), entry(row, version(row), ";1", "old"));
        assertThat(put(row, version(row), entry(row, version(row), ";2", "new")).outcome())
                .isEqualTo(PRESENT);
    }

    @Test
    default void anEarlierVersionStaysWhenTheRowWasWrittenSince() {
        Row row = row();
        long before = read(row).written();
        long version = lock(row, "t");
        unlock(row, "t", version, entry(row, version, ";1", "anew"));
        assertThat(raise(row, entry(row, version, ";2", "old"), before)).isEqualTo(PRESENT);
        assertThat(text(row)).endsWith("|anew");
        assertThat(raise(row, entry(row, version, ";2", "new"), read(row).written()))
                .isEqualTo(STORED);
    }

    @Test
    default void aLockAndATombstoneAreNoEarlierVersions() {
        Row row = row();
        long version = lock(row, "t");
        assertThat(raise(row, entry(row, version, ";2", "new"), read(row).written()))
                .isEqualTo(LOCKED);
        unlock(row, "t", version, null);
        assertThat(raise(row, entry(row, version, ";2", "new"), read(row).written()))
                .isEqualTo(UNEXPECTED);
    }
}
