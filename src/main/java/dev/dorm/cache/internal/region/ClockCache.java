package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.query.QueryTables;
import dev.dorm.cache.internal.reach.OwnedTables;
import dev.dorm.cache.internal.reach.Reaches;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.Collection;
import java.util.List;
import org.hibernate.cache.spi.TimestampsCache;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** Hibernate's cache of update timestamps over the query clock: all tables of a step in one round trip. */
public final class ClockCache implements TimestampsCache {

    private final TimestampsRegion region;
    private final QueryTables tables;
    private final Reaches reaches;

    /**
     * Creates the cache.
     *
     * @param region the region it answers for
     * @param tables which tables queries read, and their clock
     * @param reaches what writes reach beyond the tables that they name
     */
    public ClockCache(TimestampsRegion region, QueryTables tables, Reaches reaches) {
        this.reaches = reaches;
        this.region = region;
        this.tables = tables;
    }

    @Override
    public TimestampsRegion getRegion() {
        return region;
    }

    @Override
    public void preInvalidate(String[] spaces, SharedSessionContractImplementor session) {
        SessionContext.of(session).preInvalidate(OwnedTables.with(spaces, session, reaches));
        countPuts(spaces, session);
    }

    @Override
    public void invalidate(String[] spaces, SharedSessionContractImplementor session) {
        SessionContext.of(session).invalidate(List.of(spaces));
        countPuts(spaces, session);
    }

    @Override
    public boolean isUpToDate(String[] spaces, Long timestamp, SharedSessionContractImplementor session) {
        return isUpToDate(List.of(spaces), timestamp, session);
    }

    @Override
    public boolean isUpToDate(Collection<String> spaces, Long timestamp, SharedSessionContractImplementor session) {
        QueryTables.Verdict verdict = tables.upToDate(SessionContext.of(session), spaces, timestamp);
        var statistics = session.getFactory().getStatistics();
        if (statistics.isStatisticsEnabled()) {
            // As TimestampsCacheEnabledImpl.isSpaceOutOfDate: a timestamp that makes the result stale was found, too.
            for (int i = 0; i < verdict.found(); i++) {
                statistics.updateTimestampsCacheHit();
            }
            for (int i = 0; i < verdict.missing(); i++) {
                statistics.updateTimestampsCacheMiss();
            }
        }
        return verdict.upToDate();
    }

    private static void countPuts(String[] spaces, SharedSessionContractImplementor session) {
        var statistics = session.getFactory().getStatistics();
        if (statistics.isStatisticsEnabled()) {
            for (int i = 0; i < spaces.length; i++) {
                statistics.updateTimestampsCachePut();
            }
        }
    }
}
