package dev.dorm.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which settings there are, and which one was probably meant. */
final class KnownSettings {

    private static final Set<String> OF_BACKENDS = Set.of(
            "backend", "location", "config", "client", "ttl", "timeout", "max_entries", "shards", "min_replicas");
    private static final Set<String> OF_FACTORIES = Set.of(
            "signing_key",
            "secret_key",
            "signing_key_fallbacks",
            "require_signing_key",
            "insecure_unsigned",
            "format",
            "allowed_types",
            "on_outage",
            "near");
    private static final Set<String> OF_REGIONS = Set.of("ttl", "alias", "max_entries", "near", "formerly");

    private KnownSettings() {}

    /** Throws when one of the names, without their prefix, is none of ours. */
    static void check(Set<String> names) {
        for (String name : names) {
            if (!known(name)) {
                throw new SettingException("Unknown setting %s%s; did you mean %s%s?"
                        .formatted(DormSettings.PREFIX, name, DormSettings.PREFIX, nearest(name)));
            }
        }
    }

    private static boolean known(String name) {
        if (name.startsWith("caches.default.")) {
            return false;
        }
        if (name.startsWith("caches.")) {
            String rest = name.substring("caches.".length());
            int dot = rest.indexOf('.');
            return dot > 0 && ofBackend(rest.substring(dot + 1));
        }
        if (name.startsWith("regions.")) {
            int dot = name.lastIndexOf('.');
            return dot > "regions.".length() && OF_REGIONS.contains(name.substring(dot + 1));
        }
        return ofBackend(name) || OF_FACTORIES.contains(name);
    }

    private static boolean ofBackend(String name) {
        return OF_BACKENDS.contains(name) || (name.startsWith("options.") && name.length() > "options.".length());
    }

    private static String nearest(String name) {
        if (name.startsWith("regions.")) {
            int dot = name.lastIndexOf('.');
            String region = dot > "regions.".length() ? name.substring(0, dot + 1) : "regions.<region>.";
            return region + nearest(name.substring(dot + 1), List.copyOf(OF_REGIONS));
        }
        if (name.startsWith("caches.default.")) {
            String meant = name.substring("caches.default.".length());
            return ofBackend(meant) ? meant : nearest(meant);
        }
        if (name.startsWith("caches.")) {
            String rest = name.substring("caches.".length());
            int dot = rest.indexOf('.');
            String alias = dot > 0 ? rest.substring(0, dot) : "<alias>";
            return "caches." + alias + "." + nearest(rest.substring(dot + 1), List.copyOf(OF_BACKENDS));
        }
        List<String> all = new ArrayList<>(OF_BACKENDS);
        all.addAll(OF_FACTORIES);
        return nearest(name, all);
    }

    private static String nearest(String name, List<String> candidates) {
        return candidates.stream()
                .sorted()
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .orElseThrow();
    }

    /** The Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
