package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.signing.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is particular to the store in process: its bound, its index, and who shares it. */
class LocMemStoreTest {

    private static final int MAX = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final LocMemBackend backend = backend(null);
    private final Namespace namespace = backend.layout().namespace("dormqs:app.User");
    private final Row row = namespace.row("1");
    private final long version = backend.version(namespace);

    private LocMemBackend backend(String location) {
        BackendSettings settings = new BackendSettings(
                "default", location, null, null, Duration.ZERO, Duration.ofSeconds(1), MAX, 0, Map.of());
        return new LocMemBackend(settings, nanos::get);
    }

    private void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private byte[] entry(Row of, String body) {
        return (RowFormat.ENTRY + "0".repeat(64) + ":v" + version + "|" + Stamp.at(1) + "|" + of.key() + "|" + body)
                .getBytes(ISO_8859_1);
    }

    private RowState read(Row of) {
        return backend.run(new Step.ReadRows(List.of(of))).get(0);
    }

    private Outcome put(Row of, long written) {
        byte[] entry = entry(of, "x");
        return backend.run(new Step.PutRow(
                        of, version, written, entry, Duration.ZERO, null, false, null, Step.ANY_TIME, false))
                .outcome();
    }

    private boolean write(Row of, String body) {
        Step.LockRow lock = new Step.LockRow(of, "t");
        long number = backend.execute(List.of(lock)).moment(lock).written();
        return backend.run(new Step.UnlockRow(of, "t", number, version, entry(of, body), Duration.ZERO));
    }

    /** Fills the store with entries that are asked for more often than this row, until it is evicted. */
    private void evict(Row victim) {
        for (int i = 0; backend.store().keys().contains(victim.key()); i++) {
            assertThat(i).as("entries put in vain").isLessThan(100 * MAX);
            backend.set("dormqs:filler:" + i, new byte[] {1});
            for (int times = 0; times < 15; times++) {
                backend.get("dormqs:filler:" + i);
            }
        }
    }

    @Test
    void entriesAreBounded() {
        for (int i = 0; i < 10 * MAX; i++) {
            backend.set("dormqs:app.User:" + i, new byte[] {1});
        }
        assertThat(backend.store().keys()).hasSizeLessThanOrEqualTo(MAX + 3);
    }

    @Test
    void whatKeepsRowsCoherentIsNotEvictedForSize() {
        for (int i = 0; i < 5 * MAX; i++) {
            backend.run(new Step.LockRow(namespace.row("locked" + i), "t"));
            backend.run(Step.invalidate(namespace.row("gone" + i), "t"));
        }
        fill();
        for (int i = 0; i < 5 * MAX; i++) {
            assertThat(read(namespace.row("locked" + i)).kind()).isEqualTo(Kind.LOCK);
            assertThat(read(namespace.row("gone" + i)).kind()).isEqualTo(Kind.TOMBSTONE);
        }
        assertThat(backend.version(namespace)).isEqualTo(version);
        elapse(Duration.ofSeconds(61));
        backend.set("dormqs:another", new byte[] {1});
        assertThat(backend.store().keys()).hasSizeLessThanOrEqualTo(MAX + 3);
    }

    private void fill() {
        for (int i = 0; i < 5 * MAX; i++) {
            backend.set("dormqs:filler:" + i, new byte[] {1});
        }
    }

    @Test
    void whatWasLoadedBeforeAWriteDoesNotFillTheRowWhoseEntryWasEvicted() {
        long before = read(row).written();
        assertThat(write(row, "new")).isTrue();
        evict(row);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        assertThat(put(row, before)).isEqualTo(Outcome.UNPROVEN);
        assertThat(put(row, read(row).written())).isEqualTo(Outcome.STORED);
        evict(row);
        elapse(Duration.ofSeconds(61));
        assertThat(put(row, before)).as("by now who knows no more is too old").isEqualTo(Outcome.STORED);
    }

    @Test
    void anOperatorsDeletionLeavesNothing() {
        write(row, "new");
        assertThat(backend.delete(row.key())).isTrue();
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
        write(row, "new");
        assertThat(backend.deletePattern(row.shard().rowPrefix() + "*")).isEqualTo(1);
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void aLockAndATombstoneLeaveWithTheirDeadline() {
        backend.run(new Step.LockRow(row, "t"));
        backend.run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
        Row gone = namespace.row("gone");
        backend.run(Step.invalidate(gone, "t"));
        elapse(Duration.ofSeconds(59));
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
        assertThat(read(row).shardLocked()).isTrue();
        assertThat(read(gone).kind()).isEqualTo(Kind.TOMBSTONE);
        elapse(Duration.ofSeconds(2));
        assertThat(read(row))
                .isEqualTo(new RowState(version + 1, false, null, read(row).written()));
        assertThat(read(gone).kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void anUnlockAgainLeavesTheTombstoneItsTime() {
        backend.run(Step.invalidate(row, "t"));
        elapse(Duration.ofSeconds(40));
        backend.run(Step.invalidate(row, "t"));
        elapse(Duration.ofSeconds(21));
        assertThat(read(row).kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void aPatternWithALiteralPrefixLooksAtItsMatchesOnly() {
        for (int i = 0; i < 50; i++) {
            backend.set("dormqs:app.User:" + i, new byte[] {1});
            backend.set("dormqs:app.Users:" + i, new byte[] {1});
        }
        assertThat(backend.store().candidates(new Glob("dormqs:app.User:*")))
                .allMatch(key -> key.startsWith("dormqs:app.User:"))
                .hasSizeLessThanOrEqualTo(50);
        assertThat(backend.store().candidates(new Glob("*User:*"))).hasSizeGreaterThan(50);
    }

    @Test
    void theIndexForgetsWhatExpiredOrWasEvicted() {
        backend.set("dormqs:brief", new byte[] {1}, Duration.ofSeconds(1));
        elapse(Duration.ofSeconds(2));
        assertThat(backend.deletePattern("dormqs:brief*")).isZero();
        assertThat(backend.store().keys())
                .containsExactlyInAnyOrder(
                        row.shard().versionKey(),
                        row.shard().writtenKey(),
                        row.shard().slicesKey());
    }

    @Test
    void clearDropsEverything() {
        put(row, 0);
        backend.set("dormqs:x", new byte[] {1});
        backend.clear();
        assertThat(backend.store().keys()).isEmpty();
        assertThat(backend.version(namespace)).isGreaterThan(version);
    }

    @Test
    void backendsWithOneLocationShareTheirStoreUntilTheLastIsClosed() {
        String name = "shared-" + UUID.randomUUID();
        LocMemBackend first = backend(name);
        LocMemBackend second = backend(name);
        first.set("key", new byte[] {1});
        assertThat(second.get("key")).containsExactly(1);
        assertThat(backend(name + "x").get("key")).isNull();
        first.close();
        first.close();
        assertThat(second.get("key")).containsExactly(1);
        second.close();
        try (LocMemBackend third = backend(name)) {
            assertThat(third.get("key")).isNull();
        }
    }

    @Test
    void withoutALocationTheStoreIsPrivate() {
        backend.set("key", new byte[] {1});
        assertThat(backend(null).get("key")).isNull();
    }
}
