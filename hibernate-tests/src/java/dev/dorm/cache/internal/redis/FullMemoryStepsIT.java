package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.ContractSubject;
import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Redis whose memory is full, and which evicts nothing, takes every step but the storing of entries. */
class FullMemoryStepsIT implements ContractSubject {

    private static final String KNOWN = "known";
    private static final List<String> TABLES = List.of(KNOWN, "unknown");

    private static OwnRedis server;
    private static Backend backend;

    @BeforeAll
    static void start() {
        server = RedisServer.startOwn();
        backend = new RedisBackend(RedisBackendIT.settings(server.url()));
    }

    @AfterAll
    static void stop() {
        backend.close();
        server.close();
    }

    @AfterEach
    void makeRoom() {
        memory(0);
    }

    private static void fill() {
        memory(1);
    }

    /** Under the policy that Redis has by itself, which is noeviction. */
    private static void memory(int most) {
        Ask.server(server, "config", "set", "maxmemory", String.valueOf(most));
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Backend other() {
        return backend;
    }

    @Override
    public void elapse(Duration duration) {
        throw new UnsupportedOperationException("nothing here waits");
    }

    @Override
    public long storeMillis() {
        return System.currentTimeMillis();
    }

    /** What stands in Redis before a step. */
    private enum Before {
        NOTHING,
        EVERYTHING,
        EVERYTHING_BUT_COUNTERS,
        EVERYTHING_BUT_SLICES
    }

    private void prepare(Before before, Row row, Clock clock) {
        if (before == Before.NOTHING) {
            return;
        }
        Shard shard = row.shard();
        long version = version(row);
        put(row, version, entry(row, version, "old"));
        backend.run(new Step.LockTables(clock, List.of(KNOWN), "other", Step.ANY_TIME));
        if (before == Before.EVERYTHING_BUT_COUNTERS) {
            Stream.of(shard.versionKey(), shard.writtenKey(), shard.slicesKey(), clock.key())
                    .forEach(backend::delete);
        }
        if (before == Before.EVERYTHING_BUT_SLICES) {
            backend.delete(shard.slicesKey());
        }
    }

    /** Returns a step of each kind. */
    private List<Step<?>> steps(Row row, Clock clock) {
        Shard shard = row.shard();
        RowState state = read(row);
        byte[] entry = entry(row, state.version(), "new");
        String result = shard.resultKey(state.version(), "q");
        return List.of(
                new Step.ReadRows(List.of(row)),
                new Step.ReadQuery(shard, result, clock, TABLES),
                new Step.ReadVersion(shard),
                new Step.LockRow(row, "t"),
                unlocking(row, "t", state.version(), entry),
                new Step.LockShard(shard, "t", Step.ANY_TIME),
                new Step.UnlockShard(shard, "t"),
                new Step.BumpVersion(shard),
                new Step.LockTables(clock, TABLES, "t", Step.ANY_TIME),
                new Step.UnlockTables(clock, TABLES, "t"),
                new Step.SettleTables(clock, TABLES),
                new Step.RenewShard(shard),
                new Step.RenewTables(clock, TABLES),
                putting(row, state.version(), entry, Duration.ZERO, null),
                new Step.PutQuery(result, entry, Duration.ofMinutes(1)));
    }

    static Collection<Class<?>> kinds() {
        return kinds(Step.class).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(FullMemoryStepsIT::kinds)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindOfStepIsTaken(Class<?> kind) {
        for (Before before : Before.values()) {
            Row row = namespace().row("1");
            Clock clock = clock();
            prepare(before, row, clock);
            fill();
            List<Step<?>> ofKind =
                    steps(row, clock).stream().filter(kind::isInstance).toList();
            assertThat(ofKind).as("a step for this test").hasSize(1);
            Object reply = backend.run(ofKind.get(0));
            if (reply instanceof PutReply put) {
                assertThat(put.outcome()).as(before.name()).isNotEqualTo(Outcome.STORED);
            } else if (kind == Step.PutQuery.class) {
                assertThat(reply).isEqualTo(false);
            } else if (reply instanceof Long number) {
                assertThat(number).isPositive();
            }
            makeRoom();
        }
    }

    @Test
    void aWriteLeavesNothingOld() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "old"));
        fill();
        assertThat(lock(row, "t")).isEqualTo(version);
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
        assertThat(unlock(row, "t", version, entry(row, version, "new"))).isFalse();
        assertThat(read(row).kind()).isEqualTo(Kind.TOMBSTONE);
        String tombstone = digest(text(row));
        assertThat(put(row, version, entry(row, version, "new"), tombstone).outcome())
                .isEqualTo(Outcome.NO_MEMORY);
        makeRoom();
        assertThat(put(row, version, entry(row, version, "new"), tombstone).outcome())
                .isEqualTo(Outcome.STORED);
        assertThat(text(row)).endsWith("|new");
    }

    @Test
    void whatIsOldIsTakenAwayOrReplaced() {
        Row gone = row();
        long version = version(gone);
        put(gone, version, entry(gone, version, "old"));
        Row raised = row();
        long version2 = version(raised);
        put(raised, version2, entry(raised, version2, ";1", "old"));
        fill();
        assertThat(backend.run(Step.inserted(gone, "t")).outcome()).isEqualTo(Outcome.EVICTED);
        assertThat(read(gone).kind()).isEqualTo(Kind.TOMBSTONE);
        byte[] later = entry(raised, version2, ";2", "new");
        long written = read(raised).written();
        assertThat(backend.run(new Step.PutRow(
                                raised, version2, written, later, Duration.ZERO, null, false, null, 0, true))
                        .outcome())
                .isEqualTo(Outcome.STORED);
        assertThat(text(raised)).endsWith("|new");
    }

    @Test
    void aScriptRefusesAllEntriesOnceItHasMetFullMemory() {
        Row one = row();
        Row two = new Row(one.shard(), "2");
        long version = version(one);
        put(one, version, entry(one, version, "old"));
        Step.PutRow inserted = Step.inserted(one, "t");
        Step.PutRow second = putting(two, version, entry(two, version, "new"), Duration.ZERO, null);
        fill();
        Replies replies = backend.execute(List.of(inserted, second));
        assertThat(replies.of(inserted).outcome()).isEqualTo(Outcome.EVICTED);
        assertThat(replies.of(second).outcome()).isEqualTo(Outcome.NO_MEMORY);
        assertThat(read(two).kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void whatIsRefusedDoesNotHoldUpTheRest() {
        Row written = row();
        Row loaded = row();
        long version = version(written);
        long loadedVersion = version(loaded);
        put(written, version, entry(written, version, "old"));
        lock(written, "t");
        String result = written.shard().resultKey(version, "q");
        Step.PutQuery query = new Step.PutQuery(result, new byte[] {1}, Duration.ZERO);
        Step.UnlockRow unlock = unlocking(written, "t", version, null);
        Step.PutRow put = putting(loaded, loadedVersion, entry(loaded, loadedVersion, "x"), Duration.ZERO, null);
        Step.BumpVersion bump = new Step.BumpVersion(loaded.shard());
        fill();
        Replies replies = backend.execute(List.of(query, put, unlock, bump));
        assertThat(replies.of(query)).isFalse();
        assertThat(replies.of(put).outcome()).isEqualTo(Outcome.NO_MEMORY);
        assertThat(replies.of(unlock)).isFalse();
        assertThat(replies.of(bump)).isEqualTo(loadedVersion + 1);
        assertThat(Set.of(read(written).kind(), read(loaded).kind()))
                .containsExactlyInAnyOrder(Kind.TOMBSTONE, Kind.ABSENT);
        assertThat(backend.get(result)).isNull();
    }

    /** Nothing of the protocol is stored so: whoever does it is told. */
    @Test
    void aValueOfNoStepIsRefusedWithTheCause() {
        fill();
        assertThatThrownBy(() -> backend.set("dormqs:any", new byte[] {1}))
                .isInstanceOf(BackendException.class)
                .hasMessageContainingAll("OOM", "volatile-lru");
    }
}
