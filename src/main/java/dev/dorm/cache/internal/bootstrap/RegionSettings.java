package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.settings.Problems;
import dev.dorm.cache.internal.settings.Settings;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether each {@code regions.<region>.*} setting reaches a region. Those of entities, collections and natural ids are
 * known when the session factory is built; those of query results only when a query asks for one.
 */
public final class RegionSettings {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final Settings settings;
    private final Set<String> regions = ConcurrentHashMap.newKeySet();

    public RegionSettings(Settings settings) {
        this.settings = settings;
    }

    /** Takes note of a region that there is. */
    public void exists(String region) {
        regions.add(region);
    }

    /** Throws when settings name an entity, a collection or a natural id that is not cached, or that there is not. */
    void check(SessionFactoryImplementor factory) {
        Problems problems = new Problems();
        Set<String> mapped = mapped(factory.getMappingMetamodel());
        for (String region : unreached()) {
            String role = sameName(region, mapped);
            if (role != null) {
                problems.add(
                        message(region, "'%s' is not cached; annotate it with @Cacheable or @Cache".formatted(role)));
            } else if (namesAClass(region, mapped)) {
                problems.add(message(
                        region,
                        "no entity, collection or natural id has this name; did you mean %s?"
                                .formatted(DormSettings.REGIONS + BackendSettings.nearest(region, mapped))));
            }
        }
        problems.throwIfAny();
    }

    /** Says, when a while has passed, which settings no query has asked for. */
    public void remindLater(Executor later) {
        if (!unreached().isEmpty()) {
            WeakReference<RegionSettings> self = new WeakReference<>(this);
            later.execute(() -> {
                RegionSettings settings = self.get();
                if (settings != null) {
                    settings.remind();
                }
            });
        }
    }

    private void remind() {
        for (String region : unreached()) {
            LOG.warn(
                    "Setting {}: without effect so far, since no query has asked for the region '{}'; the nearest region"
                            + " that is in use is '{}'",
                    names(region),
                    region,
                    regions.isEmpty() ? "none" : BackendSettings.nearest(region, regions));
        }
    }

    private List<String> unreached() {
        return settings.regions().stream()
                .filter(region -> sameName(region, regions) == null)
                .toList();
    }

    private String message(String region, String why) {
        return "Setting %s: %s".formatted(names(region), why);
    }

    private String names(String region) {
        String prefix = "regions." + region + ".";
        return settings.names().stream()
                .filter(name -> name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0)
                .map(name -> DormSettings.PREFIX + name)
                .collect(Collectors.joining(", "));
    }

    /** Names of query regions are free, but nobody gives one the package of an entity. */
    private static boolean namesAClass(String region, Collection<String> mapped) {
        return mapped.stream()
                .filter(name -> name.contains("."))
                .anyMatch(name ->
                        region.regionMatches(true, 0, name, 0, packageOf(name).length()));
    }

    private static String packageOf(String name) {
        int end = 0;
        for (int dot = name.indexOf('.'); dot >= 0 && dot + 1 < name.length(); dot = name.indexOf('.', dot + 1)) {
            end = dot + 1;
            if (Character.isUpperCase(name.charAt(dot + 1))) {
                break;
            }
        }
        return name.substring(0, end);
    }

    private static @Nullable String sameName(String region, Collection<String> names) {
        return names.stream().filter(region::equalsIgnoreCase).findFirst().orElse(null);
    }

    /** Returns the regions that the mapping's entities, collections and natural ids have when nothing else is said. */
    private static Set<String> mapped(MappingMetamodel metamodel) {
        Set<String> names = new TreeSet<>();
        metamodel.forEachEntityDescriptor(entity -> {
            names.add(entity.getEntityName());
            if (entity.hasNaturalIdentifier()) {
                names.add(entity.getEntityName() + RegionNames.NATURAL_ID);
            }
        });
        metamodel.forEachCollectionDescriptor(collection -> names.add(collection.getRole()));
        return names;
    }
}
