package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.settings.KnownSettings;
import dev.dorm.cache.internal.settings.Near;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.settings.Times;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** The line that says, when a session factory is built, where its cache lives and what is cached. */
final class StartMessage {

    private final Settings settings;
    private final Function<String, String> places;

    /**
     * Creates the message.
     *
     * @param settings the settings
     * @param places where the entries of an alias are, without secrets
     */
    StartMessage(Settings settings, Function<String, String> places) {
        this.settings = settings;
        this.places = places;
    }

    String of(SessionFactoryImplementor factory, String regionPrefix, boolean signed) {
        List<String> parts = new ArrayList<>();
        for (String alias : settings.aliases()) {
            parts.add((alias.equals(BackendSettings.DEFAULT_ALIAS) ? "" : "alias '" + alias + "': ")
                    + settings.backend(alias) + " (" + places.apply(alias) + "), ttl "
                    + Times.format(settings.backendSettings(alias).ttl()));
        }
        parts.add("region prefix '" + regionPrefix + "'");
        parts.add("near tier " + settings.near().name().toLowerCase(Locale.ROOT));
        if (!settings.aliases().stream().allMatch(settings::isLocal)) {
            parts.add(signed ? "signed with the key that is set" : "signed with a random key of this process");
        }
        return "Second-level cache: " + String.join("; ", parts) + ". Cached: " + cached(factory) + withoutEffect();
    }

    private static String cached(SessionFactoryImplementor factory) {
        Map<AccessType, Integer> entities = new EnumMap<>(AccessType.class);
        Map<AccessType, Integer> collections = new EnumMap<>(AccessType.class);
        Map<AccessType, Integer> naturalIds = new EnumMap<>(AccessType.class);
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (entity.getCacheAccessStrategy() != null) {
                entities.merge(entity.getCacheAccessStrategy().getAccessType(), 1, Integer::sum);
            }
            if (entity.hasNaturalIdCache() && entity.getNaturalIdCacheAccessStrategy() != null) {
                naturalIds.merge(entity.getNaturalIdCacheAccessStrategy().getAccessType(), 1, Integer::sum);
            }
        });
        factory.getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            if (collection.getCacheAccessStrategy() != null) {
                collections.merge(collection.getCacheAccessStrategy().getAccessType(), 1, Integer::sum);
            }
        });
        return "entities " + counts(entities) + ", collections " + counts(collections) + ", natural ids "
                + counts(naturalIds) + ", query results "
                + (factory.getSessionFactoryOptions().isQueryCacheEnabled()
                        ? "of cacheable queries"
                        : "none (hibernate.cache.use_query_cache is not true)");
    }

    private static String counts(Map<AccessType, Integer> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey().name())
                        .collect(Collectors.joining(" + "));
    }

    /**
     * Names the settings that change nothing here. They are no mistake: the same settings often serve a test without
     * Redis and a production with it.
     */
    private String withoutEffect() {
        List<String> names = new ArrayList<>();
        for (String name : settings.names()) {
            if (isWithoutEffect(name)) {
                names.add(DormSettings.PREFIX + name);
            }
        }
        return names.isEmpty() ? "" : ". Without effect here: " + String.join(", ", names);
    }

    private boolean isWithoutEffect(String name) {
        boolean allLocal = settings.aliases().stream().allMatch(settings::isLocal);
        boolean noneLocal = settings.aliases().stream().noneMatch(settings::isLocal);
        if (name.startsWith("regions.") && name.endsWith(".near")) {
            String region = name.substring("regions.".length(), name.length() - ".near".length());
            return settings.isLocal(settings.alias(region));
        }
        String alias = aliasOf(name);
        if (alias == null) {
            return allLocal && name.equals("near");
        }
        String own = name.substring(name.lastIndexOf('.') + 1);
        boolean inherited = alias.equals(BackendSettings.DEFAULT_ALIAS);
        boolean local = inherited ? allLocal : settings.isLocal(alias);
        boolean remote = inherited ? noneLocal : !settings.isLocal(alias);
        return switch (own) {
            case "timeout", "min_replicas", "shards" -> local;
            case "max_entries" -> remote && !keepsNear();
            default -> false;
        };
    }

    private boolean keepsNear() {
        return settings.near() != Near.OFF
                || settings.regions().stream().map(settings::near).anyMatch(near -> near != null && near != Near.OFF);
    }

    /** Returns whose setting it is; null for one of the whole session factory, or of a region. */
    private static @Nullable String aliasOf(String name) {
        if (name.startsWith("caches.")) {
            return name.split("\\.", 3)[1];
        }
        return KnownSettings.OF_BACKENDS.contains(name) ? BackendSettings.DEFAULT_ALIAS : null;
    }
}
