package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.RowFormat.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the kit about several steps at once. */
interface BatchContract extends ContractSubject {

    @Test
    default void stepsOnOneShardTakeEffectInTheirOrder() {
        Row row = row();
        long version = lock(row, "t");
        Step.ReadRows locked = new Step.ReadRows(List.of(row));
        Step.UnlockRow unlock = unlocking(row, "t", version, entry(row, version, "a"));
        Step.PutRow put = putting(row, version, entry(row, version, "b"), Duration.ZERO, null);
        Step.ReadRows stored = new Step.ReadRows(List.of(row));
        Step.BumpVersion bump = new Step.BumpVersion(row.shard());
        Step.ReadRows dead = new Step.ReadRows(List.of(row));
        Replies replies = backend().execute(List.of(locked, unlock, put, stored, bump, dead));
        assertThat(replies.of(locked).get(0).kind()).isEqualTo(Kind.LOCK);
        assertThat(replies.of(unlock)).isTrue();
        assertThat(replies.of(put).outcome()).isEqualTo(Outcome.PRESENT);
        assertThat(replies.of(stored).get(0).kind()).isEqualTo(Kind.ENTRY);
        assertThat(replies.of(bump)).isEqualTo(version + 1);
        assertThat(replies.of(dead).get(0).kind()).isEqualTo(Kind.DEAD);
    }

    @Test
    default void everyKindOfStepFitsIntoOneBatch() {
        Row row = row();
        Clock clock = clock();
        List<Step<?>> steps = List.of(
                new Step.ReadRows(List.of(row, namespace().row("2"))),
                new Step.LockRow(row, "t"),
                new Step.LockTables(clock, List.of("a", "b"), "t", Step.ANY_TIME),
                new Step.UnlockTables(clock, List.of("a", "b"), "t"),
                new Step.SettleTables(clock, List.of("a", "c")),
                new Step.LockShard(row.shard(), "t", Step.ANY_TIME),
                new Step.UnlockShard(row.shard(), "t"),
                new Step.PutQuery(row.shard().resultKey(1, "x"), new byte[] {1}, Duration.ofMinutes(1)),
                new Step.ReadQuery(row.shard(), row.shard().resultKey(1, "x"), clock, List.of("a")),
                Step.invalidate(row, "t"),
                new Step.BumpVersion(row.shard()),
                new Step.ReadVersion(row.shard()));
        Replies replies = backend().executeAsync(steps).join();
        assertThat(steps)
                .allSatisfy(step -> assertThat((Object) replies.of(step)).isNotNull());
    }

    @Test
    default void hundredsOfRowsAreReadAndWrittenAtOnce() {
        Namespace namespace = namespace();
        List<Row> rows = new ArrayList<>();
        List<Step<?>> steps = new ArrayList<>();
        backend().bumpVersion(namespace);
        for (int i = 0; i < 400; i++) {
            Row row = namespace.row(String.valueOf(i));
            long version = backend().run(new Step.ReadVersion(row.shard()));
            rows.add(row);
            steps.add(putting(row, version, entry(row, version, "body " + i), Duration.ZERO, null));
        }
        backend().execute(steps);
        List<RowState> states = other().run(new Step.ReadRows(rows));
        assertThat(states).hasSize(400).allMatch(state -> state.kind() == Kind.ENTRY);
        assertThat(new String(states.get(123).bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .endsWith("|body 123");
    }

    @Test
    default void eachOfManyRowsIsJudgedByItself() {
        Shard shard = row().shard();
        long version = version(new Row(shard, "1"));
        Row free = new Row(shard, "free");
        Row held = new Row(shard, "held");
        Row gone = new Row(shard, "gone");
        Row full = new Row(shard, "full");
        lock(held, "other");
        unlock(gone, "other", version, null);
        put(full, version, entry(full, version, "old"));

        List<Step.PutRow> puts = new ArrayList<>();
        for (Row each : List.of(free, held, gone, full)) {
            puts.add(putting(each, version, entry(each, version, "new"), Duration.ZERO, null));
        }
        Replies replies = backend().execute(puts);
        assertThat(puts)
                .extracting(put -> replies.of(put).outcome())
                .containsExactly(Outcome.STORED, Outcome.LOCKED, Outcome.UNEXPECTED, Outcome.PRESENT);
        assertThat(puts)
                .extracting(put -> replies.of(put).found())
                .containsExactly(null, null, digest(text(gone)), null);
        assertThat(puts).allSatisfy(put -> assertThat(replies.of(put).version()).isEqualTo(version));

        List<Step.LockRow> locks = List.of(new Step.LockRow(free, "a"), new Step.LockRow(held, "b"));
        Replies locked = backend().execute(locks);
        assertThat(locks)
                .allSatisfy(lock -> assertThat(locked.of(lock).version()).isEqualTo(version));
        assertThat(text(free)).startsWith("dormlock1:0|a=");
        assertThat(text(held)).startsWith("dormlock1:1|b=").contains("|other=");

        List<Step.UnlockRow> unlocks = List.of(
                unlocking(held, "b", version, entry(held, version, "b")),
                unlocking(free, "a", version, entry(free, version, "a")),
                unlocking(full, "c", version, entry(full, version, "c")));
        Replies unlocked = backend().execute(unlocks);
        assertThat(unlocks).extracting(unlocked::of).containsExactly(false, true, false);
        assertThat(text(held)).startsWith("dormlock1:1|other=");
        assertThat(text(free)).endsWith("|a");
        assertThat(text(full)).startsWith("dormtomb1:c.");
    }

    @Test
    default void aRowIsLockedAfterItsShardWhenThatIsTheOrder() {
        Shard shard = row().shard();
        Step.LockRow before = new Step.LockRow(new Row(shard, "before"), "t");
        Step.LockShard bulk = new Step.LockShard(shard, "bulk", Step.ANY_TIME);
        Step.LockRow after = new Step.LockRow(new Row(shard, "after"), "t");
        Replies replies = backend().execute(List.of(before, bulk, after));
        assertThat(replies.of(bulk)).isEqualTo(replies.of(before).version() + 1);
        assertThat(replies.of(after).version()).isEqualTo(replies.of(bulk));
        assertThat(text(before.row())).startsWith("dormlock1:0|");
        assertThat(text(after.row())).startsWith("dormlock1:1|");
    }

    @Test
    default void anEmptyBatchAndAnEmptyReadAreNothing() {
        backend().execute(List.of());
        assertThat(backend().run(new Step.ReadRows(List.of()))).isEmpty();
    }

    @Test
    default void oneRowTwiceIsReadTwice() {
        Row row = row();
        assertThat(backend().run(new Step.ReadRows(List.of(row, row)))).hasSize(2);
    }
}
