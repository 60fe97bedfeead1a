package dev.dorm.cache.internal.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Makes good in the background what an outage has left undone, one attempt after another until nothing is left: so what
 * a process owes reaches the others also when it is not asked for anything any more, and no transaction waits for a
 * probe. Thread-safe.
 */
final class Recovery {

    /** From one attempt to the next: so soon at the latest a store that is back is used again. */
    static final Duration PAUSE = Duration.ofMillis(250);

    private final Background background;
    private final BooleanSupplier attempt;
    private final BooleanSupplier due;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Creates a recovery that has nothing to do yet.
     *
     * @param background runs the attempts
     * @param attempt what to try; says whether nothing is left to do
     * @param due says whether there is something to do
     */
    Recovery(Background background, BooleanSupplier attempt, BooleanSupplier due) {
        this.background = background;
        this.attempt = attempt;
        this.due = due;
    }

    /** Begins to try, unless that is under way; the caller does not wait. */
    void begin() {
        if (!closed && begun.compareAndSet(false, true)) {
            next(Duration.ZERO);
        }
    }

    private void next(Duration pause) {
        background.later("dorm-recovery", pause, this::work);
    }

    private void work() {
        if (closed) {
            return;
        }
        boolean done = false;
        try {
            done = attempt.getAsBoolean();
        } finally {
            if (done) {
                begun.set(false);
                if (due.getAsBoolean()) {
                    // Somebody began between the attempt and here, and was refused.
                    begin();
                }
            } else {
                next(PAUSE);
            }
        }
    }

    void close() {
        closed = true;
    }
}
