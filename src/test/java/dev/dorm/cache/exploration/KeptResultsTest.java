package dev.dorm.cache.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.session.SessionContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which readings of a query's result are kept in a process. */
class KeptResultsTest {

    private static final Lifetime FOR_EVER = new Lifetime(Duration.ZERO, 0, 0, 0);

    /** Hibernate may name other tables for the same SQL. */
    private static final List<String> MORE = List.of("t", "u");

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);
    private final TellingBackend telling = new TellingBackend(store.backend(), store::millis, step -> false);
    private final OnItsWay backend = new OnItsWay();
    private final VirtualJvm reader = new VirtualJvm(backend, "", nanos::get, FOR_EVER, false, true);
    private final VirtualJvm writer = new VirtualJvm(telling, "", nanos::get, FOR_EVER, false, false);

    /** Lets something happen while the reply to a reading is on its way. */
    private final class OnItsWay extends ForwardingBackend {

        private Runnable meanwhile = () -> {};

        private OnItsWay() {
            super(telling);
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            CompletableFuture<Replies> reply = super.executeAsync(steps);
            if (steps.get(0) instanceof Step.ReadQuery) {
                meanwhile.run();
                meanwhile = () -> {};
            }
            return reply;
        }

        @Override
        public Listening listen(Listener listener) {
            return telling.listen(listener);
        }
    }

    @BeforeEach
    void fill() {
        for (VirtualJvm jvm : List.of(reader, writer)) {
            jvm.clock.settle(MORE);
            jvm.store.learn(List.of(QueryWorld.shard(jvm)), null);
        }
        pass();
        SessionContext context = reader.begin();
        assertThat(read(context)).isNull();
        reader.queries.results.put(
                context, VirtualQueries.KEY, new VirtualQueries.Result(context.getCachingTimestamp(), 1));
        context.transactionCompleted(true);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void pass() {
        store.elapse(Duration.ofMillis(1));
        reader.beat();
    }

    private VirtualQueries.@Nullable Result read(SessionContext context) {
        return read(context, VirtualQueries.TABLES);
    }

    private VirtualQueries.@Nullable Result read(SessionContext context, List<String> over) {
        var found = (VirtualQueries.Result) reader.queries.results.get(context, VirtualQueries.KEY, false);
        boolean upToDate = found != null
                && reader.queries
                        .tables
                        .upToDate(context, over, found.timestamp())
                        .upToDate();
        return upToDate ? found : null;
    }

    private VirtualQueries.@Nullable Result read() {
        return read(VirtualQueries.TABLES);
    }

    private VirtualQueries.@Nullable Result read(List<String> over) {
        pass();
        SessionContext context = reader.begin();
        try {
            return read(context, over);
        } finally {
            context.transactionCompleted(true);
        }
    }

    private void lock() {
        SessionContext context = writer.begin();
        context.preInvalidate(VirtualQueries.TABLES);
        context.transactionCompleting();
    }

    @Test
    void theFirstWhoseTablesAreReadWithItIsKept() {
        assertThat(read()).isNotNull();
        assertThat(reader.kept()).as("read before its tables").isNull();
        assertThat(read()).isNotNull();
        assertThat(reader.kept()).isNotNull();
        reader.roundTrips();
        assertThat(read()).isNotNull();
        assertThat(reader.roundTrips()).isZero();
        assertThat(reader.counters.get(Counter.NEAR_HIT)).isEqualTo(1);
        assertThat(reader.counters.get(Counter.HIT)).isEqualTo(3);
    }

    @Test
    void whatIsToldWhileTheReplyIsOnItsWayKeepsItOut() {
        read();
        backend.meanwhile = this::lock;
        assertThat(read()).as("it was true when it was read").isNotNull();
        assertThat(reader.kept()).isNull();
    }

    /** Nothing would be heard of the others. */
    @Test
    void whoseOtherTablesAreReadLaterIsNotKept() {
        read();
        assertThat(read(MORE)).isNotNull();
        assertThat(reader.kept()).isNull();
        assertThat(read(MORE)).isNotNull();
        assertThat(reader.kept()).isNotNull();
    }

    @Test
    void whoseOtherTablesAreReadLaterIsNoNearHit() {
        read();
        read();
        assertThat(reader.kept()).isNotNull();
        reader.roundTrips();
        assertThat(read(MORE)).isNotNull();
        assertThat(reader.roundTrips()).isEqualTo(1);
        assertThat(reader.counters.get(Counter.NEAR_HIT)).isZero();
    }

    @Test
    void whatIsFoundStaleIsNotKept() {
        read();
        lock();
        assertThat(read()).isNull();
        assertThat(reader.kept()).isNull();
    }

    @Test
    void whoIsAboutToWriteIsNotServed() {
        read();
        read();
        pass();
        SessionContext context = reader.begin();
        context.preInvalidate(VirtualQueries.TABLES);
        reader.roundTrips();
        assertThat(read(context)).isNull();
        assertThat(reader.roundTrips()).isZero();
        assertThat(reader.counters.get(Counter.NEAR_HIT)).isZero();
        assertThat(reader.counters.get(Counter.MISS_STALE)).isEqualTo(1);
        context.transactionCompleted(false);
    }

    /** A transaction's own result is given to it alone until it commits. */
    @Test
    void whatATransactionHasForItselfIsNotKept() {
        read();
        reader.queries.results.evictAll();
        pass();
        SessionContext context = reader.begin();
        assertThat(read(context)).isNull();
        reader.queries.results.put(
                context, VirtualQueries.KEY, new VirtualQueries.Result(context.getCachingTimestamp(), 2));
        assertThat(read(context)).isNotNull();
        assertThat(reader.kept()).isNull();
        context.transactionCompleted(false);
        assertThat(read()).isNull();
    }
}
