package dev.dorm.cache.internal.hibernate.session;

import dev.dorm.cache.internal.hibernate.mapping.TenantColumns;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Whether a session has enabled a filter that hides rows also from loads by id ({@code @FilterDef(applyToLoadByKey = true)}).
 *
 * <p>Hibernate: {@code CacheLoadHelper.loadFromSecondLevelCache} (in 6.6 {@code CacheEntityLoaderHelper}) gives a cached row without applying it. The filter
 * of {@code @TenantId} is such a one, too, but the row's key names the tenant.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code FilteredLoadsIT#aRowThatTheFilterHidesIsNotFound} stays green without it.
 */
public final class FilteredLoads {

    private FilteredLoads() {}

    /** Returns whether only the database knows which rows of an entity hierarchy a session sees. */
    public static boolean areBy(SharedSessionContractImplementor session, EntityPersister root) {
        LoadQueryInfluencers influencers = session.getLoadQueryInfluencers();
        return influencers.hasEnabledFilters()
                && influencers.getEnabledFilters().values().stream()
                        .anyMatch(filter -> filter.isAppliedToLoadByKey() && !TenantColumns.isFilteredBy(filter))
                && root.getSubclassEntityNames().stream()
                        .map(name -> root.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                        .anyMatch(entity -> entity.isAffectedByEnabledFilters(influencers, true));
    }
}
