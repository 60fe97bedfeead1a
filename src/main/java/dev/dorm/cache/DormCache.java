package dev.dorm.cache;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.TransactionalStore;
import dev.dorm.cache.internal.bootstrap.CacheRuntime;
import dev.dorm.cache.internal.bootstrap.EntityLoads;
import dev.dorm.cache.internal.bootstrap.QuerySpaces;
import dev.dorm.cache.internal.bootstrap.RegionNames;
import dev.dorm.cache.internal.bootstrap.RunningCaches;
import dev.dorm.cache.internal.locmem.TransactionalBackend;
import dev.dorm.cache.internal.region.RowRegion;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RowNamespace;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.MappingException;
import org.hibernate.Session;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a session factory, as an application calls it. Thread-safe.
 *
 * <p>{@code @Cacheable} entities, query hints and Hibernate's own {@code Cache} need nothing of this.
 */
public final class DormCache {

    private final SessionFactoryImplementor factory;
    private final CacheRuntime runtime;

    private DormCache(SessionFactoryImplementor factory, CacheRuntime runtime) {
        this.factory = factory;
        this.runtime = runtime;
    }

    /**
     * Returns the cache of a session factory.
     *
     * @param factory a {@code SessionFactory} or {@code EntityManagerFactory}
     * @return its cache
     * @throws IllegalArgumentException when it does not use {@link DormRegionFactory}
     * @throws IllegalStateException when it is closed
     */
    public static DormCache of(jakarta.persistence.EntityManagerFactory factory) {
        SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
        RegionFactory regions = implementor.getCache().getRegionFactory();
        CacheRuntime running = RunningCaches.of(regions);
        if (running != null) {
            return new DormCache(implementor, running);
        }
        if (regions instanceof DormRegionFactory) {
            throw new IllegalStateException("The session factory is closed");
        }
        throw new IllegalArgumentException(
                "The session factory caches with %s; set hibernate.cache.region.factory_class to dorm"
                        .formatted(regions.getClass().getName()));
    }

    /**
     * Returns the default backend.
     *
     * @return the backend of the alias {@value BackendSettings#DEFAULT_ALIAS}
     */
    public Backend backend() {
        return backend(BackendSettings.DEFAULT_ALIAS);
    }

    /**
     * Returns the backend of an alias, building it when it is first asked for.
     *
     * @param alias the alias
     * @return the same backend until {@link #reset()}
     * @throws IllegalArgumentException when there is no such alias
     */
    public Backend backend(String alias) {
        return runtime.backend(alias);
    }

    /**
     * Makes a backend of a store, as the {@code backend} setting does when it names the store's class. Tests of a store of
     * one's own need it.
     *
     * @param store the store, which is closed with the backend
     * @param settings what the store was built from
     * @return the backend
     */
    public static Backend backendOver(TransactionalStore store, BackendSettings settings) {
        return new TransactionalBackend(store, settings);
    }

    /** Closes every backend that was built; the next use of an alias builds it anew. */
    public void reset() {
        runtime.reset();
    }

    /**
     * Waits until what this process has sent after its commits has arrived: for one {@code timeout} of each alias at the most. A commit does
     * not wait for the end of its locks, so for a moment after it other processes miss what it wrote. Correctness never
     * needs this; a test that counts hits, or reads through another session factory, does.
     */
    public void awaitSettled() {
        runtime.awaitSettled();
    }

    /**
     * Returns what was counted since the session factory was built: in all, by region and by alias. JMX and Micrometer
     * show the same.
     *
     * @return the statistics
     */
    public CacheStatistics statistics() {
        return runtime.statistics();
    }

    /**
     * Returns the namespace of an entity hierarchy.
     *
     * @param entityClass a cached entity's class
     * @return {@code dormqs:<region>}
     * @throws IllegalArgumentException when it is no entity, or is not cached
     */
    public String cacheNamespace(Class<?> entityClass) {
        return rows(entityClass).namespace().name();
    }

    /**
     * Returns the model version of an entity hierarchy.
     *
     * @param entityClass a cached entity's class
     * @return its version in the backend
     * @throws IllegalArgumentException when it is no entity, or is not cached
     */
    public long modelVersion(Class<?> entityClass) {
        CachedRows rows = rows(entityClass);
        return rows.store().backend().version(rows.namespace());
    }

    /**
     * Makes everything that is cached of an entity hierarchy dead at once, in every process: its rows, its natural ids,
     * and the query results over its tables. Call it after a change that Hibernate did not make. Collections have
     * namespaces of their own; Hibernate's {@code Cache.evictCollectionData} evicts them.
     *
     * @param entityClass a cached entity's class
     * @return the new version of its rows
     * @throws IllegalArgumentException when it is no entity, or is not cached
     * @throws dev.dorm.cache.backend.BackendException when the backend does not answer in time: the bump is owed then,
     *     and made as soon as it does
     */
    public long bumpModelVersion(Class<?> entityClass) {
        EntityPersister root = root(entityClass);
        CachedRows rows = rows(entityClass);
        try {
            return RowNamespace.bump(rows.store(), rows.namespace().shards());
        } finally {
            RowRegion.forgetReferences(root.getCacheAccessStrategy());
            if (root.hasNaturalIdCache()) {
                root.getNaturalIdCacheAccessStrategy().evictAll();
            }
            runtime.clock().changed(List.copyOf(QuerySpaces.of(root)));
        }
    }

    /**
     * Makes everything that is cached of this session factory's mapping dead at once, in every process: rows, collections,
     * natural ids and query results. Call it after a change that Hibernate did not make, when it is committed: a restored
     * database, one that Liquibase made anew, tables emptied by SQL. In an outage it is owed, and made good before this
     * process reads the cache again.
     */
    public void evictAll() {
        runtime.schemaChanged(factory);
    }

    /**
     * Signs bytes as entries are signed: {@code dormsig1:<64 hex>:<payload>}.
     *
     * @param payload the bytes
     * @return the envelope
     */
    public byte[] signPayload(byte[] payload) {
        return runtime.signer().sign(payload);
    }

    /**
     * Verifies an envelope.
     *
     * @param blob what {@link #signPayload} returned
     * @return the payload, or null when its signature does not match
     */
    public byte @Nullable [] verifyPayload(byte[] blob) {
        return runtime.signer().verify(blob);
    }

    /**
     * Finds an entity through the cache before the database.
     *
     * @param session an open session
     * @param entityClass the entity's class
     * @param id its id
     * @param <T> the entity's type
     * @return the entity, or null when there is none
     */
    public static <T> @Nullable T find(Session session, Class<T> entityClass, Object id) {
        return session.find(entityClass, id);
    }

    /**
     * Finds entities through the cache before the database; those that are not cached come in one SQL statement.
     *
     * @param session an open session
     * @param entityClass the entities' class
     * @param ids their ids
     * @param <T> the entities' type
     * @param <K> the ids' type
     * @return the entities by id, in the order of the ids, without those that do not exist
     */
    public static <T, K> Map<K, T> findAll(Session session, Class<T> entityClass, Collection<K> ids) {
        return EntityLoads.all(session, entityClass, ids);
    }

    /**
     * Loads entities into the cache before they are asked for: after a start, or when a region was evicted. What is cached already stays.
     * Hundreds of them share a session and a transaction of their own, so it is called outside of any, and by a thread that may
     * wait for the database. A transaction of more than 30 s, or half the {@code ttl}, caches
     * nothing. It knows no tenant.
     *
     * @param entityClass a cached entity's class
     * @param ids the entities' ids
     * @return how many of them exist
     * @throws IllegalArgumentException when it is no entity, or is not cached
     */
    public int warm(Class<?> entityClass, Collection<?> ids) {
        return EntityLoads.warm(factory, rows(entityClass), entityClass, ids);
    }

    /**
     * Loads the entities that a query selects into the cache before they are asked for, and the query's result with them. It runs
     * in a session and a transaction of its own; of more than 10,000 entities only the first are cached.
     *
     * @param entityClass a cached entity's class
     * @param query selects entities of this class, in HQL or JPQL, without parameters: {@code from Book where title like 'A%'}
     * @return how many it found
     * @throws IllegalArgumentException when it is no entity, or is not cached, or the query is wrong
     */
    public int warm(Class<?> entityClass, String query) {
        return EntityLoads.warm(factory, rows(entityClass), entityClass, query);
    }

    /**
     * Makes a query cacheable, with a time to live of its own.
     *
     * @param query the query
     * @param timeout how long its result lives; {@link Duration#ZERO} means until invalidated
     * @param <Q> the query's type
     * @return the query
     */
    public static <Q extends Query<?>> Q cache(Q query, Duration timeout) {
        String region = query.getCacheRegion() == null
                ? RegionFactory.DEFAULT_QUERY_RESULTS_REGION_UNQUALIFIED_NAME
                : query.getCacheRegion();
        query.setCacheable(true);
        query.setCacheRegion(RegionNames.timed(region, timeout));
        return query;
    }

    private CachedRows rows(Class<?> entityClass) {
        EntityPersister root = root(entityClass);
        if (root.getCacheAccessStrategy() == null) {
            throw new IllegalArgumentException(entityClass.getName() + " is not cached; annotate it with @Cacheable");
        }
        return RowRegion.rowsOf(root.getCacheAccessStrategy());
    }

    private EntityPersister root(Class<?> entityClass) {
        try {
            return factory.getMappingMetamodel()
                    .getEntityDescriptor(entityClass)
                    .getRootEntityDescriptor()
                    .getEntityPersister();
        } catch (MappingException e) {
            throw new IllegalArgumentException(entityClass.getName() + " is no entity of this session factory", e);
        }
    }
}
