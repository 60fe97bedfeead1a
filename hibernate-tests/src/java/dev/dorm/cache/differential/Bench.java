package dev.dorm.cache.differential;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.Metadata;
import org.jspecify.annotations.Nullable;

/** Databases and session factories that all programs use one after the other. */
final class Bench implements AutoCloseable {

    private final Map<Setup, Side> cached = new EnumMap<>(Setup.class);
    private final Map<Engine, Stand> stands = new EnumMap<>(Engine.class);
    private Stand stand;
    private @Nullable OwnRedis redis;
    private Map<Kind, List<String>> tables = Map.of();
    private Map<Kind, List<String>> history = Map.of();

    Bench() {
        stand = stand(Engine.H2);
    }

    /** Opened when first asked for: not each machine has each database, and not each run needs it. */
    private Stand stand(Engine engine) {
        Stand known = stands.get(engine);
        if (known == null) {
            known = new Stand(engine, this);
            stands.put(engine, known);
        }
        return known;
    }

    /** Session factories without a cache. */
    Side plain(Database database) {
        return new Side(database, List.of(build(database, "create", Map.of(), null)), false);
    }

    /** With the cache. */
    Side cached(Setup setup) {
        return cached.computeIfAbsent(setup, wanted -> {
            Database database = stand(wanted.engine()).cached();
            Map<String, Object> settings = new HashMap<>(wanted.settings());
            settings.put("hibernate.cache.region.factory_class", "dorm");
            if (wanted.overRedis()) {
                settings.put("hibernate.cache.dorm.location", redis().url());
                settings.put("hibernate.cache.region_prefix", wanted.name());
            } else {
                settings.putAll(CacheBackend.LOCMEM.settings());
            }
            settings.put("hibernate.cache.dorm.signing_key", (Supplier<String>) () -> TestSecrets.SIGNING_KEY);
            settings.put("hibernate.cache.dorm.timeout", "20s");
            List<SessionFactory> factories = new ArrayList<>();
            for (int i = 0; i < wanted.factories(); i++) {
                factories.add(build(database, "none", settings, wanted));
            }
            return new Side(database, factories, true);
        });
    }

    private OwnRedis redis() {
        if (redis == null) {
            redis = RedisServer.startOwn();
        }
        return redis;
    }

    /** The same database without the cache. */
    Side beneath() {
        return stand.beneath();
    }

    /** Another database without a cache. */
    Side plain() {
        return stand.plain();
    }

    /** One more, for what is to be run again. */
    Side witness() {
        return stand.witness();
    }

    Collection<Side> cachedSides() {
        return cached.values();
    }

    private SessionFactory build(Database database, String ddl, Map<String, Object> more, @Nullable Setup setup) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.connection.provider_class", database.connections());
        settings.put("hibernate.hbm2ddl.auto", ddl);
        settings.put("hibernate.cache.use_second_level_cache", setup != null);
        settings.put("hibernate.cache.use_query_cache", setup != null);
        settings.put("hibernate.generate_statistics", setup != null);
        settings.put("hibernate.tenant_identifier_resolver", new OneTenant());
        settings.putAll(Annals.settings());
        settings.putAll(more);
        Metadata metadata = Mapping.of(settings, setup);
        tables = Mapping.tables(metadata);
        history = Mapping.history(metadata, tables);
        return metadata.buildSessionFactory();
    }

    /** With the tables of their history. */
    private List<String> allTables(Collection<Kind> kinds) {
        Set<String> names = new LinkedHashSet<>(tables(kinds));
        kinds.forEach(kind -> names.addAll(history.get(kind)));
        return List.copyOf(names);
    }

    List<String> tables(Collection<Kind> kinds) {
        Set<String> names = new LinkedHashSet<>();
        kinds.forEach(kind -> names.addAll(tables.get(kind)));
        return List.copyOf(names);
    }

    /** Makes databases and cache what they were before the first program, with a program's rows. */
    void reset(Program program) {
        Set<Kind> kinds = program.kinds();
        Side side = cached(program.setup());
        stand = stand(program.setup().engine());
        stand.sides().forEach(each -> fill(each, kinds));
        stand.use(allTables(kinds));
        List<SessionFactory> factories = side.factories();
        // But not the proof that Redis keeps what it is given: when that is missed, time decides what is still a hit.
        DormCache.of(factories.get(0)).backend().deletePattern("dorm[^p]*");
        // Of keys that are deleted nobody is told, and what is kept near, or known of the store, would stay.
        factories.forEach(factory -> DormCache.of(factory).evictAll());
    }

    /** Makes one database what it was. */
    void fill(Side side, Set<Kind> kinds) {
        side.database().empty(List.copyOf(stand.usedWith(allTables(kinds))));
        Changesets.at(Changesets.SEED);
        side.factories().get(0).inTransaction(session -> kinds.forEach(kind -> seed(session, kind)));
        side.factories().get(0).inTransaction(session -> kinds.forEach(kind -> relate(session, kind)));
    }

    private static void seed(Session session, Kind kind) {
        if (kind.name().equals("Narrow")) {
            return;
        }
        for (int number = 1; number <= Kind.SEEDED; number++) {
            session.persist(kind.create(kind.rowId(number), number));
        }
    }

    private static void relate(Session session, Kind kind) {
        for (int number = 1; number <= Kind.SEEDED; number++) {
            Object entity = session.find(kind.type(), kind.rowId(number));
            for (Attribute attribute : kind.attributes(Role.ELEMENTS)) {
                Values.add(attribute, entity, "a" + number);
                Values.add(attribute, entity, "b" + number);
            }
            for (Attribute attribute : kind.attributes(Role.MANY)) {
                for (int element = 1; element <= Kind.SEEDED && number == 1; element++) {
                    Values.add(attribute, entity, session.find(attribute.target(), (long) element));
                }
            }
            for (Attribute attribute : kind.attributes(Role.ONE)) {
                boolean unique = attribute.field().isAnnotationPresent(jakarta.persistence.OneToOne.class);
                attribute.set(entity, session.find(attribute.target(), unique ? (long) number : 1L));
            }
        }
    }

    @Override
    public void close() {
        List<Side> all = new ArrayList<>(cached.values());
        stands.values().forEach(each -> all.addAll(each.sides()));
        all.forEach(side -> side.factories().forEach(SessionFactory::close));
        if (redis != null) {
            redis.close();
        }
    }
}
