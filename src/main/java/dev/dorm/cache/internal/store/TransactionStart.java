package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Step;
import java.time.Duration;

/**
 * The moment a transaction began, before its snapshot of the database was taken.
 *
 * @param at this process's monotonic time, in nanoseconds
 * @param clock the query clock this process had seen by then; 0 for none
 */
public record TransactionStart(long at, long clock) {

    /**
     * How long a transaction may fill rows. A lock lives for {@link Step#LOCK_LEASE}, and its owner commits within
     * {@link #FENCE} of taking it: whoever began before that commit is older than this when the lock expires.
     */
    public static final Duration YOUNG = Duration.ofSeconds(30);

    /** How long after its lock was acknowledged a commit may come without taking the lock again. */
    public static final Duration FENCE = Duration.ofSeconds(20);

    /** Returns until when the transaction may fill a row whose entries live for {@code ttl}. */
    public long end(Duration ttl) {
        Duration limit = ttl.isZero() || ttl.compareTo(YOUNG) > 0 ? YOUNG : ttl;
        return at + limit.toNanos();
    }

    /** Returns whether the transaction may still fill a row whose entries live for {@code ttl}. */
    public boolean young(long now, Duration ttl) {
        return now - end(ttl) < 0;
    }
}
