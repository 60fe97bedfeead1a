package dev.dorm.cache.internal.redis.waiting;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The time that a server has for its reply. It begins when the commands are written: until then they wait in this process, for
 * a connection or for a thread that writes, for as long as the whole time at most. It begins anew when this process itself
 * has stood still for half of it, as when its garbage is collected: the reply may have come, and nobody has read it.
 */
public final class ReplyTime {

    /** In place of a reply that has not come yet. */
    public static final Object NONE = new Object();

    /** So late Redisson's timer may be, which ticks in tenths of a second. */
    private static final Duration LATE = Duration.ofMillis(200);

    private final Duration timeout;
    private final LongSupplier clock;
    private volatile long started;
    private volatile long begin;
    private int stalls;

    /**
     * Creates a time that has not begun.
     *
     * @param timeout the whole time
     * @param clock this process's monotonic clock, in nanoseconds
     */
    public ReplyTime(Duration timeout, LongSupplier clock) {
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Begins: now, unless the commands are written later. */
    public void start() {
        started = clock.getAsLong();
        begin = started;
    }

    /** Returns the whole time. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns half of it, after which the commands go out once more. */
    public Duration half() {
        return timeout.dividedBy(2);
    }

    /** Returns when it began. */
    public long begin() {
        return begin;
    }

    /** Returns what is left of it; a nanosecond if nothing is. */
    public Duration rest() {
        return Duration.ofNanos(Math.max(1, begin + timeout.toNanos() - clock.getAsLong()));
    }

    /**
     * Begins anew if this process has stood still, which a timer asks when it runs.
     *
     * @param expected when it was to run
     * @return whether it begins anew
     */
    public boolean beginsAnew(long expected) {
        return beginsAnew(expected, Math.max(timeout.toNanos() / 2, LATE.toNanos()));
    }

    private synchronized boolean beginsAnew(long expected, long tolerated) {
        long now = clock.getAsLong();
        if (now - expected <= tolerated || stalls == Arriving.MOST_STALLS) {
            return false;
        }
        stalls++;
        started = now;
        begin = now;
        return true;
    }

    /**
     * Returns for how many nanoseconds the first half lasts still, no more than 0 when it is over.
     *
     * @param written when the commands were written, 0 when they are not
     */
    public long moreOfFirstHalf(long written) {
        begin = written == 0 || written - started < 0 ? started : written;
        long length = written == 0 ? timeout.toNanos() : timeout.toNanos() / 2;
        return begin + length - clock.getAsLong();
    }

    /**
     * Waits for a while: again, three times at most, when this process has stood still meanwhile for as long.
     *
     * @param nanos the while; if it is no shorter than the first half, nothing is waited for, and nothing is late
     * @param settled the reply
     * @return whether it has not come
     */
    public boolean isLate(long nanos, CompletableFuture<Object> settled) {
        if (nanos >= half().toNanos()) {
            return false;
        }
        for (int stall = 0; stall <= Arriving.MOST_STALLS; stall++) {
            long expected = clock.getAsLong() + nanos;
            if (within(nanos, settled) != NONE) {
                return false;
            }
            if (clock.getAsLong() - expected < nanos) {
                break;
            }
        }
        return true;
    }

    /**
     * Waits for the first half of the time.
     *
     * @param written says when the commands were written, 0 when they are not
     * @param settled the reply
     * @return the reply, or {@link #NONE}
     */
    public Object firstHalf(LongSupplier written, CompletableFuture<Object> settled) {
        Object reply = within(timeout.toNanos() / 2, settled);
        while (reply == NONE) {
            long more = moreOfFirstHalf(written.getAsLong());
            if (more <= 0) {
                break;
            }
            reply = within(more, settled);
        }
        return reply;
    }

    /** Returns how a call has failed, with the whole time in the message if it was over. */
    public BackendException inFull(BackendException failure) {
        return failure.getCause() instanceof TimeoutException late
                ? new BackendException("no reply within " + timeout.toMillis() + " ms (setting timeout)", late)
                : failure;
    }

    /** Returns the reply, or {@link #NONE} when there is none within so many nanoseconds. */
    private Object within(long nanos, CompletableFuture<Object> settled) {
        long expected = clock.getAsLong() + nanos;
        try {
            return Waiting.atMost(Duration.ofNanos(nanos), settled);
        } catch (BackendException e) {
            if (e.getCause() instanceof TimeoutException) {
                var unused = beginsAnew(expected, timeout.toNanos() / 2);
                return NONE;
            }
            throw e;
        }
    }
}
