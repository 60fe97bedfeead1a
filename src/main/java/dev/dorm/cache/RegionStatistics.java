package dev.dorm.cache;

import java.util.Map;

/**
 * What happened in one region since the session factory was built. Thread-safe.
 *
 * <p>A region has the name that Hibernate's own statistics give it: without the region prefix, a query region with its
 * time to live ({@code hot-list@60s}). Rows and query results in regions of the same name are counted together, as
 * {@link org.hibernate.stat.CacheRegionStatistics} does.
 */
public interface RegionStatistics extends EntryStatistics {

    /**
     * Returns where the region is kept. Tag {@code alias}.
     *
     * @return a key of {@link CacheStatistics#getAliases}
     */
    String getAlias();

    /**
     * Returns how many entries are held in this process, those included that are dead and not removed yet. Counting them takes time in
     * proportion to their number. Gauge {@code dorm.cache.size}, which regions in Redis have not.
     *
     * @return the number now; -1 where it is not known: of a region in Redis
     */
    long getSize();

    /**
     * Returns how many entries have left the store in this process by themselves, by reason: {@code size} (it was full), and
     * {@code expired} (their time to live was over). Redis tells only what it evicts in all. Meter {@code
     * dorm.cache.evictions}, which regions in Redis have not.
     *
     * @return the counts by reason
     */
    Map<String, Long> getEvictions();
}
