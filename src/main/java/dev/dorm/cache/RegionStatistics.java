package dev.dorm.cache;

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
}
