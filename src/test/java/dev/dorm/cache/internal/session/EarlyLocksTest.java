package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.exploration.VirtualSession;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.store.Background;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.cache.CacheException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks that travel beside the last statement stand before the commit, or are taken as if they had not travelled. */
class EarlyLocksTest {

    private static final List<String> TABLES = List.of("t");

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem memory = new VirtualLocMem(nanos);
    private final Way way = new Way();
    private final ResilientStore store =
            new ResilientStore("default", () -> way, Counters.ofAlias(), nanos::get, new Waiting());
    private final QueryClock clock = new QueryClock(store, "", true);
    private final CachedRows rows = new CachedRows(
            store,
            Counters.ofRegion(),
            "dormqs:app.Row",
            VirtualJvm.ENVELOPE,
            Unread::new,
            new Lifetime(Duration.ofHours(1), 0, 0, 0),
            true,
            null);
    private final SessionContext context = new SessionContext(VirtualSession.open(), clock);

    /** A way on which the first of what is sent takes as long as a test says. */
    private final class Way extends ForwardingBackend {

        private final List<List<? extends Step<?>>> requests = new ArrayList<>();

        /** What has not arrived; null when everything arrives at once. */
        private CompletableFuture<Replies> held;

        private boolean holds;
        private boolean fails;
        private boolean here;
        private long epoch;

        private Way() {
            super(memory.backend());
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            requests.add(steps);
            if (holds) {
                holds = false;
                held = new CompletableFuture<>();
                return held;
            }
            return fails ? CompletableFuture.failedFuture(new BackendException("lost")) : super.executeAsync(steps);
        }

        private void arrive() {
            held.complete(real.execute(requests.get(0)));
        }

        @Override
        public boolean handsOutWhatItHolds() {
            return here;
        }

        @Override
        public long serverEpoch() {
            return epoch;
        }
    }

    /** Nothing is read or filled. */
    private static final class Unread implements RowCodec {

        @Override
        public boolean isWrittenInParts() {
            return true;
        }

        @Override
        public byte[] encode(Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session) {
            throw new UnsupportedOperationException();
        }
    }

    /** What happens while somebody waits. */
    private Runnable meanwhile = () -> {};

    private final class Waiting implements Background {

        @Override
        public void later(String name, Duration pause, Runnable work) {
            // Nobody asks again.
        }

        @Override
        public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void await(CompletableFuture<?> done, Duration longest) {
            meanwhile.run();
        }
    }

    static Stream<Named<BiConsumer<EarlyLocksTest, String>>> writes() {
        return Stream.of(
                Named.of("a row", (test, which) -> test.rows.writes().lock(test.context, which)),
                Named.of(
                        "a region",
                        (test, which) ->
                                RegionLocks.askedBy(test.context, () -> RegionLocks.ask(List.of(test.rows.rows())))),
                Named.of("a table", (test, which) -> test.context.preInvalidate(List.of(which))));
    }

    @BeforeEach
    void begin() {
        // By the replies to these, the server's time is known.
        store.learn(rows.namespace().shards(), null);
        clock.settle(TABLES);
        context.transactionJoined();
        way.requests.clear();
    }

    private void travels(BiConsumer<EarlyLocksTest, String> write) {
        write.accept(this, "1");
        context.early().send();
    }

    private static boolean isLock(Step<?> step) {
        return step instanceof Step.LockRow || step instanceof Step.LockShard || step instanceof Step.LockTables;
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatHasTravelledIsNotSentAgain(BiConsumer<EarlyLocksTest, String> write) {
        way.holds = true;
        travels(write);
        assertThat(way.requests).hasSize(1).allSatisfy(sent -> assertThat(sent).allMatch(EarlyLocksTest::isLock));
        meanwhile = way::arrive;
        context.transactionCompleting();
        assertThat(way.requests).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatIsNotAnsweredIsSentAgain(BiConsumer<EarlyLocksTest, String> write) {
        way.holds = true;
        travels(write);
        context.transactionCompleting();
        assertThat(way.requests).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatDoesNotArriveIsSentAgain(BiConsumer<EarlyLocksTest, String> write) {
        way.holds = true;
        travels(write);
        way.held.completeExceptionally(new BackendException("lost"));
        assertThat(way.requests).hasSize(1);
        context.transactionCompleting();
        assertThat(way.requests).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatComesTooLateIsSentAgain(BiConsumer<EarlyLocksTest, String> write) {
        way.holds = true;
        travels(write);
        memory.elapse(way.callTimeout().plusSeconds(1));
        meanwhile = way::arrive;
        context.transactionCompleting();
        assertThat(way.requests).hasSize(2);
    }

    /** However long its reply has waited for the session. */
    @ParameterizedTest
    @MethodSource("writes")
    void whatIsSoonOverIsSentAgain(BiConsumer<EarlyLocksTest, String> write) {
        travels(write);
        memory.elapse(TransactionStart.FENCE);
        context.transactionCompleting();
        assertThat(way.requests).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatAFormerServerHasAcknowledgedIsSentAgain(BiConsumer<EarlyLocksTest, String> write) {
        travels(write);
        way.epoch++;
        context.transactionCompleting();
        assertThat(way.requests).hasSize(2);
    }

    @Test
    void whatIsLockedAfterwardsIsSentBeforeTheCommit() {
        rows.writes().lock(context, "1");
        context.early().send();
        rows.writes().lock(context, "2");
        context.preInvalidate(TABLES);
        context.transactionCompleting();
        assertThat(way.requests).hasSize(2);
        assertThat(way.requests.get(1)).hasSize(2).noneMatch(way.requests.get(0)::contains);
    }

    @Test
    void aTransactionMustNotCommitWithoutThem() {
        way.fails = true;
        rows.writes().lock(context, "1");
        context.early().send();
        assertThatThrownBy(context::transactionCompleting).isInstanceOf(CacheException.class);
        assertThat(way.requests).hasSize(2);
    }

    @Test
    void aRollbackIsSentBehindThem() {
        way.holds = true;
        rows.writes().lock(context, "1");
        context.early().send();
        meanwhile = () -> {
            assertThat(way.requests).as("nothing overtakes it").hasSize(1);
            way.arrive();
        };
        context.transactionCompleted(false);
        assertThat(way.held).as("it was waited for").isCompleted();
        assertThat(way.requests).hasSize(2);
        assertThat(way.requests.get(1)).allMatch(Step.UnlockRow.class::isInstance);
    }

    @Test
    void toABackendInTheProcessNothingTravels() {
        way.here = true;
        rows.writes().lock(context, "1");
        context.early().send();
        assertThat(way.requests).isEmpty();
        context.transactionCompleting();
        assertThat(way.requests).hasSize(1);
    }
}
