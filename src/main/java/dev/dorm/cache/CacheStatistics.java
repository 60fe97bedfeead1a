package dev.dorm.cache;

import java.util.Map;
import javax.management.MXBean;

/**
 * What happened in a session factory's cache since it was built. Thread-safe.
 *
 * <p>{@link DormCache#statistics} returns it; the platform's MBean server has it, from the building of the session
 * factory to its closing, as {@code dev.dorm.cache:type=Cache,factory="<name>"}; and when Micrometer is on the class
 * path its global registry has it as meters whose names begin with {@code dorm.cache.} and that are tagged with
 * {@code factory}. The name is the session factory's, or its region prefix, or {@code default}; a second one of that
 * name gets {@code #2} behind it.
 */
@MXBean
public interface CacheStatistics {

    /**
     * Returns how many rows and query results were served. Meter {@code dorm.cache.hits}.
     *
     * @return the count
     */
    long getHits();

    /**
     * Returns how many of the hits were rows that this process had kept, at no round trip. Meter
     * {@code dorm.cache.hits.near}.
     *
     * @return the count
     */
    long getNearHits();

    /**
     * Returns how many were asked for in vain, by reason: {@code absent}, {@code dead} (of an older model version),
     * {@code locked}, {@code tombstone}, {@code stale} (a query result older than a write to its tables),
     * {@code unverified}, {@code undecodable}, {@code outage}. Meters {@code dorm.cache.misses}, tag {@code reason}.
     *
     * @return the counts
     */
    Map<String, Long> getMisses();

    /**
     * Returns how many entries were stored. Meter {@code dorm.cache.puts}.
     *
     * @return the count
     */
    long getPuts();

    /**
     * Returns how many entries were not stored, by reason: {@code version} (not known before the transaction began),
     * {@code locked}, {@code unexpected} (a tombstone seen too late), {@code present}, {@code transaction} (too old,
     * rolled back, or too many), {@code unsupported} (a value's type), {@code unproven} (nothing proves that an absent row
     * was not written since), {@code incomplete} (a result from which Hibernate left something out), {@code unreadable}
     * (what would be stored could not be read). Meters {@code dorm.cache.puts.refused}, tag {@code reason}.
     *
     * @return the counts
     */
    Map<String, Long> getRefusedPuts();

    /**
     * Returns how many entries were found and not believed, by reason: {@code unsigned}, {@code bad_signature},
     * {@code wrong_version}, {@code wrong_key}, {@code truncated}, {@code too_long}, {@code undecodable}. Each is a miss as well. Meters
     * {@code dorm.cache.entries.rejected}, tag {@code reason}.
     *
     * @return the counts
     */
    Map<String, Long> getRejectedEntries();

    /**
     * Returns how many rows were locked for a write. Meter {@code dorm.cache.locks}.
     *
     * @return the count
     */
    long getLocks();

    /**
     * Returns how many rows were invalidated. Meter {@code dorm.cache.invalidations}.
     *
     * @return the count
     */
    long getInvalidations();

    /**
     * Returns how many model versions were bumped. Meter {@code dorm.cache.bumps}.
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
     * Returns the state of each alias's circuit breaker: {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}. Gauges
     * {@code dorm.cache.breaker.open}, tag {@code alias}: 0 when it is closed, else 1.
     *
     * @return the states by alias
     */
    Map<String, String> getBreakers();

    /**
     * Returns how often a circuit breaker opened. Meter {@code dorm.cache.breaker.openings}.
     *
     * @return the count
     */
    long getBreakerOpenings();

    /**
     * Returns how many invalidations are owed to backends, coalesced. Gauge {@code dorm.cache.pending.bumps}.
     *
     * @return their number
     */
    long getPendingBumps();
}
