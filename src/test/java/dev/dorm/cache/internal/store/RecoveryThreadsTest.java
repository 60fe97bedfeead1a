package dev.dorm.cache.internal.store;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.threads.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** What is made good in the background, whatever the threads that call do at one moment. */
class RecoveryThreadsTest {

    /** Calls that fail, and attempts to make that good. */
    public static class Faults {

        private final BackgroundWork background = new BackgroundWork();
        private final AtomicInteger attempts = new AtomicInteger();
        private final Recovery recovery = new Recovery(background, this::attempt, () -> isDue());
        private volatile boolean due;
        private volatile boolean several;

        private boolean isDue() {
            return due;
        }

        private boolean attempt() {
            several |= attempts.incrementAndGet() > 1;
            due = false;
            attempts.decrementAndGet();
            return true;
        }

        @Operation
        public void fail() {
            due = true;
            recovery.begin();
        }

        @Operation
        public void work() {
            background.next();
        }

        @Validate
        public void oneAttemptIsMadeAtATimeAndNothingIsForgotten() {
            while (background.next()) {
                // Until nothing is left to do.
            }
            check(!several, "one attempt is made at a time");
            check(!due, "nothing is forgotten");
        }
    }

    @Test
    void oneAttemptIsMadeAtATime() {
        Threads.atOnce(Faults.class, "fail", "fail", "work", "work");
    }

    @Test
    void nothingIsForgotten() {
        Threads.atOnce(Faults.class, "fail", "fail", "work");
    }
}
