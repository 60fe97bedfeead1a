package dev.dorm.cache.internal.discovery;

import dev.dorm.cache.DormRegionFactory;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.service.spi.ServiceContributor;
import org.jspecify.annotations.Nullable;

/**
 * Provides the region factory where {@code hibernate.cache.region.factory_class} asks for this one. Hibernate reads that
 * setting itself; Quarkus and WildFly replace the reader by one that always takes Infinispan. A service that is provided
 * comes before every reader, and here it is what Hibernate itself would make.
 */
public final class DormServiceContributor implements ServiceContributor {

    private static final Set<String> NAMES =
            Set.of("dorm", DormRegionFactory.class.getSimpleName(), DormRegionFactory.class.getName());

    /** Hibernate creates it by its service file. */
    public DormServiceContributor() {}

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        Map<String, Object> settings = builder.getSettings();
        if (isNamed(settings.get(AvailableSettings.CACHE_REGION_FACTORY)) && isWanted(settings)) {
            builder.addService(RegionFactory.class, new DormRegionFactory());
        }
    }

    private static boolean isNamed(@Nullable Object setting) {
        return setting instanceof String name && NAMES.contains(name) || setting == DormRegionFactory.class;
    }

    /** As {@code RegionFactoryInitiator} decides, which otherwise takes a factory that caches nothing. */
    private static boolean isWanted(Map<String, Object> settings) {
        return !isFalse(settings.get(AvailableSettings.USE_SECOND_LEVEL_CACHE))
                || isTrue(settings.get(AvailableSettings.USE_QUERY_CACHE));
    }

    private static boolean isFalse(@Nullable Object setting) {
        return setting != null && !isTrue(setting);
    }

    private static boolean isTrue(@Nullable Object setting) {
        return setting != null && Boolean.parseBoolean(setting.toString());
    }
}
