package dev.dorm.cache.internal.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for whom, for how long, and what ends it. Another thread's steps run while this one waits for them to return. */
class LoadsTest {

    private static final long MILLI = 1_000_000;

    private final Counters counters = Counters.ofRegion();
    private final List<Long> waits = new ArrayList<>();
    private Duration timeout = Duration.ofSeconds(1);
    private long now = 1;
    private Runnable meanwhile = () -> {};
    private final Loads<String> loads = new Loads<>(counters, () -> timeout, () -> now, this::await);

    /** What this thread loads is over for the next test. */
    @AfterEach
    void letTimePass() {
        now += 1_000 * MILLI;
    }

    private boolean await(CompletableFuture<?> done, long nanos) {
        waits.add(nanos / MILLI);
        meanwhile.run();
        if (!done.isDone()) {
            now += nanos;
        }
        return done.isDone();
    }

    private static <T> T inAnotherThread(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        new Thread(task).start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean miss(String key, VirtualLoader by) {
        return loads.awaitOther(key, loads.now(), by, true);
    }

    private boolean missElsewhere(String key, VirtualLoader by) {
        return inAnotherThread(() -> miss(key, by));
    }

    /** A session of another thread that loads something. */
    private VirtualLoader loading(String key) {
        VirtualLoader loader = new VirtualLoader();
        assertThat(missElsewhere(key, loader)).as("it is the one").isFalse();
        assertThat(loader.loads().any()).isTrue();
        return loader;
    }

    @Test
    void whoComesLaterWaitsAndReadsOnceMore() {
        VirtualLoader loader = loading("a");
        meanwhile = loader.loads()::endAll;
        assertThat(miss("a", new VirtualLoader())).isTrue();
        assertThat(waits).containsExactly(100L);
        assertThat(counters.get(Counter.LOAD_AWAITED)).isEqualTo(1);
    }

    @Test
    void nobodyWaitsForWhatNobodyLoads() {
        loading("a");
        assertThat(miss("b", new VirtualLoader())).isFalse();
        assertThat(waits).isEmpty();
        assertThat(counters.get(Counter.LOAD_AWAITED)).isZero();
    }

    @Test
    void theBoundIsCountedFromTheFirstMiss() {
        loading("a");
        now += 60 * MILLI;
        assertThat(miss("a", new VirtualLoader())).as("it reads all the same").isTrue();
        assertThat(waits).containsExactly(40L);
    }

    @Test
    void whoComesAfterTheBoundLoadsAndIsWaitedFor() {
        loading("a");
        now += 100 * MILLI;
        loading("a");
        assertThat(waits).isEmpty();
        assertThat(miss("a", new VirtualLoader())).isTrue();
        assertThat(waits).containsExactly(100L);
    }

    @Test
    void nobodyWaitsLongerThanACallMayTake() {
        timeout = Duration.ofMillis(20);
        loading("a");
        miss("a", new VirtualLoader());
        assertThat(waits).containsExactly(20L);
    }

    @Test
    void whoHoldsSomethingDoesNotWait() {
        loading("a");
        VirtualLoader holding = new VirtualLoader();
        holding.mayWait = false;
        assertThat(miss("a", holding)).isFalse();
        assertThat(waits).isEmpty();
    }

    @Test
    void aThreadDoesNotWaitForItself() {
        assertThat(miss("a", new VirtualLoader())).isFalse();
        assertThat(miss("a", new VirtualLoader())).as("another session").isFalse();
        assertThat(waits).isEmpty();
    }

    /** Each would wait for the other. */
    @Test
    void aThreadThatLoadsDoesNotWait() {
        loading("b");
        Loads<String> region = new Loads<>(counters, () -> timeout, () -> now, this::await);
        assertThat(region.awaitOther("a", 0, new VirtualLoader(), true)).isFalse();
        assertThat(miss("b", new VirtualLoader())).as("another session").isFalse();
        assertThat(waits).isEmpty();
    }

    @Test
    void aSessionThatLoadsDoesNotWaitInAnotherThread() {
        VirtualLoader moved = loading("a");
        loading("b");
        assertThat(miss("b", moved)).isFalse();
        assertThat(waits).isEmpty();
    }

    @Test
    void whoHasLoadedMayWait() {
        VirtualLoader session = new VirtualLoader();
        miss("a", session);
        session.loads().endAll();
        VirtualLoader loader = loading("b");
        meanwhile = loader.loads()::endAll;
        assertThat(miss("b", session)).isTrue();
        assertThat(waits).hasSize(1);
    }

    @Test
    void whoHasWaitedInVainDoesNotWaitAgainInItsTransaction() {
        loading("a");
        VirtualLoader waiting = new VirtualLoader();
        assertThat(miss("a", waiting)).isTrue();
        loading("b");
        assertThat(miss("b", waiting)).isFalse();
        assertThat(waits).hasSize(1);
        waiting.loads().endAll();
        miss("b", waiting);
        assertThat(waits).as("in its next").hasSize(2);
    }

    @Test
    void whoMissesAfterAWaitLoadsAndDoesNotWaitAgain() {
        VirtualLoader loader = loading("a");
        meanwhile = loader.loads()::endAll;
        VirtualLoader waiting = new VirtualLoader();
        assertThat(miss("a", waiting)).isTrue();
        now++;
        loads.begin("a", waiting, true);
        assertThat(waiting.loads().any()).as("others wait for it").isTrue();
        waiting.loads().end("a");
        loading("b");
        assertThat(miss("b", waiting)).isFalse();
        assertThat(waits).hasSize(1);
    }

    /** It has missed only because it was quick. */
    @Test
    void whoReadBeforeALoadEndedReadsOnceMoreWithoutWaiting() {
        VirtualLoader loader = loading("a");
        long read = loads.now();
        now++;
        loader.loads().end("a");
        assertThat(loads.awaitOther("a", read, new VirtualLoader(), true)).isTrue();
        assertThat(waits).isEmpty();
        now++;
        VirtualLoader later = new VirtualLoader();
        assertThat(miss("a", later)).as("that load is of the past").isFalse();
        assertThat(later.loads().any()).isTrue();
    }

    @Test
    void nobodyWaitsForWhoStoresNothing() {
        VirtualLoader reading = new VirtualLoader();
        assertThat(inAnotherThread(() -> loads.awaitOther("a", loads.now(), reading, false)))
                .isFalse();
        assertThat(reading.loads().isEmpty()).isTrue();
        assertThat(miss("a", new VirtualLoader())).isFalse();
        assertThat(waits).isEmpty();
    }

    @Test
    void anInterruptEndsTheWait() {
        Loads<String> real = new Loads<>(counters, () -> Duration.ofDays(1));
        VirtualLoader loader = new VirtualLoader();
        inAnotherThread(() -> real.awaitOther("a", real.now(), loader, true));
        Thread.currentThread().interrupt();
        assertThat(real.awaitOther("a", real.now(), new VirtualLoader(), true))
                .as("an interrupted thread cannot read")
                .isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatIsOverIsForgotten() {
        VirtualLoader session = new VirtualLoader();
        miss("a", session);
        miss("b", session);
        now += 100 * MILLI;
        assertThat(session.loads().any()).isFalse();
        miss("c", session);
        assertThat(session.loads())
                .extracting("loads", InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("c");
    }
}
