package dev.dorm.cache.internal.redis.waiting;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BusyException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets only so many threads read at once as there are connections for: whoever waits inside this process does not use up the
 * time that Redis has for its reply. Some connections are left to writes, which never wait here. Thread-safe.
 */
public final class Turns {

    /** More than these would only find later that they cannot be served. */
    static final int MOST_WAITING = 1_000;

    private final int atOnce;
    private final Duration longest;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Creates the turns.
     *
     * @param connections how many connections there are at the most
     * @param longest how long a thread waits for its turn
     */
    public Turns(int connections, Duration longest) {
        this.atOnce = Math.max(1, connections * 3 / 4);
        this.longest = longest;
        this.turns = new Semaphore(atOnce);
    }

    /** A turn that a thread has taken. */
    public final class Turn {

        private final AtomicBoolean over = new AtomicBoolean();

        private Turn() {}

        /** Gives the turn back. Idempotent. */
        public void end() {
            if (over.compareAndSet(false, true)) {
                turns.release();
            }
        }
    }

    /**
     * Takes a turn, which is to be given back.
     *
     * @throws BusyException when none is to be had
     */
    public Turn take() {
        if (!turns.tryAcquire() && !waited()) {
            throw new BusyException(atOnce + " threads of this process read already (Redisson's connectionPoolSize)");
        }
        return new Turn();
    }

    private boolean waited() {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return turns.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted while waiting for the cache", e);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
