package dev.dorm.cache.internal.store;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.metrics.BreakerState;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.threads.Threads;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** The circuit breaker, whatever the threads that call do at one moment. */
class BreakerThreadsTest {

    private static final BackendException FAILURE = new BackendException("lost on the way");

    private static void fail(Breaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(1, FAILURE);
        }
    }

    private static void succeed(Breaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            breaker.succeeded(1);
        }
    }

    private static Breaker breaker() {
        OutageLog log = new OutageLog(
                "default",
                () -> {
                    throw new AssertionError("nobody asks why");
                },
                () -> 0);
        return new Breaker("default", Counters.ofAlias(), () -> 0, log);
    }

    /** A breaker that is open, a probe, and what becomes of calls that were made before. */
    public static class Opened {

        private final Breaker breaker = breaker();
        private volatile BreakerState expected = BreakerState.OPEN;

        public Opened() {
            fail(breaker, Breaker.ENOUGH);
        }

        @Operation
        public void oldCallSucceeds() {
            breaker.succeeded(1);
        }

        @Operation
        public void oldCallFails() {
            breaker.failed(1, FAILURE);
        }

        @Operation
        public void probeFails() {
            breaker.probe();
            breaker.failed(1, FAILURE);
            breaker.probed();
        }

        @Operation
        public void probeIsAnswered() {
            breaker.probe();
            breaker.close();
            breaker.probed();
            expected = BreakerState.CLOSED;
        }

        @Validate
        public void onlyTheProbeDecides() {
            check(breaker.state() == expected, "only the probe decides");
        }
    }

    @Test
    void aCallThatWasMadeBeforeItOpenedDoesNotCloseIt() {
        Threads.atOnce(Opened.class, "oldCallSucceeds", "probeFails");
    }

    @Test
    void aCallThatWasMadeBeforeItOpenedDoesNotKeepItOpen() {
        Threads.atOnce(Opened.class, "oldCallFails", "probeIsAnswered");
    }

    /** A breaker that is closed, with nothing but successes in its window. */
    public static class Closed {

        private final Breaker breaker = breaker();

        public Closed() {
            succeed(breaker, Breaker.WINDOW);
        }

        @Operation
        public void fails() {
            fail(breaker, 1);
        }

        @Operation
        public void succeeds() {
            succeed(breaker, 2 * Breaker.WINDOW);
        }

        @Validate
        public void successesThatAreLeftOutChangeNothing() {
            succeed(breaker, Breaker.WINDOW);
            fail(breaker, Breaker.WINDOW / 2 - 1);
            check(breaker.closed(), "less than half of the last calls have failed");
            fail(breaker, 1);
            check(!breaker.closed(), "half of the last calls have failed");
        }
    }

    @Test
    void successesThatAreLeftOutChangeNothing() {
        Threads.atOnce(Closed.class, "fails", "succeeds");
    }
}
