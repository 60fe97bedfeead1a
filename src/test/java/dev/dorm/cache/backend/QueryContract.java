package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the kit about query results and the query clock. */
interface QueryContract extends ContractSubject {

    private QueryState query(Clock clock, String... tables) {
        Shard region = row().shard();
        return other().run(new Step.ReadQuery(region, region.resultKey(1, "none"), clock, List.of(tables)));
    }

    private TableState table(Clock clock, String table) {
        return query(clock, table).tables().get(0);
    }

    private long lock(Clock clock, String token, String... tables) {
        return backend().run(new Step.LockTables(clock, List.of(tables), token, Step.ANY_TIME));
    }

    private long unlock(Clock clock, String token, String... tables) {
        return backend().run(new Step.UnlockTables(clock, List.of(tables), token));
    }

    private long settle(Clock clock, String... tables) {
        return backend().run(new Step.SettleTables(clock, List.of(tables)));
    }

    @Test
    default void aResultComesBackWithWhatDatesIt() {
        Clock clock = clock();
        Row row = row();
        String key = row.shard().resultKey(version(row), "d".repeat(64));
        long now = settle(clock, "a");
        assertThat(backend().run(new Step.PutQuery(key, "result".getBytes(UTF_8), Duration.ZERO)))
                .isTrue();
        QueryState state = other().run(new Step.ReadQuery(row.shard(), key, clock, List.of("a", "b")));
        assertThat(state.result()).isEqualTo("result".getBytes(UTF_8));
        assertThat(state.version()).isEqualTo(version(row));
        assertThat(state.clock()).isEqualTo(now);
        assertThat(state.tables()).containsExactly(new TableState(now, List.of()), TableState.ABSENT);
    }

    @Test
    default void tablesAreRenewedOnceUnderOneMemory() {
        Clock clock = clock();
        long renewed = backend().run(new Step.RenewTables(clock, List.of("a", "b")));
        assertThat(other().run(new Step.RenewTables(clock, List.of("a", "b")))).isEqualTo(renewed);
        assertThat(table(clock, "a").clock()).isEqualTo(renewed);
        long written = unlock(clock, "t", "a");
        assertThat(backend().run(new Step.RenewTables(clock, List.of("a", "b"))))
                .isEqualTo(written);
        assertThat(table(clock, "b").clock()).isEqualTo(renewed);
    }

    @Test
    default void aResultStaysForItsTimeout() {
        Row row = row();
        String key = row.shard().resultKey(1, "d".repeat(64));
        assertThat(other().get(key)).isNull();
        backend().run(new Step.PutQuery(key, new byte[] {1}, Duration.ofMillis(900)));
        assertThat(other().get(key)).isNotNull();
        elapse(Duration.ofMillis(920));
        assertThat(other().get(key)).isNull();
    }

    @Test
    default void whatWasNeverWrittenIsAbsent() {
        Clock clock = clock();
        Row unseeded = namespace().row("1");
        String key = unseeded.shard().resultKey(1, "x");
        assertThat(backend().run(new Step.ReadQuery(unseeded.shard(), key, clock, List.of("a"))))
                .isEqualTo(new QueryState(0, 0, null, List.of(TableState.ABSENT)));
    }

    @Test
    default void aWriteDatesItsTablesTwiceAndLocksThemBetween() {
        Clock clock = clock();
        long before = settle(clock, "a", "b", "c");
        long locked = lock(clock, "t", "a", "b");
        assertThat(locked).isEqualTo(before + 1);
        assertThat(query(clock, "a", "b", "c").tables())
                .containsExactly(
                        new TableState(locked, List.of("t")),
                        new TableState(locked, List.of("t")),
                        new TableState(before, List.of()));
        long unlocked = unlock(clock, "t", "a", "b");
        assertThat(unlocked).isEqualTo(before + 2);
        assertThat(query(clock, "a", "c").clock()).isEqualTo(unlocked);
        assertThat(table(clock, "a")).isEqualTo(new TableState(unlocked, List.of()));
        assertThat(table(clock, "a").covers(before)).isFalse();
        assertThat(table(clock, "a").covers(unlocked)).isTrue();
        assertThat(table(clock, "c").covers(before)).isTrue();
    }

    @Test
    default void writersOfOneTableHoldItTogether() {
        Clock clock = clock();
        lock(clock, "t1", "a");
        lock(clock, "t2", "a");
        lock(clock, "t2", "a");
        assertThat(table(clock, "a").tokens()).containsExactlyInAnyOrder("t1", "t2");
        unlock(clock, "t1", "a");
        assertThat(table(clock, "a").tokens()).containsExactly("t2");
        unlock(clock, "t2", "a");
        assertThat(table(clock, "a").tokens()).isEmpty();
    }

    @Test
    default void settlingSeedsWhatIsAbsentAndLeavesTheOthers() {
        Clock clock = clock();
        long first = settle(clock, "a");
        assertThat(first).isGreaterThan(storeMillis() * 1000 - 60_000_000);
        assertThat(settle(clock, "a")).isEqualTo(first);
        long second = settle(clock, "a", "b");
        assertThat(second).isEqualTo(first + 1);
        assertThat(table(clock, "a").clock()).isEqualTo(first);
        assertThat(table(clock, "b").clock()).isEqualTo(second);
        backend().delete(clock.tableKey("a"));
        assertThat(settle(clock, "a", "b")).isEqualTo(second + 1);
        assertThat(table(clock, "a").clock()).isEqualTo(second + 1);
    }

    @Test
    default void anExpiryNeverValidatesAnOlderResult() {
        Clock clock = clock();
        long before = settle(clock, "a");
        write(clock.tableKey("a"), before + "|dead=" + (storeMillis() - 1000));
        assertThat(table(clock, "a").covers(before)).isFalse();
        assertThat(settle(clock, "a")).isEqualTo(before + 1);
        assertThat(table(clock, "a")).isEqualTo(new TableState(before + 1, List.of()));
    }

    @Test
    default void settlingTakesOutSpentTokensOnly() {
        Clock clock = clock();
        long before = settle(clock, "a");
        long now = storeMillis();
        write(clock.tableKey("a"), before + "|dead=" + (now - 1000) + "|live=" + (now + 30_000));
        settle(clock, "a");
        assertThat(table(clock, "a")).isEqualTo(new TableState(before + 1, List.of("live")));
        assertThat(settle(clock, "a")).isEqualTo(before + 1);
    }

    @Test
    default void aWriterDatesATableWhoseTokensAreSpent() {
        Clock clock = clock();
        long before = settle(clock, "a");
        write(clock.tableKey("a"), before + "|dead=" + (storeMillis() - 1000));
        long locked = lock(clock, "t", "a");
        assertThat(table(clock, "a")).isEqualTo(new TableState(locked, List.of("t")));
    }

    @Test
    default void aLostClockComesBackAboveEveryRecordAtHand() {
        Clock clock = clock();
        settle(clock, "a");
        long ahead = storeMillis() * 1000 + 3_600_000_000L;
        write(clock.tableKey("a"), String.valueOf(ahead));
        backend().delete(clock.key());
        assertThat(settle(clock, "a")).isGreaterThan(ahead);
        assertThat(table(clock, "a").clock()).isEqualTo(ahead);
        backend().delete(clock.key());
        assertThat(lock(clock, "t", "a")).isGreaterThan(ahead);
        unlock(clock, "t", "a");
        write(clock.tableKey("a"), String.valueOf(ahead + 1000));
        backend().delete(clock.key());
        assertThat(unlock(clock, "t", "a")).isGreaterThan(ahead + 1000);
    }

    @Test
    default void aLostClockNeverComesBackToANumberThatWasUsed() {
        Clock clock = clock();
        long last = 0;
        for (int i = 0; i < 5; i++) {
            last = lock(clock, "t", "a");
        }
        backend().delete(clock.key());
        backend().delete(clock.tableKey("a"));
        assertThat(settle(clock, "a")).isGreaterThan(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-5", "1e15", "0", "17|x", "99999999999999999999|t=1"})
    default void aDamagedRecordIsTakenForAbsent(String garbage) {
        Clock clock = clock();
        long before = settle(clock, "a");
        write(clock.tableKey("a"), garbage);
        assertThat(table(clock, "a").covers(Long.MAX_VALUE)).isFalse();
        assertThat(settle(clock, "a")).isEqualTo(before + 1);
        assertThat(table(clock, "a")).isEqualTo(new TableState(before + 1, List.of()));
        write(clock.key(), garbage);
        write(clock.tableKey("a"), garbage);
        assertThat(lock(clock, "t", "a")).isGreaterThan(before);
        assertThat(unlock(clock, "t", "a")).isGreaterThan(before);
        assertThat(table(clock, "a").tokens()).isEmpty();
    }

    @Test
    default void aTokenWhoseDeadlineNobodyCouldHaveSetIsTakenOut() {
        Clock clock = clock();
        long before = settle(clock, "a");
        write(clock.tableKey("a"), before + "|forged=" + (storeMillis() + 86_400_000));
        assertThat(table(clock, "a").covers(before)).isFalse();
        settle(clock, "a");
        assertThat(table(clock, "a")).isEqualTo(new TableState(before + 1, List.of()));
    }
}
