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

    private final Database cachedDatabase = new Database("cached");
    private final Map<Setup, Side> cached = new EnumMap<>(Setup.class);
    private final Side beneath;
    private final Side plain;
    private final Side witness;
    private @Nullable OwnRedis redis;
    private Map<Kind, List<String>> tables = Map.of();
    private Set<String> used = new LinkedHashSet<>();

    Bench() {
        beneath = plain(cachedDatabase);
        plain = plain(new Database("plain"));
        witness = plain(new Database("witness"));
    }

    private Side plain(Database database) {
        return new Side(database, List.of(build(database, "create", Map.of(), null)), false);
    }

    /** With the cache. */
    Side cached(Setup setup) {
        return cached.computeIfAbsent(setup, wanted -> {
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
                factories.add(build(cachedDatabase, "none", settings, wanted));
            }
            return new Side(cachedDatabase, factories, true);
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
        return beneath;
    }

    /** Another database without a cache. */
    Side plain() {
        return plain;
    }

    /** One more, for what is to be run again. */
    Side witness() {
        return witness;
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
        settings.putAll(more);
        Metadata metadata = Mapping.of(settings, setup);
        tables = Mapping.tables(metadata);
        return metadata.buildSessionFactory();
    }

    List<String> tables(Collection<Kind> kinds) {
        Set<String> names = new LinkedHashSet<>();
        kinds.forEach(kind -> names.addAll(tables.get(kind)));
        return List.copyOf(names);
    }

    /** Makes databases and cache what they were before the first program, with a program's rows. */
    void reset(Program program) {
        Set<Kind> kinds = program.kinds();
        for (Side side : List.of(beneath, plain, witness)) {
            fill(side, kinds);
        }
        used = new LinkedHashSet<>(tables(kinds));
        List<SessionFactory> factories = cached(program.setup()).factories();
        DormCache.of(factories.get(0)).backend().deletePattern("*");
        // Of keys that are deleted nobody is told, and what is kept near, or known of the store, would stay.
        factories.forEach(factory -> DormCache.of(factory).evictAll());
    }

    /** Makes one database what it was. */
    void fill(Side side, Set<Kind> kinds) {
        Set<String> all = new LinkedHashSet<>(used);
        all.addAll(tables(kinds));
        side.database().empty(List.copyOf(all));
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
        all.addAll(List.of(plain, witness, beneath));
        all.forEach(side -> side.factories().forEach(SessionFactory::close));
        if (redis != null) {
            redis.close();
        }
    }
}
