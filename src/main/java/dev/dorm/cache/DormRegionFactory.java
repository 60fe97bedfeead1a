package dev.dorm.cache;

import dev.dorm.cache.internal.bootstrap.CacheRuntime;
import dev.dorm.cache.internal.bootstrap.Database;
import dev.dorm.cache.internal.bootstrap.RunningCaches;
import dev.dorm.cache.internal.hibernate.TimestampsCaches;
import dev.dorm.cache.internal.region.ClockCache;
import dev.dorm.cache.internal.region.ClockRegion;
import dev.dorm.cache.internal.region.QueryRegion;
import dev.dorm.cache.internal.region.RowRegion;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.Map;
import java.util.Objects;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.boot.registry.classloading.spi.ClassLoadingException;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsCacheFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.support.RegionNameQualifier;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The second-level cache: set {@code hibernate.cache.region.factory_class} to this class's name, or to {@code dorm}.
 *
 * <p>Without further settings it caches in process; with {@link DormSettings#LOCATION} in Redis. {@link DormSettings}
 * lists all settings. Entities are cached READ_WRITE unless they say otherwise.
 */
public final class DormRegionFactory implements RegionFactory {

    private static final long serialVersionUID = 1L;

    private transient @Nullable CacheRuntime runtime;
    private transient @Nullable SessionFactoryOptions options;

    /** Creates the factory; Hibernate starts it. */
    public DormRegionFactory() {}

    @Override
    public void start(SessionFactoryOptions sessionFactoryOptions, Map<String, Object> configuration) {
        if (runtime != null) {
            return;
        }
        options = sessionFactoryOptions;
        String prefix = Objects.requireNonNullElse(sessionFactoryOptions.getCacheRegionPrefix(), "");
        JdbcEnvironment connection = sessionFactoryOptions.getServiceRegistry().getService(JdbcEnvironment.class);
        CacheRuntime started = CacheRuntime.open(
                configuration,
                prefix,
                Database.name(configuration, connection),
                type -> checkAllowedType(type, sessionFactoryOptions));
        runtime = started;
        RunningCaches.add(this, started);
        TimestampsCaches.replaceIn(sessionFactoryOptions, clockCaches(started));
    }

    /** The codecs look the class up when they are first used, which is too late to say that it is not there. */
    private static void checkAllowedType(String name, SessionFactoryOptions options) {
        try {
            options.getServiceRegistry()
                    .requireService(ClassLoaderService.class)
                    .classForName(name);
        } catch (ClassLoadingException e) {
            throw SettingException.of(DormSettings.ALLOWED_TYPES, name, "exact names of classes that can be loaded");
        }
    }

    /** Hibernate asks for it right after {@link #start} ({@code EnabledCaching.buildTimestampsCache}). */
    private static TimestampsCacheFactory clockCaches(CacheRuntime runtime) {
        return (cache, region) -> new ClockCache(region, runtime.tables(), runtime.reaches());
    }

    @Override
    public void stop() {
        CacheRuntime started = runtime;
        runtime = null;
        RunningCaches.remove(this);
        if (started != null) {
            started.close();
        }
    }

    private CacheRuntime runtime() {
        CacheRuntime started = runtime;
        if (started == null) {
            throw new IllegalStateException("The cache is not started, or its session factory is closed");
        }
        return started;
    }

    @Override
    public DomainDataRegion buildDomainDataRegion(
            DomainDataRegionConfig config, DomainDataRegionBuildingContext context) {
        CacheRuntime started = runtime();
        SessionFactoryImplementor factory = context.getSessionFactory();
        String name = config.getRegionName();
        primeOnce(factory);
        return new RowRegion(
                config,
                this,
                context,
                started.namespaces(name, qualify(name), factory),
                () -> started.codecs(factory),
                started.maxReferences(),
                started.reaches());
    }

    @Override
    public QueryResultsRegion buildQueryResultsRegion(String name, SessionFactoryImplementor factory) {
        primeOnce(factory);
        return new QueryRegion(name, this, runtime().queries(name, qualify(name), factory));
    }

    @Override
    public TimestampsRegion buildTimestampsRegion(String name, SessionFactoryImplementor factory) {
        return new ClockRegion(name, this, runtime().clock());
    }

    @Override
    public CacheTransactionSynchronization createTransactionContext(SharedSessionContractImplementor session) {
        return new SessionContext(session, runtime().clock());
    }

    @Override
    public boolean isMinimalPutsEnabledByDefault() {
        return false;
    }

    @Override
    public AccessType getDefaultAccessType() {
        return AccessType.READ_WRITE;
    }

    @Override
    public String qualify(String regionName) {
        return RegionNameQualifier.INSTANCE.qualify(regionName, options);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Not used: a session is dated by the query clock ({@link CacheTransactionSynchronization#getCachingTimestamp}).
     */
    @Override
    public long nextTimestamp() {
        return System.nanoTime();
    }

    private boolean priming;

    private void primeOnce(SessionFactoryImplementor factory) {
        if (!priming) {
            priming = true;
            factory.addObserver(new SessionFactoryObserver() {
                @Override
                public void sessionFactoryCreated(SessionFactory created) {
                    runtime().prime(factory, factory.getSessionFactoryOptions().isQueryCacheEnabled());
                }

                @Override
                public void sessionFactoryClosing(SessionFactory closing) {
                    CacheRuntime current = runtime;
                    if (current != null) {
                        current.unprime(factory);
                    }
                }
            });
        }
    }
}
