package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.column.WrittenColumns;
import dev.dorm.cache.internal.hibernate.caller.TransientChecks;
import dev.dorm.cache.internal.hibernate.event.WatchedSchema;
import dev.dorm.cache.internal.hibernate.mapping.DeclaredColumns;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.listener.AskedEvictions;
import dev.dorm.cache.internal.listener.MultiLoads;
import dev.dorm.cache.internal.listener.NothingFound;
import dev.dorm.cache.internal.listener.Writes;
import dev.dorm.cache.internal.listener.WritesThatReach;
import dev.dorm.cache.internal.metrics.CallObserver;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import dev.dorm.cache.internal.metrics.StatisticsExporter;
import dev.dorm.cache.internal.query.CachedQueries;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.QueryTables;
import dev.dorm.cache.internal.reach.MappedReach;
import dev.dorm.cache.internal.reach.Reaches;
import dev.dorm.cache.internal.region.ClockCache;
import dev.dorm.cache.internal.region.RowRegion;
import dev.dorm.cache.internal.settings.LifetimeSettings;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Signer;
import dev.dorm.cache.internal.signing.SigningKeys;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.boot.Metadata;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one session factory's cache is made of. */
public final class CacheRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    /** When to say that no query has asked for a region that the settings name. */
    private static final Duration REMINDER = Duration.ofMinutes(10);

    private final Settings settings;
    private final Backends backends;
    private final Stores stores;
    private final Signer signer;
    private final Format format;
    private final QueryClock clock;
    private final QueryTables tables;
    private final Reaches reaches = new Reaches();
    private final CachedRegions cached;
    private final RuntimeStatistics statistics = new RuntimeStatistics();
    private @Nullable StatisticsExporter exporter;
    private @Nullable Reminder reminder;
    private final String regionPrefix;
    private final SigningKeys keys;
    private final RegionSettings regions;
    private final Map<SessionFactoryImplementor, Codecs> codecs = new ConcurrentHashMap<>();

    private CacheRuntime(Configuration configuration, String regionPrefix) {
        this.settings = configuration.settings();
        this.keys = configuration.keys();
        this.signer = new Signer(keys);
        this.format = configuration.format();
        this.backends = configuration.backends();
        this.stores = new Stores(settings, backends, statistics);
        this.cached = new CachedRegions(stores);
        this.regions = new RegionSettings(settings);
        this.clock = new QueryClock(stores.of(BackendSettings.DEFAULT_ALIAS), regionPrefix, settings.failsOnOutage());
        this.tables = new QueryTables(clock);
        this.regionPrefix = regionPrefix;
    }

    /**
     * Opens the cache of a session factory.
     *
     * @param configuration all its settings
     * @param regionPrefix what the names of its regions begin with
     * @param database the name of its database, by which stores in this process are shared; null for a store of its own
     * @param loadable throws when a class cannot be loaded
     * @return the cache; its backends begin to connect
     * @throws SettingException when settings are wrong; it tells all of them
     */
    public static CacheRuntime open(
            Map<String, Object> configuration,
            String regionPrefix,
            @Nullable String database,
            Consumer<String> loadable) {
        return new CacheRuntime(Configuration.of(configuration, database, loadable), regionPrefix);
    }

    public Backend backend(String alias) {
        return backends.get(StoreName.of(alias));
    }

    public Signer signer() {
        return signer;
    }

    public RuntimeStatistics statistics() {
        return statistics;
    }

    public QueryClock clock() {
        return clock;
    }

    public QueryTables tables() {
        return tables;
    }

    public Reaches reaches() {
        return reaches;
    }

    public long maxReferences() {
        return settings.backendSettings(BackendSettings.DEFAULT_ALIAS).maxEntries();
    }

    public Codecs codecs(SessionFactoryImplementor factory) {
        Codecs known = codecs.get(factory);
        return known != null
                ? known
                : codecs.computeIfAbsent(factory, f -> new Codecs(f, format, settings.allowedTypes()));
    }

    /**
     * Reads from a mapping what Hibernate forgets when it has built its session factory.
     *
     * @param metadata the mapping
     * @param factory the session factory, not complete yet
     */
    public void read(Metadata metadata, SessionFactoryImplementor factory) {
        reaches.read(new MappedReach(metadata));
        DeclaredColumns.read(metadata, factory);
        codecs(factory).ids().define(WrittenColumns.of(metadata));
    }

    /** Makes the rows of a region's roles. */
    public RowRegion.Namespaces namespaces(String region, String qualified, SessionFactoryImplementor factory) {
        return new RegionRows(
                settings, regions, stores, signer, region, qualified, factory, () -> codecs(factory), cached::add);
    }

    public CachedQueries queries(String region, String qualified, SessionFactoryImplementor factory) {
        RegionNames.Timed timed = RegionNames.timed(region);
        regions.exists(timed.name());
        String name = Keys.namespace(RegionNames.timed(qualified).name());
        Duration ttl = timed.ttl() == null ? RegionRows.ttl(settings, timed.name()) : timed.ttl();
        CachedQueries made = new CachedQueries(
                stores.ofRegion(timed.name()),
                stores.counters(region, timed.name()),
                name,
                new Envelope(signer, settings.maxEntrySize(timed.name())),
                () -> codecs(factory).queries(),
                LifetimeSettings.of(settings::text, ttl),
                timed.ttl(),
                tables,
                new NearPlaces(settings, stores).ofResults(timed.name(), ttl));
        stores.tell(region, made.store(), made.namespace());
        cached.add(made);
        return made;
    }

    /**
     * Learns all versions, and makes sure that all tables have a record, before the first session opens.
     *
     * @param factory the session factory, complete, its schema exported
     * @param queryCache whether results are cached
     */
    public void prime(SessionFactoryImplementor factory, boolean queryCache) {
        regions.check(factory);
        stores.awaitOpen();
        String anew = NewSchema.asked(factory.getProperties());
        if (anew != null) {
            LOG.info(
                    "The schema is made anew ({}): nothing is served that was cached before under the region prefix '{}'",
                    anew,
                    regionPrefix);
            schemaChanged(factory);
        }
        cached.learn();
        WatchedSchema.watch(factory, () -> schemaChanged(factory));
        AskedEvictions.replaceIn(factory);
        WritesThatReach.listen(factory, reaches);
        TransientChecks.watch(factory);
        Writes.listen(factory);
        NothingFound.listen(factory);
        MultiLoads.announce(factory, () -> codecs(factory));
        if (queryCache) {
            if (!(factory.getCache().getTimestampsCache() instanceof ClockCache)) {
                throw new SettingException("The query cache needs the query clock in place of the timestamps cache "
                        + factory.getCache().getTimestampsCache().getClass().getName());
            }
            // A Hibernate whose results are laid out in a way that is not known fails here, and not in a request.
            codecs(factory).queries();
            clock.settle(QuerySpaces.of(factory));
            tables.neverNear(QuerySpaces.transactional(factory));
        }
        stores.all().forEach(store -> store.near().listen());
        boolean jmx = !"false".equals(String.valueOf(factory.getProperties().get(StatisticsExporter.JMX)));
        exporter = new StatisticsExporter(name(factory), statistics, jmx);
        new StartMessage(settings, keys, alias -> backend(alias).place()).log(factory, regionPrefix);
        regions.remindLater(saying -> reminder = Reminder.after(REMINDER, saying));
    }

    /** Says that the session factory is closing: with {@code create-drop}, Hibernate has just dropped the schema. */
    public void unprime(SessionFactoryImplementor factory) {
        if (NewSchema.drops(factory.getProperties())) {
            schemaChanged(factory);
        }
    }

    /** Makes everything dead that is cached of this mapping, in every process; in an outage that is owed. */
    public void schemaChanged(SessionFactoryImplementor factory) {
        RowRegion.forget(factory);
        cached.bump();
        Set<String> tables = new LinkedHashSet<>(clock.known());
        tables.addAll(QuerySpaces.of(factory));
        clock.changed(List.copyOf(tables));
    }

    /** Has somebody told of the calls of each alias that is not in this process, from now on. */
    public void observe(Function<String, CallObserver> ofAlias) {
        stores.observe(ofAlias);
    }

    /** Older releases give a session factory no name where they know that of its persistence unit. */
    private String name(SessionFactoryImplementor factory) {
        Object named = factory.getName() != null
                ? factory.getName()
                : factory.getProperties().getOrDefault(AvailableSettings.PERSISTENCE_UNIT_NAME, regionPrefix);
        return named.toString().isEmpty() ? BackendSettings.DEFAULT_ALIAS : named.toString();
    }

    /** Forgets everything that is kept in this process, and opens the backends anew when they are next used. */
    public void reset() {
        stores.reset();
    }

    /** Waits until everything has come that was sent after commits. */
    public void awaitSettled() {
        stores.awaitSettled();
    }

    @Override
    public void close() {
        if (exporter != null) {
            exporter.close();
        }
        if (reminder != null) {
            reminder.close();
        }
        stores.close();
    }
}
