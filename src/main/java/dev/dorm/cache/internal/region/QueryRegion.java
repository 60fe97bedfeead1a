package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.query.CachedQueries;
import dev.dorm.cache.internal.session.SessionContext;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.support.AbstractRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A region of query results. */
public final class QueryRegion extends AbstractRegion implements QueryResultsRegion {

    private final CachedQueries queries;

    /**
     * Builds a region.
     *
     * @param name the region's name as Hibernate asked for it
     * @param factory the region factory
     * @param queries its results
     */
    public QueryRegion(String name, RegionFactory factory, CachedQueries queries) {
        super(name, factory);
        this.queries = queries;
    }

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        boolean holdsEntities = session.getPersistenceContextInternal().getNumberOfManagedEntities() > 0;
        return queries.get(SessionContext.of(session), (QueryKey) key, holdsEntities);
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        queries.put(SessionContext.of(session), (QueryKey) key, value);
    }

    @Override
    public void clear() {
        queries.evictAll();
    }

    @Override
    public void destroy() {
        // The backend is closed with the region factory.
    }
}
