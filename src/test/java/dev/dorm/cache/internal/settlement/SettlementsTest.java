package dev.dorm.cache.internal.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is under way is not overtaken, and only so much is. */
class SettlementsTest {

    private static final Shard BOOKS = shard("books");
    private static final Shard FILMS = shard("films");
    private static final Row BOOK = new Row(BOOKS, "1");
    private static final Clock CLOCK = Layout.UNDIVIDED.clock("");

    private final Counters counters = Counters.ofAlias();
    private final List<CompletableFuture<?>> waits = new ArrayList<>();
    private Consumer<CompletableFuture<?>> during = over -> {};
    private final Settlements settlements = new Settlements(
            over -> {
                waits.add(over);
                during.accept(over);
            },
            counters);

    /** Keeps the order of whatever is under way, or of nothing. */
    private static final class Ordered extends ForwardingBackend {

        private final List<Collection<? extends CompletableFuture<Replies>>> asked = new ArrayList<>();
        private final @Nullable StepExecutor way;

        private Ordered(@Nullable StepExecutor way) {
            super(new LocMemBackend(BackendSettings.defaults()));
            this.way = way;
        }

        @Override
        public @Nullable StepExecutor behind(Collection<? extends CompletableFuture<Replies>> earlier) {
            asked.add(earlier);
            return way;
        }
    }

    private final Ordered unordered = new Ordered(null);

    private void awaitBefore(List<? extends Step<?>> later) {
        assertThat(settlements.before(later, unordered)).isSameAs(unordered);
    }

    private static Shard shard(String name) {
        return Layout.UNDIVIDED.namespace("dormqs:" + name).shards().get(0);
    }

    private static Step<?> unlock(Row row) {
        return new Step.UnlockRow(row, "t", 1, 1, null, Duration.ZERO);
    }

    private static Step<?> put(Row row) {
        return new Step.PutRow(row, 1, 1, new byte[0], Duration.ZERO, null, false, null, 0, false);
    }

    static Stream<Arguments> comeToTheSamePlace() {
        Step<?> region = new Step.UnlockShard(BOOKS, "t");
        Step<?> tables = new Step.UnlockTables(CLOCK, List.of("book", "author"), "t");
        Step<?> result = new Step.PutQuery("result", new byte[0], Duration.ZERO);
        return Stream.of(
                Arguments.of(unlock(BOOK), new Step.ReadRows(List.of(new Row(FILMS, "1"), BOOK))),
                Arguments.of(unlock(BOOK), new Step.LockRow(BOOK, "u")),
                Arguments.of(unlock(BOOK), put(BOOK)),
                Arguments.of(put(BOOK), new Step.ReadRows(List.of(BOOK))),
                Arguments.of(put(BOOK), Step.invalidate(BOOK, "u")),
                Arguments.of(region, new Step.ReadRows(List.of(BOOK))),
                Arguments.of(region, new Step.LockRow(BOOK, "u")),
                Arguments.of(region, put(BOOK)),
                Arguments.of(region, new Step.LockShard(BOOKS, "u", 0)),
                Arguments.of(region, new Step.ReadVersion(BOOKS)),
                Arguments.of(tables, new Step.ReadQuery(FILMS, "other", CLOCK, List.of("author"))),
                Arguments.of(tables, new Step.SettleTables(CLOCK, List.of("book"))),
                Arguments.of(result, new Step.ReadQuery(FILMS, "result", CLOCK, List.of())),
                Arguments.of(result, new Step.PutQuery("result", new byte[0], Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("comeToTheSamePlace")
    void whoComesToTheSamePlaceWaits(Step<?> underWay, Step<?> later) {
        Settlements.UnderWay first = settlements.begin(List.of(underWay));
        awaitBefore(List.of(later));
        assertThat(waits).hasSize(1);
        assertThat(counters.get(Counter.SETTLEMENT_AWAITED)).isEqualTo(1);

        first.end();
        assertThat(waits.get(0)).isCompleted();
        awaitBefore(List.of(later));
        assertThat(waits).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("comeToTheSamePlace")
    void whereTheOrderIsKeptTheyGoBehindIt(Step<?> underWay, Step<?> later) {
        CompletableFuture<Replies> replies = new CompletableFuture<>();
        settlements.begin(List.of(underWay)).sent(replies);
        Ordered ordered = new Ordered(new LocMemBackend(BackendSettings.defaults()));
        assertThat(settlements.before(List.of(later), ordered)).isSameAs(ordered.way);
        assertThat(ordered.asked).hasSize(1);
        assertThat(ordered.asked.get(0)).singleElement().isSameAs(replies);
        assertThat(waits).isEmpty();
        assertThat(counters.get(Counter.SETTLEMENT_AWAITED)).isZero();
    }

    @Test
    void behindWhatIsNotSentYetNothingGoes() {
        settlements.begin(List.of(unlock(BOOK))).sent(new CompletableFuture<>());
        settlements.begin(List.of(put(BOOK)));
        Ordered ordered = new Ordered(new LocMemBackend(BackendSettings.defaults()));
        assertThat(settlements.before(List.of(new Step.ReadRows(List.of(BOOK))), ordered))
                .isSameAs(ordered);
        assertThat(ordered.asked).isEmpty();
        assertThat(waits).hasSize(1);
    }

    static Stream<Arguments> goElsewhere() {
        return Stream.of(
                Arguments.of(unlock(BOOK), new Step.ReadRows(List.of(new Row(BOOKS, "2"), new Row(FILMS, "1")))),
                Arguments.of(unlock(BOOK), new Step.LockShard(BOOKS, "u", 0)),
                Arguments.of(unlock(BOOK), new Step.ReadQuery(FILMS, "other", CLOCK, List.of("book"))),
                Arguments.of(new Step.UnlockShard(BOOKS, "t"), new Step.LockRow(new Row(FILMS, "1"), "u")),
                Arguments.of(
                        new Step.UnlockTables(CLOCK, List.of("book"), "t"),
                        new Step.ReadQuery(FILMS, "other", CLOCK, List.of("film"))),
                Arguments.of(
                        new Step.UnlockTables(CLOCK, List.of("book"), "t"),
                        new Step.LockTables(CLOCK, List.of("book"), "u", 0)),
                Arguments.of(
                        new Step.UnlockTables(CLOCK, List.of("book"), "t"),
                        new Step.UnlockTables(CLOCK, List.of("book"), "u")),
                Arguments.of(
                        new Step.UnlockTables(CLOCK, List.of("book"), "t"),
                        new Step.ReadQuery(FILMS, "other", Layout.UNDIVIDED.clock("other"), List.of("book"))),
                Arguments.of(
                        new Step.PutQuery("result", new byte[0], Duration.ZERO),
                        new Step.ReadQuery(FILMS, "other", CLOCK, List.of())));
    }

    @ParameterizedTest
    @MethodSource("goElsewhere")
    void whoGoesElsewhereDoesNot(Step<?> underWay, Step<?> later) {
        settlements.begin(List.of(underWay));
        awaitBefore(List.of(later));
        assertThat(waits).isEmpty();
    }

    @Test
    void whatDoesNotComeIsWaitedForOnce() {
        settlements.begin(List.of(unlock(BOOK)));
        awaitBefore(List.of(new Step.LockRow(BOOK, "u")));
        awaitBefore(List.of(new Step.LockRow(BOOK, "v")));
        assertThat(waits).hasSize(1);
    }

    @Test
    void aSecondSettlementOfAPlaceIsNotEndedByTheFirst() {
        Settlements.UnderWay first = settlements.begin(List.of(unlock(BOOK)));
        settlements.begin(List.of(put(BOOK)));
        first.end();
        awaitBefore(List.of(new Step.ReadRows(List.of(BOOK))));
        assertThat(waits).hasSize(1);
    }

    /** As two transactions of one process do, which write to one table at a time. */
    @Test
    void eachOfSeveralSettlementsOfAPlaceIsWaitedFor() {
        Settlements.UnderWay first = settlements.begin(List.of(new Step.UnlockTables(CLOCK, List.of("book"), "t")));
        Settlements.UnderWay second = settlements.begin(List.of(new Step.UnlockTables(CLOCK, List.of("book"), "u")));
        List<Boolean> done = new ArrayList<>();
        during = over -> {
            second.end();
            done.add(over.isDone());
            first.end();
            done.add(over.isDone());
        };
        awaitBefore(List.of(new Step.ReadQuery(FILMS, "other", CLOCK, List.of("book"))));
        assertThat(done).containsExactly(false, true);
    }

    @Test
    void everythingIsWaitedForAtTheEnd() {
        settlements.begin(List.of(unlock(BOOK)));
        settlements.begin(List.of(new Step.UnlockShard(FILMS, "t")));
        settlements.awaitAll();
        assertThat(waits).hasSize(1);
        settlements.awaitAll();
        assertThat(waits).hasSize(1);
    }

    /** Each wait may take one timeout. */
    @Test
    void severalAreWaitedForTogether() {
        Settlements.UnderWay one = settlements.begin(List.of(unlock(BOOK)));
        Settlements.UnderWay other = settlements.begin(List.of(new Step.UnlockShard(FILMS, "t")));
        List<Boolean> done = new ArrayList<>();
        during = over -> {
            done.add(over.isDone());
            one.end();
            done.add(over.isDone());
            other.end();
            done.add(over.isDone());
        };
        awaitBefore(List.of(new Step.ReadRows(List.of(BOOK, new Row(FILMS, "1")))));
        assertThat(waits).hasSize(1);
        assertThat(done).containsExactly(false, false, true);
    }

    @Test
    void onlySoManyBatchesAreUnderWay() {
        List<Settlements.UnderWay> begun = new ArrayList<>();
        for (int i = 0; i < Settlements.MOST; i++) {
            begun.add(settlements.begin(List.of(unlock(new Row(BOOKS, "" + i)))));
        }
        assertThat(begun).doesNotContainNull();
        assertThat(settlements.begin(List.of(unlock(BOOK)))).isNull();
        begun.get(0).end();
        begun.get(0).end();
        assertThat(settlements.begin(List.of(unlock(BOOK)))).isNotNull();
        assertThat(settlements.begin(List.of(unlock(BOOK)))).isNull();
    }

    @Test
    void onlySoManyStepsAreUnderWay() {
        List<Step<?>> most = new ArrayList<>(Collections.nCopies(Settlements.MOST_STEPS, unlock(BOOK)));
        Settlements.UnderWay large = settlements.begin(most);
        assertThat(large).isNotNull();
        assertThat(settlements.begin(List.of(unlock(BOOK)))).isNull();
        large.end();
        assertThat(settlements.begin(List.of(unlock(BOOK)))).isNotNull();
    }
}
