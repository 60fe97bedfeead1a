package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.internal.bootstrap.Database;
import dev.dorm.cache.internal.metrics.StatisticsExporter;
import dev.dorm.cache.internal.settings.KnownSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Adds the cache's settings to those of each entity manager factory, before it is built. Nothing that the application has set
 * itself is replaced.
 */
final class SecondLevelCachePostProcessor implements BeanPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private static final String PREFIX = "hibernate.cache.region_prefix";

    private final Supplier<DormCacheProperties> properties;
    private final Supplier<Map<String, Object>> redis;
    private final Supplier<Map<String, Object>> login;
    private final boolean jmx;

    /**
     * Creates it.
     *
     * @param properties the settings, which are refused when they are asked for
     * @param redis the settings that say where Spring Boot's Redis is
     * @param login the settings that say who logs in there
     * @param jmx whether the application shows beans in JMX
     */
    SecondLevelCachePostProcessor(
            Supplier<DormCacheProperties> properties,
            Supplier<Map<String, Object>> redis,
            Supplier<Map<String, Object>> login,
            boolean jmx) {
        this.properties = properties;
        this.redis = redis;
        this.login = login;
        this.jmx = jmx;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof AbstractEntityManagerFactoryBean factory) {
            Map<String, Object> given = factory.getJpaPropertyMap();
            ChosenCache chosen = ChosenCache.of(given);
            DormCacheProperties own = properties.get();
            if (!own.enabled()) {
                turnOff(given, chosen);
            } else if (chosen.isDorm(name)) {
                complete(given, own, factory);
            }
        }
        return bean;
    }

    /** Without a word Hibernate would take the only region factory that it finds. */
    private static void turnOff(Map<String, Object> given, ChosenCache chosen) {
        if (chosen.factory() == null && ChosenCache.otherFactories().isEmpty()) {
            given.putIfAbsent(ChosenCache.SECOND_LEVEL, "false");
        }
    }

    private void complete(
            Map<String, Object> given, DormCacheProperties own, AbstractEntityManagerFactoryBean factory) {
        given.putIfAbsent(ChosenCache.FACTORY, "dorm");
        given.putIfAbsent(ChosenCache.SECOND_LEVEL, "true");
        given.putIfAbsent(StatisticsExporter.JMX, String.valueOf(jmx));
        if (own.useQueryCache() != null) {
            given.putIfAbsent(ChosenCache.QUERIES, String.valueOf(own.useQueryCache()));
        }
        putPrefix(given, own, factory);
        Map<String, Object> ours = new LinkedHashMap<>(own.settings());
        Map<String, String> spelled = spellings(given);
        TreeSet<String> twice = new TreeSet<>(ours.keySet());
        twice.retainAll(spelled.keySet());
        if (!twice.isEmpty()) {
            LOG.warn(
                    "Set both under dorm.cache and under spring.jpa.properties, of which the latter counts: {}",
                    String.join(", ", twice));
        }
        if (!saysWhere(spelled, given) && !saysWhere(Map.of(), ours)) {
            redis.get().forEach(ours::putIfAbsent);
        }
        if (isReachedByUs(spelled, given) || isReachedByUs(Map.of(), ours)) {
            login.get().forEach(ours::putIfAbsent);
        }
        ours.forEach((setting, value) -> {
            if (!spelled.containsKey(setting)) {
                given.put(setting, value);
            }
        });
    }

    private static void putPrefix(
            Map<String, Object> given, DormCacheProperties own, AbstractEntityManagerFactoryBean factory) {
        DatabaseIdentity database = factory instanceof LocalContainerEntityManagerFactoryBean container
                ? DatabaseIdentity.of(container.getDataSource())
                : null;
        if (own.regionPrefix() != null) {
            given.putIfAbsent(PREFIX, own.regionPrefix());
        }
        if (database != null) {
            given.putIfAbsent(PREFIX, database.prefix());
            given.putIfAbsent(Database.NAME, database.shared());
            KnownPrefixes.remember(database, String.valueOf(given.get(PREFIX)));
        } else if (!given.containsKey(PREFIX)) {
            LOG.warn(
                    "The database could not be asked for its name, so that there is no region prefix: applications over"
                            + " other databases that share a Redis would read each other's rows. Set dorm.cache.region-prefix");
        }
    }

    /** Returns how settings are spelled, by their documented names. */
    private static Map<String, String> spellings(Map<String, Object> given) {
        Map<String, String> spelled = new LinkedHashMap<>();
        for (String each : given.keySet()) {
            if (each.startsWith(DormSettings.PREFIX)) {
                String name = KnownSettings.documented(each.substring(DormSettings.PREFIX.length()));
                spelled.put(name == null ? each : DormSettings.PREFIX + name, each);
            }
        }
        return spelled;
    }

    /** Returns whether settings say where the entries are. That they are in some Redis does not. */
    private static boolean saysWhere(Map<String, String> spelled, Map<String, Object> settings) {
        Object backend = settings.get(spelled.getOrDefault(DormSettings.BACKEND, DormSettings.BACKEND));
        return (backend != null && !backend.toString().trim().equals("redis"))
                || isGiven(spelled, settings, DormSettings.LOCATION)
                || isGiven(spelled, settings, DormSettings.CONFIG)
                || isGiven(spelled, settings, DormSettings.CLIENT);
    }

    /** Returns whether settings say where a Redis is to which the cache makes connections of its own. */
    private static boolean isReachedByUs(Map<String, String> spelled, Map<String, Object> settings) {
        Object backend = settings.get(spelled.getOrDefault(DormSettings.BACKEND, DormSettings.BACKEND));
        return (backend == null || backend.toString().trim().equals("redis"))
                && (isGiven(spelled, settings, DormSettings.LOCATION)
                        || isGiven(spelled, settings, DormSettings.CONFIG));
    }

    private static boolean isGiven(Map<String, String> spelled, Map<String, Object> settings, String name) {
        @Nullable Object value = settings.get(spelled.getOrDefault(name, name));
        return value != null;
    }
}
