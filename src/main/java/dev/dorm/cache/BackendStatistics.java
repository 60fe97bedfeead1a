package dev.dorm.cache;

/**
 * What happened between this process and its backends. It is counted for each alias, not for regions: a call may carry
 * steps of many. {@link CacheStatistics} has the sums of all aliases. Thread-safe.
 *
 * <p>Each count is a meter of Micrometer's, one for each alias, with the tags {@code factory} and {@code alias}.
 */
public interface BackendStatistics {

    /**
     * Returns how many model versions were bumped, each of which makes all entries of a region, or of one of its shards,
     * dead at once. Bumps that are made good after an outage are not among them. Meter {@code dorm.cache.bumps}.
     *
     * @return the count
     */
    long getBumps();

    /**
     * Returns how often everything was renewed because a server was new, or might be. Meter
     * {@code dorm.cache.renewals}.
     *
     * @return the count
     */
    long getRenewals();

    /**
     * Returns how many calls were made to backends, each of which is one round trip that somebody waited for. Meter
     * {@code dorm.cache.calls}.
     *
     * @return the count
     */
    long getCalls();

    /**
     * Returns how many calls and settlements were answered. Count of the timer {@code dorm.cache.calls.answered}.
     *
     * @return the count
     */
    long getAnsweredCalls();

    /**
     * Returns how long those took that were answered, from sending to reply. Total of the timer {@code
     * dorm.cache.calls.answered}.
     *
     * @return the sum of their times, in nanoseconds
     */
    long getAnsweredNanos();

    /**
     * Returns how often something was sent when a transaction had completed, for whose reply nobody waited. Meter
     * {@code dorm.cache.settlements}.
     *
     * @return the count
     */
    long getSettlements();

    /**
     * Returns how often somebody waited for such a settlement all the same: to read or lock what it changes, where that could
     * not be sent behind it, or because very many were under way. Meter {@code dorm.cache.settlements.awaited}.
     *
     * @return the count
     */
    long getAwaitedSettlements();

    /**
     * Returns how many calls to a backend failed, probes included. Meter {@code dorm.cache.calls.failed}.
     *
     * @return the count
     */
    long getFailedCalls();

    /**
     * Returns how many calls were not made, because the backend had failed too often or in the same transaction. Meter
     * {@code dorm.cache.calls.bypassed}.
     *
     * @return the count
     */
    long getBypassedCalls();

    /**
     * Returns how often a circuit breaker opened. Meter {@code dorm.cache.breaker.openings}.
     *
     * @return the count
     */
    long getBreakerOpenings();

    /**
     * Returns how many invalidations could not be sent to a backend and are made good before it is read again. They are
     * coalesced: a shard is owed once, however many of its rows are. Gauge {@code dorm.cache.pending.invalidations}.
     *
     * @return their number now
     */
    long getPendingInvalidations();
}
