package dev.dorm.cache;

import java.util.Map;

/**
 * What happened to entries: to rows and query results. It is counted for each region; an alias has the sums of the
 * regions that are kept there, and {@link CacheStatistics} those of all regions. Thread-safe.
 *
 * <p>Each count is a meter of Micrometer's, one for each region, with the tags {@code factory}, {@code alias} and
 * {@code region}. What is counted by reason has the tag {@code reason} too. Every reason is in the map, also at zero.
 */
public interface EntryStatistics {

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
     * {@code unverified}, {@code undecodable}, {@code outage}. Meter {@code dorm.cache.misses}.
     *
     * @return the counts by reason
     */
    Map<String, Long> getMisses();

    /**
     * Returns how often a session waited, for 100 ms at the most, for another thread of this process that was loading the same
     * row or query result. It has missed by then, and counts as a miss, and then reads once more. Meter
     * {@code dorm.cache.loads.awaited}.
     *
     * @return the count
     */
    long getAwaitedLoads();

    /**
     * Returns how many entries were stored. Meter {@code dorm.cache.puts}.
     *
     * @return the count
     */
    long getPuts();

    /**
     * Returns how many entries were not stored, by reason: {@code version} (not known before the transaction began),
     * {@code locked}, {@code unexpected} (a tombstone seen too late), {@code present}, {@code standing} (this process has
     * lately stored the same, or found it there), {@code transaction} (too old, rolled back, or too many), {@code unsupported}
     * (a value's type), {@code unproven} (nothing proves that an absent row was not written since), {@code incomplete} (a
     * result from which Hibernate left something out), {@code unreadable} (what would be stored could not be read),
     * {@code too_long} (longer than {@link DormSettings#MAX_ENTRY_SIZE}), {@code no_memory} (the backend's memory is full).
     * Meter {@code dorm.cache.puts.refused}.
     *
     * @return the counts by reason
     */
    Map<String, Long> getRefusedPuts();

    /**
     * Returns how many entries were found and not believed, by reason: {@code unsigned}, {@code bad_signature},
     * {@code wrong_version}, {@code wrong_key}, {@code truncated}, {@code too_long}, {@code undecodable}. Each is a miss
     * as well. Meter {@code dorm.cache.entries.rejected}.
     *
     * @return the counts by reason
     */
    Map<String, Long> getRejectedEntries();

    /**
     * Returns how many rows were locked for a write. Meter {@code dorm.cache.locks}.
     *
     * @return the count
     */
    long getLocks();

    /**
     * Returns how many rows were invalidated, one by one. Meter {@code dorm.cache.invalidations}.
     *
     * @return the count
     */
    long getInvalidations();
}
