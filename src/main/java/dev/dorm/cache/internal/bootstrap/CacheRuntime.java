package dev.dorm.cache.internal.bootstrap;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.Aliases;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.column.DeclaredColumns;
import dev.dorm.cache.internal.column.WrittenColumns;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.listener.AskedEvictions;
import dev.dorm.cache.internal.listener.MultiLoads;
import dev.dorm.cache.internal.listener.Writes;
import dev.dorm.cache.internal.listener.WritesThatReach;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import dev.dorm.cache.internal.metrics.StatisticsExporter;
import dev.dorm.cache.internal.query.CachedQueries;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.QueryTables;
import dev.dorm.cache.internal.reach.MappedReach;
import dev.dorm.cache.internal.reach.Reaches;
import dev.dorm.cache.internal.region.ClockCache;
import dev.dorm.cache.internal.region.RowRegion;
import dev.dorm.cache.internal.region.TransientChecks;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.settings.Problems;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Signer;
import dev.dorm.cache.internal.signing.SigningKeys;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hibernate.boot.Metadata;
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
    private final Aliases aliases;
    private final Stores stores;
    private final Signer signer;
    private final Envelope envelope;
    private final Format format;
    private final QueryClock clock;
    private final QueryTables tables;
    private final Reaches reaches = new Reaches();
    private final List<CachedRows> rows = new CopyOnWriteArrayList<>();
    private final List<CachedQueries> queries = new CopyOnWriteArrayList<>();
    private final boolean strict;
    private final RuntimeStatistics statistics = new RuntimeStatistics();
    private @Nullable StatisticsExporter exporter;
    private final String regionPrefix;
    private final SigningKeys keys;
    private final RegionSettings regions;
    private final Map<SessionFactoryImplementor, Codecs> codecs = new ConcurrentHashMap<>();

    private CacheRuntime(Settings settings, SigningKeys keys, Format format, Aliases aliases, String regionPrefix) {
        this.settings = settings;
        this.strict = settings.failsOnOutage();
        this.signer = new Signer(keys);
        this.envelope = new Envelope(signer);
        this.format = format;
        this.aliases = aliases;
        this.stores = new Stores(settings, aliases, statistics);
        this.keys = keys;
        this.regions = new RegionSettings(settings);
        this.clock = new QueryClock(stores.of(BackendSettings.DEFAULT_ALIAS), regionPrefix, strict);
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
        OtherProviders.tell(configuration);
        Problems problems = new Problems();
        Settings settings = new Settings(configuration, problems);
        SigningKeys keys = problems.read(() -> SigningKeys.from(settings.lookup()));
        Format format =
                problems.read(() -> Format.of(Objects.requireNonNullElse(settings.text(DormSettings.FORMAT), "json")));
        settings.allowedTypes()
                .forEach(type -> problems.read(() -> {
                    loadable.accept(type);
                    return type;
                }));
        Aliases aliases = new Aliases(new BackendBuilder(settings, database)::build);
        settings.aliases().forEach(alias -> problems.read(() -> aliases.get(alias)));
        settings.regions().forEach(region -> problems.read(() -> BackendBuilder.bound(settings, region)));
        if (keys == null || format == null || !problems.none()) {
            aliases.close();
            problems.throwIfAny();
        }
        return new CacheRuntime(settings, requireNonNull(keys), requireNonNull(format), aliases, regionPrefix);
    }

    public Aliases aliases() {
        return aliases;
    }

    public Signer signer() {
        return signer;
    }

    public CacheStatistics statistics() {
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
                settings, regions, stores, envelope, region, qualified, factory, () -> codecs(factory), rows::add);
    }

    public CachedQueries queries(String region, String qualified, SessionFactoryImplementor factory) {
        RegionNames.Timed timed = RegionNames.timed(region);
        regions.exists(timed.name());
        String name = RegionNames.NAMESPACE
                + RegionNames.escape(RegionNames.timed(qualified).name());
        Duration ttl = timed.ttl() == null ? RegionRows.ttl(settings, timed.name()) : timed.ttl();
        CachedQueries made = new CachedQueries(
                stores.ofRegion(timed.name()),
                stores.counters(region, timed.name()),
                name,
                envelope,
                () -> codecs(factory).queries(),
                ttl,
                timed.ttl(),
                tables);
        queries.add(made);
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
        stores.all().forEach(store -> store.learn(shards(store)));
        WatchedSchema.watch(factory, () -> schemaChanged(factory));
        AskedEvictions.replaceIn(factory);
        WritesThatReach.listen(factory, reaches);
        TransientChecks.watch(factory);
        Writes.listen(factory);
        MultiLoads.announce(factory, () -> codecs(factory));
        if (queryCache) {
            if (!(factory.getCache().getTimestampsCache() instanceof ClockCache)) {
                throw new SettingException("The query cache needs the query clock in place of the timestamps cache "
                        + factory.getCache().getTimestampsCache().getClass().getName());
            }
            // A Hibernate whose results are laid out in a way that is not known fails here, and not in a request.
            codecs(factory).queries();
            clock.settle(QuerySpaces.of(factory));
        }
        stores.all().forEach(ResilientStore::listen);
        exporter = new StatisticsExporter(name(factory), statistics);
        tell(factory);
    }

    private void tell(SessionFactoryImplementor factory) {
        boolean local = settings.aliases().stream().allMatch(settings::isLocal);
        if (!local) {
            keys.warnIfRandom();
        } else if (!keys.isRandom() && !settings.names().contains("backend")) {
            LOG.warn(
                    "A signing key is set, but nothing says where Redis is: what is cached stays in this process, and"
                            + " other processes do not see its changes. Was a placeholder left out of {}location? Set"
                            + " {}backend=redis to make this an error, or {}backend=locmem if it is meant",
                    DormSettings.PREFIX,
                    DormSettings.PREFIX,
                    DormSettings.PREFIX);
        }
        StartMessage message =
                new StartMessage(settings, alias -> aliases.get(alias).place());
        LOG.info("{}", message.of(factory, regionPrefix, !keys.isRandom()));
        regions.remindLater(CompletableFuture.delayedExecutor(REMINDER.toMinutes(), TimeUnit.MINUTES));
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
        for (ResilientStore store : stores.all()) {
            try {
                store.bump(shards(store));
            } catch (BackendException e) {
                LOG.debug("What is cached is made dead as soon as the backend answers", e);
            }
        }
        Set<String> tables = new LinkedHashSet<>(clock.known());
        tables.addAll(QuerySpaces.of(factory));
        clock.changed(List.copyOf(tables));
    }

    private List<Shard> shards(ResilientStore store) {
        List<Shard> shards = new ArrayList<>();
        rows.stream()
                .filter(r -> r.store() == store)
                .forEach(r -> shards.addAll(r.namespace().shards()));
        queries.stream()
                .filter(q -> q.store() == store)
                .forEach(q -> shards.addAll(q.namespace().shards()));
        return shards;
    }

    private String name(SessionFactoryImplementor factory) {
        String named = factory.getName();
        String name = named != null ? named : regionPrefix;
        return name.isEmpty() ? BackendSettings.DEFAULT_ALIAS : name;
    }

    /** Forgets everything that is kept in this process, and opens the backends anew when they are next used. */
    public void reset() {
        stores.reset();
    }

    Backend backend(String alias) {
        return aliases.get(alias);
    }

    @Override
    public void close() {
        if (exporter != null) {
            exporter.close();
        }
        stores.close();
    }
}
