package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.reach.Reaches;
import dev.dorm.cache.internal.row.CachedRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.cache.cfg.spi.CollectionDataCachingConfig;
import org.hibernate.cache.cfg.spi.DomainDataCachingConfig;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.cfg.spi.EntityDataCachingConfig;
import org.hibernate.cache.cfg.spi.NaturalIdDataCachingConfig;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.support.AbstractDomainDataRegion;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** A region of entities, collections and natural ids: each role in it has a namespace of its own. */
public final class RowRegion extends AbstractDomainDataRegion {

    private final Namespaces namespaces;
    private final Supplier<Codecs> codecs;
    private final long maxReferences;
    private final Reaches reaches;

    /** Makes the rows of the roles of a region. */
    public interface Namespaces {

        /**
         * Returns the rows of an entity hierarchy.
         *
         * @param config how Hibernate was told to cache it
         * @return its rows
         */
        CachedRows ofEntity(DomainDataCachingConfig config);

        /**
         * Returns the rows of a collection role.
         *
         * @param config how Hibernate was told to cache it
         * @return its rows
         */
        CachedRows ofCollection(DomainDataCachingConfig config);

        /**
         * Returns the rows of an entity hierarchy's natural id.
         *
         * @param config how Hibernate was told to cache it
         * @return its rows
         */
        CachedRows ofNaturalId(DomainDataCachingConfig config);
    }

    /**
     * Builds a region.
     *
     * @param config what Hibernate was told to keep in it
     * @param factory the region factory
     * @param context where the region is built
     * @param namespaces makes the rows of its roles
     * @param codecs how keys are rendered; asked when the mapping is complete
     * @param maxReferences how many direct references an entity may keep in this process
     * @param reaches what writes reach beyond what Hibernate names
     */
    public RowRegion(
            DomainDataRegionConfig config,
            RegionFactory factory,
            DomainDataRegionBuildingContext context,
            Namespaces namespaces,
            Supplier<Codecs> codecs,
            long maxReferences,
            Reaches reaches) {
        super(config, factory, null, context); // each access object makes its own keys
        this.namespaces = namespaces;
        this.codecs = codecs;
        this.maxReferences = maxReferences;
        this.reaches = reaches;
        completeInstantiation(config, context);
    }

    /**
     * Returns the rows behind one of this package's access objects.
     *
     * @param access the access object of a region that this package built
     * @return its rows
     */
    public static CachedRows rowsOf(CachedDomainDataAccess access) {
        return ((RowAccess) access).rows();
    }

    /**
     * Forgets the instances that this process keeps by reference, whose rows have been made dead.
     *
     * @param access the access object of an entity in a region that this package built
     */
    public static void forgetReferences(EntityDataAccess access) {
        ((EntityAccess) access).forgetReferences();
    }

    /**
     * Forgets what this process keeps beside the backend of all entities of a session factory, whose rows have been made
     * dead.
     *
     * @param factory the session factory
     */
    public static void forget(SessionFactoryImplementor factory) {
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (entity.getCacheAccessStrategy() instanceof EntityAccess access) {
                access.forgetReferences();
            }
            if (entity.hasNaturalIdCache()
                    && entity.getNaturalIdCacheAccessStrategy() instanceof NaturalIdAccess access) {
                access.forgetResolved();
            }
        });
    }

    /** Returns the rows that a write in bulk to the entities behind an access object reaches beyond theirs. */
    List<CachedRows> reachedFrom(EntityDataAccess written) {
        Set<CachedRows> reached = new LinkedHashSet<>(collectionsOf(written));
        getSessionFactory().getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (entity.getCacheAccessStrategy() == written && entity.getRootEntityDescriptor() == entity) {
                reached.addAll(reaches.ofBulkWrite(entity, getSessionFactory()));
            }
        });
        reached.remove(rowsOf(written));
        return List.copyOf(reached);
    }

    private List<CachedRows> collectionsOf(EntityDataAccess owner) {
        List<CachedRows> owned = new ArrayList<>();
        getSessionFactory().getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            if (collection.hasCache() && collection.getOwnerEntityPersister().getCacheAccessStrategy() == owner) {
                owned.add(rowsOf(collection.getCacheAccessStrategy()));
            }
        });
        return owned;
    }

    @Override
    protected EntityDataAccess generateEntityAccess(EntityDataCachingConfig config) {
        return new EntityAccess(
                this,
                this::reachedFrom,
                strategy(config),
                namespaces.ofEntity(config),
                codecs,
                new References(maxReferences));
    }

    @Override
    protected CollectionDataAccess generateCollectionAccess(CollectionDataCachingConfig config) {
        return new CollectionAccess(this, strategy(config), namespaces.ofCollection(config), codecs);
    }

    @Override
    protected NaturalIdDataAccess generateNaturalIdAccess(NaturalIdDataCachingConfig config) {
        return new NaturalIdAccess(this, strategy(config), namespaces.ofNaturalId(config), codecs);
    }

    private static Strategy strategy(DomainDataCachingConfig config) {
        return Strategy.of(config.getAccessType());
    }
}
