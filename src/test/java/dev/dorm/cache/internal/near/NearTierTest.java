package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.store.Background;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is kept of a row in this process, and for how long. */
class NearTierTest {

    private static final Origin ORIGIN = new Origin("0123456789abcdef", "value");

    private static final Duration WINDOW = Duration.ofMillis(500);

    private final AtomicLong nanos = new AtomicLong(-1_000_000_000L);
    private final NearTier tier = new NearTier(100, nanos::get);
    private final Backend backend = new LocMemBackend(BackendSettings.defaults());
    private final Namespace namespace = backend.layout().namespace("dormqs:app.Row");
    private final NearRows rows = NearRows.in(tier, null, Duration.ofSeconds(100));
    private final Row row = namespace.row("1");

    NearTierTest() {
        rows.meet(namespace);
        beat();
    }

    private void beat() {
        tier.received(tier.epoch(), tier.channels(), nanos.get() + WINDOW.toNanos());
    }

    private void elapse(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Object kept() {
        return rows.get(row);
    }

    private void keep() {
        rows.put(row, "value", ORIGIN, tier.stamp(row));
        assertThat(kept()).isEqualTo("value");
    }

    @Test
    void whatNothingWasHeardOfIsKept() {
        keep();
        tier.changed(namespace.row("2").key());
        tier.changed("dormrow:dormqs:app.Other:1");
        tier.changed("dormver:dormqs:app.Other");
        tier.changed("nonsense");
        assertThat(kept()).isEqualTo("value");
    }

    @Test
    void aRowThatIsChangedIsNotKept() {
        keep();
        tier.changed(row.key());
        assertThat(kept()).isNull();
    }

    @Test
    void aShardThatIsChangedIsNotKept() {
        keep();
        tier.changed(row.shard().versionKey());
        assertThat(kept()).isNull();
    }

    @Test
    void aReplyThatComesAfterTheMessageIsNotKept() {
        for (String heard : new String[] {row.key(), row.shard().versionKey()}) {
            NearStamp sent = tier.stamp(row);
            tier.changed(heard);
            rows.put(row, "old", ORIGIN, sent);
            assertThat(kept()).isNull();
        }
        NearStamp sent = tier.stamp(row);
        tier.lost();
        beat();
        rows.put(row, "old", ORIGIN, sent);
        assertThat(kept()).isNull();
        keep();
    }

    @Test
    void namesWithColonsAreHeardOf() {
        Namespace role = backend.layout().namespace("dormqs:app.Row:tags");
        Row tenants = namespace.row("tenant:1");
        Row ofRole = role.row("tenant:1");
        NearRows others = NearRows.in(tier, null, Duration.ZERO);
        others.meet(role);
        beat();
        for (Row each : new Row[] {tenants, ofRole}) {
            NearRows place = each == tenants ? rows : others;
            place.put(each, "value", ORIGIN, tier.stamp(each));
            assertThat(place.get(each)).isNotNull();
            tier.changed(each.key());
            assertThat(place.get(each)).isNull();
        }
    }

    @Test
    void nothingIsServedWhenTheNewestBeatWasSentAWindowAgo() {
        keep();
        elapse(WINDOW.minusNanos(1));
        assertThat(kept()).isEqualTo("value");
        elapse(Duration.ofNanos(1));
        assertThat(kept()).isNull();
        beat();
        assertThat(kept()).isEqualTo("value");
    }

    @Test
    void nothingIsKeptOfAShardForWhichNoBeatHasSpoken() {
        Row other = backend.layout().namespace("dormqs:app.Other").row("1");
        assertThat(tier.stamp(other)).isNull();
        NearRows.in(tier, null, Duration.ZERO).meet(backend.layout().namespace("dormqs:app.Other"));
        assertThat(tier.channels())
                .containsExactlyInAnyOrder(row.shard().channel(), other.shard().channel());
        tier.received(tier.epoch(), List.of(row.shard().channel()), nanos.get() + WINDOW.toNanos());
        assertThat(tier.stamp(other)).isNull();
        beat();
        assertThat(tier.stamp(other)).isNotNull();
    }

    @Test
    void whatIsLostOnAChannelIsOfItsShardAlone() {
        Row other = backend.layout().namespace("dormqs:app.Other").row("1");
        NearRows others = NearRows.in(tier, null, Duration.ZERO);
        others.meet(backend.layout().namespace("dormqs:app.Other"));
        beat();
        keep();
        others.put(other, "value", ORIGIN, tier.stamp(other));
        NearStamp sent = tier.stamp(other);

        tier.lost(other.shard().channel());
        assertThat(tier.stamp(other)).isNull();
        assertThat(others.get(other)).isNull();
        assertThat(kept()).isEqualTo("value");

        beat();
        assertThat(others.get(other)).isNull();
        others.put(other, "old", ORIGIN, sent);
        assertThat(others.get(other)).isNull();
        tier.lost("dormnear:dormqs:app.Unmet");
        tier.received(tier.epoch(), List.of("dormnear:dormqs:app.Unmet"), nanos.get());
        assertThat(kept()).isEqualTo("value");
    }

    @Test
    void aShardForWhichNoBeatSpeaksAnyMoreIsServedForTheWindow() {
        keep();
        elapse(WINDOW.dividedBy(2));
        tier.received(tier.epoch(), List.of(), nanos.get() + WINDOW.toNanos());
        assertThat(kept()).isEqualTo("value");
        elapse(WINDOW.dividedBy(2));
        assertThat(kept()).isNull();
    }

    @Test
    void aBeatSentBeforeTheLossTellsNothing() {
        keep();
        long epoch = tier.epoch();
        tier.lost();
        tier.received(epoch, tier.channels(), nanos.get() + WINDOW.toNanos());
        assertThat(tier.serves(nanos.get())).isFalse();
        assertThat(tier.stamp(row)).isNull();
        beat();
        assertThat(tier.serves(nanos.get())).isTrue();
        assertThat(kept()).isNull();
    }

    @Test
    void aRowLivesForATenthOfItsTimeToLive() {
        keep();
        elapse(Duration.ofSeconds(10).minusNanos(1));
        beat();
        assertThat(kept()).isEqualTo("value");
        elapse(Duration.ofNanos(1));
        assertThat(kept()).isNull();
    }

    @Test
    void withoutATimeToLiveARowLivesUntilItIsChanged() {
        NearRows forever = NearRows.in(tier, null, Duration.ZERO);
        forever.put(row, "value", ORIGIN, tier.stamp(row));
        elapse(Duration.ofDays(1_000));
        beat();
        assertThat(forever.get(row)).isEqualTo("value");
    }

    @Test
    void noMoreThanTheBoundAreKept() {
        NearRows bounded = NearRows.in(tier, 3L, Duration.ZERO);
        Namespace other = backend.layout().namespace("dormqs:app.Other");
        bounded.meet(other);
        beat();
        for (int id = 1; id <= 50; id++) {
            Row each = other.row(String.valueOf(id));
            bounded.put(each, "value", ORIGIN, tier.stamp(each));
        }
        long kept = java.util.stream.IntStream.rangeClosed(1, 50)
                .filter(id -> bounded.get(other.row(String.valueOf(id))) != null)
                .count();
        assertThat(kept).isBetween(1L, 3L);
    }

    /** A backend that says that everything was heard, and tells nothing. */
    private static class Silent extends ForwardingBackend {

        private boolean failing;

        Silent(Backend real) {
            super(real);
        }

        @Override
        public Listening listen(Listener listener) {
            return new Listening() {
                @Override
                public CompletableFuture<Set<String>> beat(Collection<String> channels) {
                    return CompletableFuture.completedFuture(Set.copyOf(channels));
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            return failing
                    ? CompletableFuture.failedFuture(new BackendException("lost on the way"))
                    : super.executeAsync(steps);
        }
    }

    @Test
    void whoIsClosedBeforeItListensDoesNotBegin() {
        Silent silent = new Silent(backend);
        List<String> begun = new ArrayList<>();
        Background background = new Background() {
            @Override
            public void later(String name, Duration pause, Runnable work) {
                begun.add(name);
            }

            @Override
            public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
                begun.add(name);
                return () -> {};
            }

            @Override
            public void await(CompletableFuture<?> done, Duration longest) {
                throw new UnsupportedOperationException("nothing is under way");
            }
        };
        ResilientStore closed = new ResilientStore("default", () -> silent, Counters.ofAlias(), nanos::get, background);
        closed.near().rows(100, null, Duration.ZERO);
        closed.close();
        closed.near().listen();
        assertThat(begun).isEmpty();

        ResilientStore open = new ResilientStore("default", () -> silent, Counters.ofAlias(), nanos::get, background);
        open.near().rows(100, null, Duration.ZERO);
        open.near().listen();
        open.near().listen();
        assertThat(begun).containsExactly("dorm-near-default");
    }

    @Test
    void whoWritesDoesNotWaitForTheMessageAlsoWhenTheStepFails() {
        Silent silent = new Silent(backend);
        ResilientStore store = new ResilientStore("default", () -> silent, Counters.ofAlias(), System::nanoTime);
        NearRows own = store.near().rows(100, null, Duration.ZERO);
        own.meet(namespace);
        store.near().listen();
        try {
            for (boolean failing : new boolean[] {false, true}) {
                for (Step<?> step : steps()) {
                    while (own.get(row) == null) {
                        NearStamp stamp = store.near().stamp(row);
                        if (stamp != null) {
                            own.put(row, "value", ORIGIN, stamp);
                        }
                    }
                    silent.failing = failing;
                    // Whatever becomes of it, the sender goes on to commit only after this.
                    assertThat(store.invalidate(List.of(step), null) == null).isEqualTo(failing);
                    silent.failing = false;
                    assertThat(own.get(row)).as(step.toString()).isNull();
                }
            }
        } finally {
            store.close();
        }
    }

    private List<Step<?>> steps() {
        return List.of(
                new Step.LockRow(row, "t"),
                Step.invalidate(row, "t"),
                new Step.LockShard(row.shard(), "t", Step.ANY_TIME),
                new Step.UnlockShard(row.shard(), "t"),
                new Step.BumpVersion(row.shard()),
                new Step.RenewShard(row.shard()));
    }

    @Test
    void whatIsOnlyReadStays() {
        keep();
        tier.touch(new Step.ReadVersion(row.shard()));
        assertThat(kept()).isEqualTo("value");
    }

    @Test
    void aBackendThatCannotBeListenedToHasNoTier() {
        ResilientStore store = new ResilientStore("default", () -> backend, Counters.ofAlias(), nanos::get);
        assertThat(store.near().rows(100, null, Duration.ZERO)).isNull();
    }
}
