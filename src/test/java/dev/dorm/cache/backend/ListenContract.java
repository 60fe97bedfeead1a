package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The part of the kit about {@link Backend#listen}, for a backend that can be listened to: its test implements this
 * beside extending {@link BackendContract}.
 */
public interface ListenContract extends ContractSubject {

    /** One who listens at a backend until closed. */
    final class Subscriber implements Listener, AutoCloseable {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();
        private final AtomicInteger losses = new AtomicInteger();
        private final Queue<String> lostChannels = new ConcurrentLinkedQueue<>();
        private final Set<String> channels = new TreeSet<>();
        private final Listening listening;

        private Subscriber(Backend backend, Collection<String> channels) {
            this.channels.addAll(channels);
            listening = backend.listen(this);
        }

        private void add(Row row) {
            channels.add(row.shard().channel());
        }

        @Override
        public void changed(String key) {
            told.add(key);
        }

        @Override
        public void lost() {
            losses.incrementAndGet();
        }

        @Override
        public void lost(String channel) {
            lostChannels.add(channel);
        }

        /** Returns on which channels everything was told; none as long as there is no connection. */
        private Set<String> beat() {
            return listening.beat(channels).exceptionally(failure -> Set.of()).join();
        }

        private void awaitBeat(Consumer<Duration> pause) {
            for (int i = 0; i < 2_000 && !beat().containsAll(channels); i++) {
                pause.accept(Duration.ofMillis(5));
            }
            assertThat(beat()).containsAll(channels);
        }

        /** Returns what was told until now of a row and its shard. */
        private List<String> toldOf(Row row) {
            assertThat(Waiting.atMost(Duration.ofSeconds(10), listening.beat(channels)))
                    .contains(row.shard().channel());
            return told.stream()
                    .filter(key ->
                            key.equals(row.key()) || key.equals(row.shard().versionKey()))
                    .toList();
        }

        /** Returns how often something was told of a table until now. */
        private long toldOf(Clock clock, String table) {
            assertThat(Waiting.atMost(Duration.ofSeconds(10), listening.beat(channels)))
                    .contains(clock.channel());
            return told.stream().filter(clock.tableKey(table)::equals).count();
        }

        /**
         * Until now one message told of a row. In a cluster it comes once from each master, from some of them late: so it is
         * compared with a message of the same shard that was sent after it and takes the same ways.
         */
        private void assertOnce(Row row, Backend teller) {
            Row later = new Row(row.shard(), "later");
            teller.run(new Step.LockRow(later, "a"));
            assertThat(toldOf(later)).contains(later.key());
            for (int i = 0; i < 100 && toldOf(row).size() != toldOf(later).size(); i++) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            assertThat(toldOf(row)).containsOnly(row.key()).hasSameSizeAs(toldOf(later));
        }

        @Override
        public void close() {
            listening.close();
        }
    }

    /** Listens at the one backend to what the other does with rows. */
    private Subscriber listen(Row... rows) {
        return listen(Stream.of(rows).map(row -> row.shard().channel()).toList());
    }

    /** The same of what the other does with a clock's tables. */
    private Subscriber listen(Clock clock) {
        return listen(List.of(clock.channel()));
    }

    private Subscriber listen(Collection<String> channels) {
        Subscriber subscriber = new Subscriber(backend(), channels);
        subscriber.awaitBeat(this::elapse);
        return subscriber;
    }

    @Test
    default void aLockIsTold() {
        Row row = row();
        try (Subscriber subscriber = listen(row)) {
            other().run(new Step.LockRow(row, "a"));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
        }
    }

    @Test
    default void anInsertTellsOfAnEntryThatItTakesAway() {
        Row row = row();
        Row free = row();
        put(row, version(row), entry(row, version(row), "old"));
        try (Subscriber subscriber = listen(row, free)) {
            other().run(Step.inserted(row, "gone"));
            other().run(Step.inserted(free, "gone"));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
            assertThat(subscriber.toldOf(free)).isEmpty();
        }
    }

    @Test
    default void anInvalidationIsTold() {
        Row row = row();
        try (Subscriber subscriber = listen(row)) {
            other().run(Step.invalidate(row, "a"));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
        }
    }

    @Test
    default void theUnlockOfALockThatStandsTellsNothingMore() {
        Row stored = row();
        Row left = row();
        try (Subscriber subscriber = listen(stored, left)) {
            long version = other().run(new Step.LockRow(stored, "a")).version();
            other().run(new Step.LockRow(left, "a"));
            other().run(unlocking(stored, "a", version, entry(stored, version, "new")));
            other().run(unlocking(left, "a", version, null));
            subscriber.assertOnce(stored, other());
            subscriber.assertOnce(left, other());
        }
    }

    @Test
    default void theUnlockOfALockThatWasLostIsTold() {
        Row row = row();
        long version = other().run(new Step.LockRow(row, "a")).version();
        other().delete(row.key());
        try (Subscriber subscriber = listen(row)) {
            other().run(unlocking(row, "a", version, entry(row, version, "new")));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
        }
    }

    @Test
    default void whatChangesAVersionIsTold() {
        List<Function<Shard, Step<Long>>> changes = List.of(
                Step.BumpVersion::new,
                shard -> new Step.LockShard(shard, "a", Step.ANY_TIME),
                shard -> new Step.UnlockShard(shard, "a"));
        for (Function<Shard, Step<Long>> change : changes) {
            Row row = row();
            try (Subscriber subscriber = listen(row)) {
                other().run(change.apply(row.shard()));
                assertThat(subscriber.toldOf(row)).containsOnly(row.shard().versionKey());
            }
        }
    }

    @Test
    default void aTablesLockIsTold() {
        Clock clock = clock();
        try (Subscriber subscriber = listen(clock)) {
            other().run(new Step.LockTables(clock, List.of("a", "b"), "t", Step.ANY_TIME));
            assertThat(subscriber.toldOf(clock, "a")).isPositive();
            assertThat(subscriber.toldOf(clock, "b")).isPositive();
            assertThat(subscriber.toldOf(clock, "c")).isZero();
        }
    }

    @Test
    default void theUnlockOfATableWhoseLockStandsTellsNothingMore() {
        Clock clock = clock();
        try (Subscriber subscriber = listen(clock)) {
            other().run(new Step.LockTables(clock, List.of("a"), "t", Step.ANY_TIME));
            other().run(new Step.UnlockTables(clock, List.of("a"), "t"));
            other().run(new Step.LockTables(clock, List.of("later"), "t", Step.ANY_TIME));
            assertThat(subscriber.toldOf(clock, "later")).isPositive();
            // In a cluster each message comes once from each master, from some of them late.
            for (int i = 0; i < 100 && subscriber.toldOf(clock, "a") != subscriber.toldOf(clock, "later"); i++) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            assertThat(subscriber.toldOf(clock, "a")).isEqualTo(subscriber.toldOf(clock, "later"));
        }
    }

    @Test
    default void theUnlockOfATableWithoutALockIsTold() {
        Clock clock = clock();
        other().run(new Step.LockTables(clock, List.of("b"), "another's", Step.ANY_TIME));
        try (Subscriber subscriber = listen(clock)) {
            other().run(new Step.UnlockTables(clock, List.of("a", "b"), "t"));
            assertThat(subscriber.toldOf(clock, "a")).isPositive();
            assertThat(subscriber.toldOf(clock, "b")).isPositive();
        }
    }

    @Test
    default void aRenewalOfTablesIsToldWhereItChangesThem() {
        Clock clock = clock();
        other().run(new Step.RenewTables(clock, List.of("old")));
        try (Subscriber subscriber = listen(clock)) {
            other().run(new Step.RenewTables(clock, List.of("old", "new")));
            assertThat(subscriber.toldOf(clock, "new")).isPositive();
            assertThat(subscriber.toldOf(clock, "old")).isZero();
        }
    }

    private static Step.PutRow telling(Row row, long version, byte[] entry) {
        return new Step.PutRow(row, version, 0, entry, Duration.ZERO, null, true, null, Step.ANY_TIME, false);
    }

    @Test
    default void aPutIsToldWhenItIsAskedTo() {
        Row row = row();
        Row refused = row();
        byte[] entry = entry(row, version(row), "a");
        long version = version(refused);
        try (Subscriber subscriber = listen(row, refused)) {
            other().run(putting(row, version(row), entry, Duration.ZERO, null));
            other().run(putting(refused, version, entry(refused, version, "a"), Duration.ZERO, null));
            other().run(telling(refused, version, entry(refused, version, "b")));
            assertThat(subscriber.toldOf(row)).isEmpty();
            assertThat(subscriber.toldOf(refused)).isEmpty();
            other().run(telling(row, version(row), entry));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
        }
    }

    @Test
    default void theEntryThatReplacesAnEarlierVersionIsTold() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, ";1", "old"));
        try (Subscriber subscriber = listen(row)) {
            long written = read(row).written();
            byte[] entry = entry(row, version, ";2", "new");
            other().run(new Step.PutRow(
                    row, version, written, entry, Duration.ZERO, null, false, null, Step.ANY_TIME, true));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
        }
    }

    @Test
    default void everythingBeforeABeatWasHeardWhenItComesBack() {
        Row row = namespace().row("1");
        try (Subscriber subscriber = listen(row)) {
            int losses = subscriber.losses.get();
            int channels = subscriber.lostChannels.size();
            for (int i = 1; i <= 200; i++) {
                (i % 2 == 0 ? backend() : other()).run(new Step.LockRow(row, "t"));
                assertThat(subscriber.toldOf(row)).containsOnly(row.key());
            }
            assertThat(subscriber.losses).hasValue(losses);
            assertThat(subscriber.lostChannels).hasSize(channels);
        }
    }

    @Test
    default void aChannelMayBeAddedLater() {
        Row row = row();
        Row later = row();
        try (Subscriber subscriber = listen(row)) {
            subscriber.add(later);
            subscriber.awaitBeat(this::elapse);
            other().run(new Step.LockRow(row, "a"));
            other().run(new Step.LockRow(later, "a"));
            assertThat(subscriber.toldOf(row)).containsOnly(row.key());
            assertThat(subscriber.toldOf(later)).containsOnly(later.key());
        }
    }

    @Test
    default void whoHasEndedListeningIsToldNothingAndHasNoBeat() {
        Row row = row();
        Subscriber subscriber = listen(row);
        subscriber.close();
        other().run(new Step.LockRow(row, "a"));
        assertThatThrownBy(() -> Waiting.atMost(Duration.ofSeconds(10), subscriber.listening.beat(subscriber.channels)))
                .isInstanceOf(BackendException.class);
        assertThat(subscriber.losses.get()).isPositive();
        assertThat(subscriber.told).doesNotContain(row.key());
    }
}
