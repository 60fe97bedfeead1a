package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a query's result in this process, and for how long. */
class NearResultsTest {

    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final List<String> TABLES = List.of("book", "author");
    private static final String KEY = "dormqs:queries:v7:0123";
    private static final Backend BACKEND = new LocMemBackend(BackendSettings.defaults());
    private static final Clock CLOCK = BACKEND.layout().clock("app");
    private static final Shard REGION =
            BACKEND.layout().namespace("dormqs:queries").shards().get(0);
    private static final Map<String, TableState> STATES =
            Map.of("book", new TableState(7, List.of()), "author", new TableState(3, List.of()));

    private final AtomicLong nanos = new AtomicLong(-1_000_000_000L);
    private final NearTier tier = new NearTier(100, nanos::get);
    private final NearResults results = NearResults.in(tier, null, Duration.ofSeconds(100));

    NearResultsTest() {
        // Before the first, neither the region nor the clock was listened for.
        assertThat(reading()).isNull();
        hear(tier.channels());
        keep();
    }

    private void hear(Collection<String> channels) {
        tier.received(tier.epoch(), channels, nanos.get() + WINDOW.toNanos());
    }

    private NearResults.Reading reading() {
        return results.reading(REGION, KEY, CLOCK, TABLES);
    }

    private void keep() {
        results.put(reading(), "result", STATES);
        assertThat(kept()).isEqualTo("result");
    }

    private Object kept() {
        NearResult kept = results.get(REGION, KEY);
        return kept == null ? null : kept.item();
    }

    private void elapse(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatWasReadOfItsTablesComesWithIt() {
        assertThat(results.get(REGION, KEY).tables()).isEqualTo(STATES);
        assertThat(results.get(REGION, "dormqs:queries:v7:4567")).isNull();
    }

    @Test
    void whatNothingWasHeardOfIsKept() {
        tier.changed(CLOCK.tableKey("publisher"));
        tier.changed(BACKEND.layout().clock("other").tableKey("book"));
        tier.changed(CLOCK.key());
        tier.changed(KEY);
        assertThat(kept()).isEqualTo("result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"book", "author"})
    void aResultOverATableThatIsChangedIsNotKept(String table) {
        tier.changed(CLOCK.tableKey(table));
        assertThat(kept()).isNull();
        keep();
    }

    @Test
    void aResultOfARegionThatIsChangedIsNotKept() {
        tier.changed(REGION.versionKey());
        assertThat(kept()).isNull();
        keep();
    }

    @Test
    void aReplyThatComesAfterTheMessageIsNotKept() {
        for (String heard : List.of(CLOCK.tableKey("author"), REGION.versionKey())) {
            NearResults.Reading sent = reading();
            tier.changed(heard);
            results.put(sent, "old", STATES);
            assertThat(kept()).as(heard).isNull();
            keep();
        }
    }

    @Test
    void whoseTablesAreNotReadWithItIsNotKept() {
        assertThat(results.reading(REGION, KEY, CLOCK, List.of())).isNull();
    }

    @Test
    void aLossForgetsIt() {
        NearResults.Reading sent = reading();
        tier.lost();
        assertThat(kept()).isNull();
        assertThat(reading()).isNull();
        hear(tier.channels());
        results.put(sent, "old", STATES);
        assertThat(kept()).isNull();
        keep();
    }

    @Test
    void aLossOnTheClocksChannelForgetsIt() {
        for (String channel : List.of(CLOCK.channel(), REGION.channel())) {
            NearResults.Reading sent = reading();
            tier.lost(channel);
            assertThat(kept()).as(channel).isNull();
            assertThat(reading()).as(channel).isNull();
            hear(List.of(channel));
            results.put(sent, "old", STATES);
            assertThat(kept()).as(channel).isNull();
            keep();
        }
    }

    @Test
    void nothingIsServedWhenOneOfItsChannelsWasNotHeardOfForAWindow() {
        for (String channel : List.of(CLOCK.channel(), REGION.channel())) {
            elapse(WINDOW);
            hear(List.of(channel));
            assertThat(kept()).as(channel).isNull();
            hear(tier.channels());
            keep();
        }
    }

    @Test
    void nothingIsServedWhenTheNewestBeatWasSentAWindowAgo() {
        elapse(WINDOW.minusNanos(1));
        assertThat(kept()).isEqualTo("result");
        elapse(Duration.ofNanos(1));
        assertThat(kept()).isNull();
    }

    @Test
    void aResultLivesForATenthOfItsTimeToLive() {
        elapse(Duration.ofSeconds(10).minusNanos(1));
        hear(tier.channels());
        assertThat(kept()).isEqualTo("result");
        elapse(Duration.ofNanos(1));
        assertThat(kept()).isNull();
    }

    @Test
    void noMoreThanTheBoundAreKept() {
        NearResults bounded = NearResults.in(tier, 3L, Duration.ZERO);
        for (int i = 0; i < 50; i++) {
            bounded.put(bounded.reading(REGION, KEY + i, CLOCK, TABLES), "result", STATES);
        }
        long kept = Stream.iterate(0, i -> i + 1)
                .limit(50)
                .filter(i -> bounded.get(REGION, KEY + i) != null)
                .count();
        assertThat(kept).isBetween(1L, 3L);
    }

    static Stream<Step<?>> steps() {
        List<String> one = List.of("author");
        return Stream.of(
                new Step.LockTables(CLOCK, one, "t", Step.ANY_TIME),
                new Step.UnlockTables(CLOCK, one, "t"),
                new Step.SettleTables(CLOCK, one),
                new Step.RenewTables(CLOCK, one),
                new Step.BumpVersion(REGION),
                new Step.RenewShard(REGION));
    }

    /** Its own message comes later. */
    @ParameterizedTest
    @MethodSource("steps")
    void whatAStepOfThisProcessHasTouchedIsNotKept(Step<?> step) {
        tier.touch(step);
        assertThat(kept()).isNull();
        keep();
    }

    @Test
    void whatIsOnlyReadOrOfAnotherTableStays() {
        tier.touch(new Step.ReadQuery(REGION, KEY, CLOCK, TABLES));
        tier.touch(new Step.PutQuery(KEY, new byte[0], Duration.ZERO));
        tier.touch(new Step.LockTables(CLOCK, List.of("publisher"), "t", Step.ANY_TIME));
        tier.touch(new Step.LockRow(new Row(REGION, "1"), "t"));
        assertThat(kept()).isEqualTo("result");
    }
}
