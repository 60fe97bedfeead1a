package dev.dorm.cache.internal.settings;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.backend.BackendSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which settings there are, how else each may be spelled, and which one was probably meant by another name.
 *
 * <p>Environment variables reach Hibernate in lower case and with dots ({@code ..._DORM_SIGNING_KEY} as
 * {@code signing.key}), and YAML is often written with hyphens, so that all of these are accepted for each name.
 */
public final class KnownSettings {

    public static final Set<String> OF_BACKENDS = Set.of(
            "backend",
            "location",
            "config",
            "client",
            "credentials",
            "ttl",
            "timeout",
            "max_entries",
            "max_entry_size",
            "shards",
            "min_replicas");
    public static final Set<String> OF_FACTORIES = Set.of(
            "signing_key",
            "secret_key",
            "signing_key_fallbacks",
            "require_signing_key",
            "insecure_unsigned",
            "format",
            "allowed_types",
            "on_outage",
            "ttl_jitter",
            "refresh_ahead",
            "near");
    public static final Set<String> OF_REGIONS =
            Set.of("ttl", "alias", "max_entries", "max_entry_size", "near", "previous_name");

    private static final String FORMER_PREVIOUS_NAME = "formerly";
    private static final String OPTIONS = "options.";
    private static final String CACHES = "caches.";
    private static final String REGIONS = "regions.";

    private KnownSettings() {}

    /**
     * Returns the documented name of a setting.
     *
     * @param given its name without the prefix, in any of its spellings
     * @return its name without the prefix; null when it is none
     */
    public static @Nullable String documented(String given) {
        if (given.startsWith(CACHES)) {
            int dot = given.indexOf('.', CACHES.length());
            String rest = dot < 0 ? null : ofBackend(given.substring(dot + 1));
            String alias = dot < 0 ? "" : given.substring(CACHES.length(), dot);
            return rest == null || alias.isEmpty() || alias.equals(BackendSettings.DEFAULT_ALIAS)
                    ? null
                    : CACHES + alias + "." + rest;
        }
        if (given.startsWith(REGIONS)) {
            return ofRegion(given);
        }
        String ofBackend = ofBackend(given);
        return ofBackend != null ? ofBackend : spelled(given, OF_FACTORIES);
    }

    /** Returns whether a name is one that a setting had in an earlier version. */
    static boolean isFormer(String given) {
        return given.startsWith(REGIONS) && given.endsWith("." + FORMER_PREVIOUS_NAME);
    }

    private static @Nullable String ofBackend(String given) {
        if (given.toLowerCase(Locale.ROOT).startsWith(OPTIONS)) {
            return given.length() > OPTIONS.length() ? OPTIONS + given.substring(OPTIONS.length()) : null;
        }
        return spelled(given, OF_BACKENDS);
    }

    /** The region's name may have dots, and hyphens and underscores of its own. */
    private static @Nullable String ofRegion(String given) {
        String plain = plain(given);
        return Stream.concat(OF_REGIONS.stream(), Stream.of(FORMER_PREVIOUS_NAME))
                .filter(each -> plain.endsWith("." + plain(each)))
                .filter(each -> given.length() > REGIONS.length() + each.length() + 1)
                .max(Comparator.comparingInt(String::length))
                .map(each -> given.substring(0, given.length() - each.length())
                        + (each.equals(FORMER_PREVIOUS_NAME) ? "previous_name" : each))
                .orElse(null);
    }

    private static @Nullable String spelled(String given, Set<String> names) {
        String plain = plain(given);
        return names.stream()
                .filter(name -> plain(name).equals(plain))
                .findFirst()
                .orElse(null);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    /** Says that there is no such setting, and which one was probably meant. */
    static String unknown(String name) {
        return "Unknown setting %s%s; did you mean %s%s?"
                .formatted(DormSettings.PREFIX, name, DormSettings.PREFIX, nearest(name));
    }

    private static String nearest(String name) {
        if (name.startsWith(REGIONS)) {
            int dot = name.lastIndexOf('.');
            String region = dot >= REGIONS.length() ? name.substring(0, dot + 1) : "regions.<region>.";
            return region + BackendSettings.nearest(name.substring(dot + 1), OF_REGIONS);
        }
        if (name.startsWith("caches.default.")) {
            String meant = name.substring("caches.default.".length());
            return ofBackend(meant) != null ? meant : nearest(meant);
        }
        if (name.startsWith(CACHES)) {
            String rest = name.substring(CACHES.length());
            int dot = rest.indexOf('.');
            String alias = dot > 0 ? rest.substring(0, dot) : "<alias>";
            return CACHES + alias + "." + BackendSettings.nearest(rest.substring(dot + 1), OF_BACKENDS);
        }
        Set<String> all = new TreeSet<>(OF_BACKENDS);
        all.addAll(OF_FACTORIES);
        return BackendSettings.nearest(name, List.copyOf(all));
    }
}
