package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.query.QueryClock;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.cache.spi.support.AbstractRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** The region of update timestamps: a name by which Hibernate can evict them. {@link ClockCache} does the work. */
public final class ClockRegion extends AbstractRegion implements TimestampsRegion {

    private final QueryClock clock;

    /**
     * Builds the region.
     *
     * @param name the region's name as Hibernate asked for it
     * @param factory the region factory
     * @param clock the query clock
     */
    public ClockRegion(String name, RegionFactory factory, QueryClock clock) {
        super(name, factory);
        this.clock = clock;
    }

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return null;
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        // Hibernate's own timestamps are not used.
    }

    @Override
    public void clear() {
        clock.invalidateAll();
    }

    @Override
    public void destroy() {
        // The backend is closed with the region factory.
    }
}
