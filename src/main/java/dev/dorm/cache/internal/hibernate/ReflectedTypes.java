package dev.dorm.cache.internal.hibernate;

import java.util.List;

/**
 * The types that the classes of this package, and those below it, reach by reflection, for a native image.
 *
 * <p>Hibernate: constructors and fields such as those of {@code StandardCacheEntryImpl} are not public, and methods such as
 * {@code AbstractEvent.getSession} have other types in other versions.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code AotTest#anApplicationThatWasProcessedCachesOverRedisAndItsReflectionHasHints} stays green without it, because
 * nothing here reflects any more.
 */
public final class ReflectedTypes {

    /** What is made, and whose fields are read or set. */
    public static final List<String> MADE = List.of(
            "org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem",
            "org.hibernate.cache.spi.QueryKey",
            "org.hibernate.cache.spi.entry.CollectionCacheEntry",
            "org.hibernate.cache.spi.entry.StandardCacheEntryImpl",
            "org.hibernate.internal.SessionFactoryImpl",
            "org.hibernate.metamodel.mapping.internal.BasicEntityIdentifierMappingImpl",
            "org.hibernate.persister.entity.AbstractEntityPersister",
            "org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl",
            "org.hibernate.query.sql.internal.NativeQueryImpl",
            "org.hibernate.query.sqm.internal.SqmJdbcExecutionContextAdapter",
            "org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata",
            "org.hibernate.sql.results.spi.LoadContexts",
            "org.hibernate.type.AbstractStandardBasicType",
            "org.hibernate.type.AnyType$ObjectTypeCacheEntry");

    /** Whose methods are called. */
    public static final List<String> CALLED = List.of(
            "org.hibernate.boot.spi.SessionFactoryOptions",
            "org.hibernate.engine.spi.LoadQueryInfluencers",
            "org.hibernate.event.spi.AbstractCollectionEvent",
            "org.hibernate.event.spi.AbstractDatabaseOperationEvent",
            "org.hibernate.event.spi.AbstractEvent",
            "org.hibernate.event.spi.AbstractSessionEvent",
            "org.hibernate.event.spi.AutoFlushEvent",
            "org.hibernate.event.spi.EvictEvent",
            "org.hibernate.event.spi.FlushEvent",
            "org.hibernate.event.spi.LoadEvent",
            "org.hibernate.event.spi.LockEvent",
            "org.hibernate.event.spi.PersistEvent",
            "org.hibernate.event.spi.PostCollectionRecreateEvent",
            "org.hibernate.event.spi.PostCollectionRemoveEvent",
            "org.hibernate.event.spi.PostCollectionUpdateEvent",
            "org.hibernate.event.spi.PostDeleteEvent",
            "org.hibernate.event.spi.PostInsertEvent",
            "org.hibernate.event.spi.PostLoadEvent",
            "org.hibernate.event.spi.PostUpdateEvent",
            "org.hibernate.event.spi.PreCollectionRecreateEvent",
            "org.hibernate.event.spi.PreCollectionRemoveEvent",
            "org.hibernate.event.spi.PreCollectionUpdateEvent",
            "org.hibernate.event.spi.PreDeleteEvent",
            "org.hibernate.event.spi.PreInsertEvent",
            "org.hibernate.event.spi.PreLoadEvent",
            "org.hibernate.event.spi.PreUpdateEvent",
            "org.hibernate.event.spi.RefreshEvent",
            "org.hibernate.persister.entity.EntityPersister",
            "org.hibernate.query.spi.QueryOptions");

    /** What is proxied. */
    public static final List<String> PROXIES = List.of(
            "org.hibernate.collection.spi.PersistentCollection",
            "org.hibernate.loader.ast.spi.MultiIdEntityLoader",
            "org.hibernate.relational.SchemaManager");

    /** The resources by which Hibernate finds this library. */
    public static final String SERVICES = "META-INF/services/org.hibernate.*";

    private ReflectedTypes() {}
}
