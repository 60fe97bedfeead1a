package dev.dorm.cache.history;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.testing.TestSecrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.mapping.RootClass;
import org.hibernate.stat.Statistics;

/** One session factory of a process, and what the oracle must know of its cache. */
final class Application implements AutoCloseable {

    /** The mapping of an application that does not know of the notes. */
    private static final String WITHOUT_NOTES =
            """
            <entity-mappings xmlns="https://jakarta.ee/xml/ns/persistence/orm" version="3.0">
              <mapped-superclass class="dev.dorm.cache.history.Entry" access="FIELD">
                <attributes><transient name="note"/></attributes>
              </mapped-superclass>
            </entity-mappings>
            """;

    private final SessionFactory factory;
    private final boolean notes;
    private final boolean ours;
    private final Queue<Long> unguarded = new ConcurrentLinkedQueue<>();
    private final Map<Tally, Long> told = new LinkedHashMap<>();

    private Application(SessionFactory factory, boolean notes, boolean ours) {
        this.factory = factory;
        this.notes = notes;
        this.ours = ours;
    }

    static Application build(Options options) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("hibernate.connection.provider_class", new TracedConnections(options.text("database")));
        settings.put("hibernate.hbm2ddl.auto", options.text("ddl", "none"));
        boolean cached = !options.is("uncached");
        settings.put("hibernate.cache.use_second_level_cache", cached);
        settings.put("hibernate.cache.use_query_cache", cached);
        settings.put("hibernate.generate_statistics", "true");
        settings.put("hibernate.cache.region_prefix", options.text("prefix"));
        boolean control = options.is("control");
        if (control) {
            settings.put("hibernate.cache.region.factory_class", new InJvmLocks(options.text("redis")));
        } else if (cached) {
            settings.put("hibernate.cache.region.factory_class", "dorm");
            settings.put("hibernate.cache.dorm.location", options.text("redis"));
            String key = options.text("key", TestSecrets.HISTORY_KEY);
            settings.put("hibernate.cache.dorm.signing_key", (Supplier<String>) () -> key);
            settings.put("hibernate.cache.dorm.timeout", options.text("timeout", "20s"));
            settings.put("hibernate.cache.dorm.near", options.text("near", "off"));
            settings.put("hibernate.cache.dorm.on_outage", options.text("outage", "bypass"));
            options.below("dorm.").forEach((name, value) -> settings.put("hibernate.cache.dorm." + name, value));
        }
        boolean notes = !options.is("withoutNotes");
        MetadataSources sources = new MetadataSources(
                new StandardServiceRegistryBuilder().applySettings(settings).build());
        Entry.CLASSES.forEach(sources::addAnnotatedClass);
        sources.addAnnotatedClass(Entry.class);
        if (!notes) {
            sources.addInputStream(new ByteArrayInputStream(WITHOUT_NOTES.getBytes(StandardCharsets.UTF_8)));
        }
        Metadata metadata = sources.buildMetadata();
        cacheAll(metadata, List.of(options.text("strategy").split(",")));
        return new Application(metadata.buildSessionFactory(), notes, cached && !control);
    }

    /** Caches everything by one strategy, or each entity class by its own: {@code READ_WRITE,TRANSACTIONAL}. */
    private static void cacheAll(Metadata metadata, List<String> strategies) {
        for (int entity = 0; entity < Entry.CLASSES.size(); entity++) {
            String name = Entry.CLASSES.get(entity).getName();
            String strategy = AccessType.valueOf(strategies.get(entity % strategies.size()))
                    .getExternalName();
            ((RootClass) metadata.getEntityBinding(name)).setCacheConcurrencyStrategy(strategy);
            metadata.getCollectionBinding(name + ".marks").setCacheConcurrencyStrategy(strategy);
        }
    }

    SessionFactory factory() {
        return factory;
    }

    boolean knowsNotes() {
        return notes;
    }

    long outages() {
        if (!ours) {
            return 0;
        }
        var statistics = DormCache.of(factory).statistics();
        return statistics.getFailedCalls() + statistics.getBypassedCalls();
    }

    /** Says that a number's transaction is over, and that its locks could perhaps not be had. */
    void owes(long number) {
        unguarded.add(number);
    }

    /** Tells the ledger what has been made good, and what was counted since the last time. */
    synchronized void report(Ledger ledger) {
        List<Long> completed = new ArrayList<>(unguarded);
        if (!completed.isEmpty() && DormCache.of(factory).statistics().getPendingInvalidations() == 0) {
            completed.forEach(ledger::healed);
            unguarded.removeAll(completed);
        }
        Statistics statistics = factory.getStatistics();
        tell(ledger, Tally.CACHE_HITS, statistics.getSecondLevelCacheHitCount());
        tell(ledger, Tally.CACHE_MISSES, statistics.getSecondLevelCacheMissCount());
        tell(ledger, Tally.NEAR_HITS, ours ? DormCache.of(factory).statistics().getNearHits() : 0);
        tell(ledger, Tally.NATURAL_ID_HITS, statistics.getNaturalIdCacheHitCount());
        tell(ledger, Tally.QUERY_HITS, statistics.getQueryCacheHitCount());
        tell(ledger, Tally.OUTAGES, outages());
    }

    private void tell(Ledger ledger, Tally tally, long count) {
        Long before = told.put(tally, count);
        ledger.add(tally, count - (before == null ? 0 : before));
    }

    long hits() {
        return factory.getStatistics().getSecondLevelCacheHitCount();
    }

    @Override
    public void close() {
        factory.close();
    }
}
