package dev.dorm.cache.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.CacheMode;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry that is still read near its end is loaded anew by one session, and never replaced by anything older. */
class RefreshAheadTest {

    private static final Duration TTL = Duration.ofSeconds(100);

    /** Every entry is near its end. */
    private static final Lifetime ENDS_SOON = new Lifetime(TTL, 0, 10_000_000, 1);

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);

    private final VirtualJvm jvm = new VirtualJvm(store.backend(), "", nanos::get, ENDS_SOON, false);
    private final VirtualQueries queries = new VirtualQueries(jvm.store, jvm.counters, jvm.clock, "", ENDS_SOON, null);

    @BeforeEach
    void knowTheVersion() {
        jvm.store.learn(List.of(jvm.shard()), null);
        jvm.clock.settle(VirtualQueries.TABLES);
        tick();
    }

    private void tick() {
        store.elapse(Duration.ofMillis(1));
    }

    private SessionContext begin() {
        tick();
        SessionContext context = jvm.begin();
        tick();
        return context;
    }

    private void end(SessionContext context) {
        tick();
        context.transactionCompleted(true);
    }

    private @Nullable Object get(SessionContext context) {
        return jvm.rows.get(context, "1");
    }

    private @Nullable Object read() {
        SessionContext context = begin();
        Object value = get(context);
        end(context);
        return value;
    }

    private void put(SessionContext context, int value) {
        jvm.rows.put(context, "1", value, false);
    }

    /** Loads the row, of which it must not be asked whether it is cached: as by a list. */
    private void load(int value) {
        SessionContext context = begin();
        put(context, value);
        end(context);
    }

    private byte[] row() {
        Backend backend = store.backend();
        return backend.get(jvm.row().key());
    }

    /** An entry, met when its end is near. */
    private void meet() {
        load(1);
        store.elapse(TTL.dividedBy(2));
        assertThat(read()).as("it was never met before").isEqualTo(1);
    }

    @Test
    void oneSessionMissesAndTheOthersAreServed() {
        meet();
        byte[] before = row();
        SessionContext refreshing = begin();
        assertThat(get(refreshing)).isNull();
        assertThat(read()).isEqualTo(1);
        put(refreshing, 1);
        end(refreshing);
        assertThat(row()).as("it has another stamp").isNotEqualTo(before);
        store.elapse(TTL.dividedBy(4).multipliedBy(3));
        assertThat(read()).as("it lives on").isEqualTo(1);
        assertThat(jvm.counters.get(Counter.MISS_REFRESH)).isEqualTo(1);
    }

    @Test
    void aListThatLoadsItAnywayRefreshesIt() {
        meet();
        load(1);
        store.elapse(TTL.dividedBy(4).multipliedBy(3));
        assertThat(read()).isEqualTo(1);
        assertThat(jvm.counters.get(Counter.MISS_REFRESH)).isZero();
    }

    @Test
    void whoIsTooOldToStoreItHasNoTurn() {
        meet();
        SessionContext old = begin();
        store.elapse(TransactionStart.YOUNG);
        assertThat(get(old)).isEqualTo(1);
        SessionContext young = begin();
        assertThat(get(young)).isNull();
    }

    @Test
    void whoFillsNothingHasNoTurn() {
        meet();
        tick();
        SessionContext reading = new SessionContext(VirtualSession.open(CacheMode.GET), jvm.clock);
        reading.transactionJoined();
        tick();
        assertThat(get(reading)).isEqualTo(1);
        assertThat(get(begin())).isNull();
    }

    private @Nullable Object query(SessionContext context) {
        return queries.results.get(context, VirtualQueries.KEY, false);
    }

    private void meetTheResult() {
        queries.results.get(begin(), VirtualQueries.KEY, false);
        SessionContext context = begin();
        queries.results.put(context, VirtualQueries.KEY, new VirtualQueries.Result(context.getCachingTimestamp(), 1));
        end(context);
        store.elapse(TTL.dividedBy(2));
        assertThat(query(begin())).as("it was never met before").isNotNull();
    }

    @Test
    void oneSessionMissesAResultAndTheOthersAreServed() {
        meetTheResult();
        assertThat(query(begin())).isNull();
        assertThat(query(begin())).isNotNull();
    }

    @Test
    void whoFillsNothingLoadsNoResultAnew() {
        meetTheResult();
        tick();
        SessionContext reading = new SessionContext(VirtualSession.open(CacheMode.GET), jvm.clock);
        reading.transactionJoined();
        assertThat(query(reading)).isNotNull();
        assertThat(query(begin())).isNull();
    }

    @Test
    void whatWasStoredAnewIsNotSentAgain() {
        meet();
        load(1);
        jvm.sent().clear();
        load(1);
        assertThat(jvm.sent()).as("it stands").isEmpty();
    }

    @Test
    void whoBeganBeforeItWasMetReplacesNothing() {
        load(1);
        SessionContext old = begin();
        update(2);
        byte[] newer = row();
        assertThat(read()).isEqualTo(2);
        put(old, 1);
        end(old);
        assertThat(row()).isEqualTo(newer);
    }

    @Test
    void whoChangesSomethingItselfReplacesNothing() {
        load(1);
        byte[] before = row();
        assertThat(read()).isEqualTo(1);
        SessionContext writing = begin();
        writing.preInvalidate(VirtualQueries.TABLES);
        put(writing, 7);
        end(writing);
        assertThat(row()).isEqualTo(before);
    }

    private void update(int value) {
        SessionContext context = begin();
        SoftLock lock = jvm.rows.writes().lock(context, "1");
        jvm.rows.writes().wrote(context, "1", new WholeRow());
        context.transactionCompleting();
        jvm.rows.writes().unlock(context, lock, value);
        end(context);
    }
}
