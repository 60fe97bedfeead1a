package dev.dorm.cache;

/**
 * What happened with one alias since the session factory was built; what it counts of entries are the sums of the
 * regions that are kept there. Thread-safe.
 */
public interface AliasStatistics extends EntryStatistics, BackendStatistics {

    /**
     * Returns the state of the circuit breaker: {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}. Regions of an alias in
     * process that have a bound of their own have backends of their own; the worst state counts. Gauge
     * {@code dorm.cache.breaker.open}: 0 when it is closed, else 1.
     *
     * @return the state now
     */
    String getBreaker();
}
