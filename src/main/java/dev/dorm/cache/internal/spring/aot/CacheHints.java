package dev.dorm.cache.internal.spring.aot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What the library reaches by reflection, and the resources that it reads, for a native image. */
final class CacheHints implements RuntimeHintsRegistrar {

    private static final String OWN = "dev.dorm.cache.internal.";

    /** What is looked for, to see whether it is there. */
    private static final List<String> LOOKED_FOR = List.of(
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "io.micrometer.core.instrument.Metrics",
            "org.redisson.Redisson",
            "org.redisson.api.RedissonClient",
            "org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails");

    /** What is made, and whose fields are read or set. */
    private static final List<String> MADE = List.of(
            OWN + "discovery.DormIntegrator",
            OWN + "discovery.DormServiceContributor",
            OWN + "discovery.DormStrategyRegistration",
            OWN + "locmem.LocMemBackend",
            OWN + "redis.RedisBackend",
            "io.netty.util.HashedWheelTimer",
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

    /** Whose methods are called, or listed. */
    private static final List<String> CALLED = List.of(
            OWN + "spring.DormCacheProperties",
            OWN + "spring.ManagementProperties",
            "io.netty.channel.epoll.Epoll",
            "io.netty.channel.kqueue.KQueue",
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
            "org.hibernate.query.spi.QueryOptions",
            "org.redisson.config.ClusterServersConfig",
            "org.redisson.config.Config",
            "org.redisson.config.MasterSlaveServersConfig",
            "org.redisson.config.SentinelServersConfig",
            "org.redisson.config.SingleServerConfig");

    /** What Caffeine makes for caches such as the library's: see its {@code LocalCacheFactory} and {@code NodeFactory}. */
    private static final List<String> OF_CAFFEINE = List.of(
            "FS", "FSA", "PS", "PSA", "PSAMS", "PSMS", "PSW", "PSWMS", "PSWMW", "SS", "SSA", "SSMS", "SSMSA", "SSMSW",
            "SSMW", "SSMWA", "SSMWAW", "SSW", "WS", "WSA");

    private static final List<String> PROXIES = List.of(
            "org.hibernate.collection.spi.PersistentCollection",
            "org.hibernate.loader.ast.spi.MultiIdEntityLoader",
            "org.hibernate.relational.SchemaManager");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        LOOKED_FOR.forEach(each -> hints.reflection().registerTypeIfPresent(loader, each));
        MADE.forEach(each -> hints.reflection()
                .registerTypeIfPresent(
                        loader, each, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.DECLARED_FIELDS));
        CALLED.forEach(
                each -> hints.reflection().registerTypeIfPresent(loader, each, MemberCategory.INVOKE_PUBLIC_METHODS));
        OF_CAFFEINE.forEach(each -> hints.reflection()
                .registerTypeIfPresent(
                        loader,
                        "com.github.benmanes.caffeine.cache." + each,
                        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                        MemberCategory.DECLARED_FIELDS));
        PROXIES.forEach(each -> hints.proxies().registerJdkProxy(TypeReference.of(each)));
        hints.resources().registerPattern("dev/dorm/cache/internal/redis/command/*.lua");
        hints.resources().registerPattern("META-INF/services/org.hibernate.*");
    }
}
