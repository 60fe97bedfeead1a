package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is owed after an outage stays as small as the mapping, however much was written in it. */
class PendingInvalidationsTest {

    private final LocMemBackend backend = new LocMemBackend(BackendSettings.defaults());
    private final Namespace namespace = backend.layout().namespace("dormqs:a");
    private final Shard shard = namespace.shards().get(0);
    private final PendingInvalidations pending = new PendingInvalidations();

    private List<Step<?>> paid() {
        List<Step<?>> paid = new ArrayList<>();
        assertThat(pending.settle(paid::addAll)).isTrue();
        assertThat(pending.any()).isFalse();
        return paid;
    }

    private List<Step<?>> released() {
        List<Step<?>> released = new ArrayList<>();
        assertThat(pending.release(released::addAll)).isTrue();
        assertThat(pending.anyLocks()).isFalse();
        return released;
    }

    @Test
    void rowsAreOwedAsOneBumpOfTheirShard() {
        for (int id = 0; id < 10_000; id++) {
            pending.add(Step.invalidate(namespace.row("" + id), "t" + id));
        }
        assertThat(pending.size()).isEqualTo(1);
        assertThat(paid()).containsExactly(new Step.BumpVersion(shard));
        assertThat(pending.size()).isZero();
        assertThat(paid()).isEmpty();
        assertThat(released()).hasSize(PendingInvalidations.MAX_LOCKS);
        assertThat(released()).isEmpty();
    }

    @Test
    void tablesAreOwedAsOneWrite() {
        Clock clock = backend.layout().clock("");
        for (int i = 0; i < 10_000; i++) {
            pending.add(new Step.UnlockTables(clock, List.of("t" + i % 3), "w" + i));
        }
        assertThat(pending.size()).isEqualTo(1);
        List<Step<?>> paid = paid();
        assertThat(paid).hasSize(1);
        assertThat((Step.UnlockTables) paid.get(0)).satisfies(write -> {
            assertThat(write.token()).isEqualTo("w9999");
            assertThat(write.tables()).containsExactlyInAnyOrder("t0", "t1", "t2");
        });
        assertThat(paid()).isEmpty();
        assertThat(released()).hasSize(PendingInvalidations.MAX_LOCKS);
    }

    /** Its request may have arrived without its reply: nobody would read the row or the table until the lock ends. */
    @Test
    void locksThatMayStandAreTakenOutOneByOne() {
        Clock clock = backend.layout().clock("");
        byte[] entry = {1};
        pending.add(new Step.UnlockRow(namespace.row("1"), "a", 3, 7, entry, Duration.ofSeconds(1)));
        pending.add(new Step.UnlockRow(namespace.row("1"), "b", 3, 7, entry, Duration.ofSeconds(1)));
        pending.add(new Step.UnlockTables(clock, List.of("t"), "a"));
        pending.add(new Step.UnlockTables(clock, List.of("u"), "b"));
        assertThat(paid()).contains(new Step.BumpVersion(shard)).hasSize(2);
        assertThat(released())
                .containsExactly(
                        Step.invalidate(namespace.row("1"), "a"),
                        Step.invalidate(namespace.row("1"), "b"),
                        new Step.UnlockTables(clock, List.of("t"), "a"));
    }

    @Test
    void locksThatCouldNotBeTakenOutAreTriedAgain() {
        pending.add(Step.invalidate(namespace.row("1"), "a"));
        assertThat(pending.release(locks -> false)).isFalse();
        assertThat(pending.anyLocks()).isTrue();
        assertThat(released()).containsExactly(Step.invalidate(namespace.row("1"), "a"));
    }

    @Test
    void regionLocksAreOwedOneByOneUntilThereAreTooMany() {
        for (int i = 0; i < 10_000; i++) {
            pending.add(new Step.UnlockShard(shard, "w" + i));
        }
        assertThat(pending.size()).isEqualTo(PendingInvalidations.MAX_TOKENS + 1);
        assertThat(paid()).contains(new Step.BumpVersion(shard), new Step.UnlockShard(shard, "w0"));
        pending.add(new Step.UnlockShard(shard, "again"));
        assertThat(paid()).containsExactly(new Step.UnlockShard(shard, "again"));
    }

    @Test
    void whatIsAddedWhileDebtsArePaidStaysOwed() {
        pending.add(new Step.BumpVersion(shard));
        assertThat(pending.settle(bill -> {
                    pending.add(new Step.BumpVersion(shard));
                    return true;
                }))
                .isTrue();
        assertThat(pending.size()).isEqualTo(1);
        assertThat(pending.settle(bill -> false)).isFalse();
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void readsAndLocksOweNothing() {
        pending.add(new Step.ReadVersion(shard));
        pending.add(new Step.LockShard(shard, "t", Step.ANY_TIME));
        assertThat(pending.size()).isZero();
    }
}
