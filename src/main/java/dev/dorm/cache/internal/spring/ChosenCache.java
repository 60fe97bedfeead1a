package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormRegionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.hibernate.boot.registry.selector.StrategyRegistration;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cfg.Environment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Which second-level cache the application has chosen, if any: in its JPA properties, or in a {@code hibernate.properties}.
 *
 * @param factory the region factory, or null
 * @param off whether it wants none
 * @param demanded whether it has said that it wants one, so that Hibernate does not start without
 */
record ChosenCache(@Nullable Object factory, boolean off, boolean demanded) {

    static final String FACTORY = "hibernate.cache.region.factory_class";
    static final String SECOND_LEVEL = "hibernate.cache.use_second_level_cache";

    static final String QUERIES = "hibernate.cache.use_query_cache";

    private static final String SHARED = "jakarta.persistence.sharedCache.mode";
    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    static ChosenCache of(Map<String, Object> given) {
        return new ChosenCache(
                value(given, FACTORY),
                "false".equals(String.valueOf(value(given, SECOND_LEVEL)))
                        || "NONE".equalsIgnoreCase(String.valueOf(value(given, SHARED))),
                "true".equals(String.valueOf(value(given, SECOND_LEVEL)))
                        || "true".equals(String.valueOf(value(given, QUERIES))));
    }

    private static @Nullable Object value(Map<String, Object> given, String name) {
        Object value = given.get(name);
        return value != null ? value : Environment.getProperties().get(name);
    }

    /** Returns whether no other cache was chosen, and none was turned off. */
    boolean isDorm(String factoryBean) {
        if (off) {
            return false;
        }
        if (factory != null) {
            String name = factory instanceof Class<?> type ? type.getName() : factory.toString();
            return name.equals("dorm")
                    || name.equals(DormRegionFactory.class.getName())
                    || factory instanceof DormRegionFactory;
        }
        List<String> others = otherFactories();
        if (!others.isEmpty()) {
            LOG.atLevel(demanded ? Level.WARN : Level.INFO)
                    .log(
                            "Nothing is cached by dorm for '{}': another region factory is on the class path, too ({}). Set"
                                    + " spring.jpa.properties.{}=dorm to choose dorm, or leave the other out",
                            factoryBean,
                            String.join(", ", others),
                            FACTORY);
            return false;
        }
        return true;
    }

    /** Returns the region factories, other than dorm's, that Hibernate finds on the class path, such as that of hibernate-jcache. */
    static List<String> otherFactories() {
        return ServiceLoader.load(StrategyRegistrationProvider.class).stream()
                .flatMap(provider -> registered(provider.get()))
                .map(StrategyRegistration::getStrategyImplementation)
                .filter(each -> each != DormRegionFactory.class)
                .map(Class::getName)
                .distinct()
                .toList();
    }

    private static Stream<StrategyRegistration<?>> registered(StrategyRegistrationProvider provider) {
        List<StrategyRegistration<?>> all = new ArrayList<>();
        provider.getStrategyRegistrations().forEach(all::add);
        return all.stream().filter(each -> each.getStrategyRole() == RegionFactory.class);
    }
}
