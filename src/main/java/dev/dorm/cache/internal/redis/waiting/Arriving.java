package dev.dorm.cache.internal.redis.waiting;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Waiting;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Replies on their way. As long as bytes of them come, they are waited for: a large entry is no outage. */
public interface Arriving {

    /** How long a reply may take in all. A transaction that reads for so long may still write. */
    Duration LONGEST = Duration.ofSeconds(10);

    /** A process that wakes so much too late has stood still: what has come meanwhile nobody has read. */
    Duration STALL = Duration.ofMillis(100);

    /** So many times a reply is waited for once more because this process has stood still. */
    int MOST_STALLS = 3;

    /** Returns how many nanoseconds ago bytes came last; {@link Long#MAX_VALUE} for never. */
    long idle();

    /** Returns how many nanoseconds more a reply is worth waiting for, for which somebody waits since a moment. */
    default long rest(long begin, Duration timeout) {
        long idle = idle();
        long waited = System.nanoTime() - begin;
        return idle >= waited
                ? timeout.toNanos() - waited
                : Math.min(timeout.toNanos() - idle, LONGEST.toNanos() - waited);
    }

    /** How replies failed. */
    record Failed(Throwable why) {}

    /**
     * Waits for replies until nothing of them has come for a while.
     *
     * @param timeout that while
     * @throws CompletionException when they failed
     * @throws BackendException when they do not come
     */
    default <T extends @Nullable Object> T await(Duration timeout, CompletableFuture<T> replies) {
        CompletableFuture<@Nullable Object> settled =
                replies.handle((reply, failure) -> failure == null ? reply : new Failed(failure));
        Object reply = awaitSettled(timeout, settled);
        if (reply instanceof Failed failed) {
            throw failed.why instanceof CompletionException known ? known : new CompletionException(failed.why);
        }
        @SuppressWarnings("unchecked") // it is what was waited for
        T wanted = (T) reply;
        return wanted;
    }

    private @Nullable Object awaitSettled(Duration timeout, CompletableFuture<@Nullable Object> settled) {
        long begin = System.nanoTime();
        BackendException late = null;
        Duration wait = timeout;
        int stalls = 0;
        while (true) {
            long expected = System.nanoTime() + wait.toNanos();
            try {
                return Waiting.atMost(wait, settled);
            } catch (BackendException e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
                late = late == null ? e : late;
                wait = Duration.ofNanos(rest(begin, timeout));
                boolean over = wait.isNegative() || wait.isZero();
                if (over && (System.nanoTime() - expected < STALL.toNanos() || ++stalls > MOST_STALLS)) {
                    throw late;
                }
                wait = over ? STALL : wait;
            }
        }
    }

    /** Everything that one thread waits for. Thread-safe. */
    final class Progress implements Arriving {

        private final Queue<Arriving> parts = new ConcurrentLinkedQueue<>();

        public void add(Arriving part) {
            parts.add(part);
        }

        @Override
        public long idle() {
            return parts.stream().mapToLong(Arriving::idle).min().orElse(Long.MAX_VALUE);
        }
    }
}
