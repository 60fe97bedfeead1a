package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.ClassUtils;

/**
 * Adds the cache's settings to those of each entity manager factory, before it is built. Nothing that the application has set
 * itself is replaced.
 */
final class SecondLevelCachePostProcessor implements BeanPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private static final String FACTORY = "hibernate.cache.region.factory_class";
    private static final String SECOND_LEVEL = "hibernate.cache.use_second_level_cache";
    private static final String QUERIES = "hibernate.cache.use_query_cache";
    private static final String PREFIX = "hibernate.cache.region_prefix";
    private static final String JCACHE = "org.hibernate.cache.jcache.internal.JCacheRegionFactory";

    private final ObjectProvider<DormCacheProperties> properties;
    private final RedisPlace redis;

    SecondLevelCachePostProcessor(ObjectProvider<DormCacheProperties> properties, RedisPlace redis) {
        this.properties = properties;
        this.redis = redis;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof AbstractEntityManagerFactoryBean factory) {
            Map<String, Object> given = factory.getJpaPropertyMap();
            if (isWanted(given, name)) {
                DataSource source = factory instanceof LocalContainerEntityManagerFactoryBean container
                        ? container.getDataSource()
                        : null;
                complete(given, properties.getObject(), source);
            }
        }
        return bean;
    }

    /** Returns whether no other cache was chosen, and none was turned off. */
    private static boolean isWanted(Map<String, Object> given, String factory) {
        Object chosen = given.get(FACTORY);
        if (chosen != null) {
            return chosen.toString().equals("dorm") || chosen.toString().equals("dev.dorm.cache.DormRegionFactory");
        }
        if ("false".equals(String.valueOf(given.get(SECOND_LEVEL)))) {
            return false;
        }
        if (ClassUtils.isPresent(JCACHE, null)) {
            LOG.info(
                    "Nothing is cached by dorm for '{}': hibernate-jcache is on the class path, too. Set"
                            + " spring.jpa.properties.{}=dorm to choose dorm, or leave hibernate-jcache out",
                    factory,
                    FACTORY);
            return false;
        }
        return true;
    }

    private void complete(Map<String, Object> given, DormCacheProperties properties, @Nullable DataSource source) {
        given.putIfAbsent(FACTORY, "dorm");
        given.putIfAbsent(SECOND_LEVEL, "true");
        if (properties.useQueryCache() != null) {
            given.putIfAbsent(QUERIES, String.valueOf(properties.useQueryCache()));
        }
        String prefix = properties.regionPrefix() != null ? properties.regionPrefix() : DatabasePrefix.of(source);
        if (prefix != null) {
            given.putIfAbsent(PREFIX, prefix);
        }
        Map<String, Object> ours = new LinkedHashMap<>(properties.settings());
        if (!saysWhere(given) && !saysWhere(ours)) {
            ours.putAll(redis.settings());
        }
        TreeSet<String> twice = new TreeSet<>(ours.keySet());
        twice.retainAll(given.keySet());
        if (!twice.isEmpty()) {
            LOG.warn(
                    "Set both as dorm.cache.* and as spring.jpa.properties.*, of which the latter counts: {}",
                    twice.stream().collect(Collectors.joining(", ")));
        }
        ours.forEach(given::putIfAbsent);
    }

    /** Returns whether settings say where the entries are. */
    private static boolean saysWhere(Map<String, Object> settings) {
        return settings.containsKey(DormSettings.BACKEND)
                || settings.containsKey(DormSettings.LOCATION)
                || settings.containsKey(DormSettings.CONFIG)
                || settings.containsKey(DormSettings.CLIENT);
    }
}
