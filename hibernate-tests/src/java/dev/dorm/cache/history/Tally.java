package dev.dorm.cache.history;

/** What a run counts, over all of its JVMs. */
enum Tally {
    /** Values read and judged. */
    READS,
    CACHE_HITS,
    CACHE_MISSES,
    /** Of the rows and natural ids that were hit: those that a process had kept. */
    NEAR_HITS,
    NATURAL_ID_HITS,
    QUERY_HITS,
    /** Calls of the cache that failed or took too long. */
    OUTAGES,
    COMMITS,
    ROLLBACKS,
    INSERTS,
    DELETES,
    BULK_UPDATES,
    BULK_DELETES,
    EVICTIONS,
    /** Transactions that took their snapshot early and read late. */
    LONG_READERS,
    KILLS,
    KILLS_BEFORE_COMMIT,
    KILLS_AFTER_COMMIT,
    FLUSHES,
    PAUSES,
    RESTARTS,
    /** A value older than one whose commit had returned before the transaction began. */
    STALE,
    /** A value that was never committed, or is not whole. */
    PHANTOM,
    /** A row that was deleted before the transaction began. */
    RESURRECTED,
    /** No row where there was one before the transaction began, and nobody deleted it. */
    MISSING,
    /** What the cache still says wrongly when all is quiet. */
    QUIET_STALE,
    /** Stale while its writer had committed and not yet unlocked, and Redis was flushed since it locked. */
    WINDOW_FLUSH,
    /** Stale under NONSTRICT_READ_WRITE between the commit and the invalidation. */
    WINDOW_NONSTRICT,
    /** Stale between a commit during an outage and the bump that makes it good. */
    WINDOW_OUTAGE,
    /** Stale within a second after a server has ceased to take locks, and its writer had none. */
    WINDOW_LEASE,
    /** Stale less than the near tier's window after its change was committed. */
    WINDOW_NEAR,
    /** One of these windows that nobody closed: its writer was killed. */
    WINDOW_KILLED,
    /** Transactions that did not commit because the cache could not be locked. */
    REFUSED,
    /** Unexpected exceptions. */
    ERRORS;

    /** Returns whether a run without faults must not have any. */
    boolean isViolation() {
        return this == STALE || this == PHANTOM || this == RESURRECTED || this == MISSING || this == QUIET_STALE;
    }

    boolean isWindow() {
        return name().startsWith("WINDOW");
    }
}
