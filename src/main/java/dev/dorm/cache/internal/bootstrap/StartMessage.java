package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.settings.KnownSettings;
import dev.dorm.cache.internal.settings.Near;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.settings.Times;
import dev.dorm.cache.internal.signing.SigningKeys;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line that says, when a session factory is built, where its cache lives and what is cached. */
final class StartMessage {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final Settings settings;
    private final SigningKeys keys;
    private final Function<String, String> places;

    /**
     * Creates the message.
     *
     * @param settings the settings
     * @param keys the keys by which entries are signed
     * @param places where the entries of an alias are, without secrets
     */
    StartMessage(Settings settings, SigningKeys keys, Function<String, String> places) {
        this.settings = settings;
        this.keys = keys;
        this.places = places;
    }

    /** Logs it, and what is dubious about the keys. */
    void log(SessionFactoryImplementor factory, String regionPrefix) {
        if (!allLocal()) {
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
        LOG.info("{}", of(factory, regionPrefix));
    }

    private boolean allLocal() {
        return settings.aliases().stream().allMatch(settings::isLocal);
    }

    private String of(SessionFactoryImplementor factory, String regionPrefix) {
        List<String> parts = new ArrayList<>();
        for (String alias : settings.aliases()) {
            parts.add((alias.equals(BackendSettings.DEFAULT_ALIAS) ? "" : "alias '" + alias + "': ")
                    + settings.backend(alias) + " (" + places.apply(alias) + "), ttl "
                    + Times.format(settings.backendSettings(alias).ttl()));
        }
        parts.add("region prefix '" + regionPrefix + "'");
        parts.add("near tier " + settings.near().name().toLowerCase(Locale.ROOT));
        if (!allLocal()) {
            parts.add(keys.isRandom() ? "signed with a random key of this process" : "signed with the key that is set");
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
        boolean allLocal = allLocal();
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
