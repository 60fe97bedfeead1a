package dev.dorm.cache.internal.spring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The region prefix of each database that this process has met. Under two of them its applications would not see each other's
 * locks. What other processes call it cannot be seen from here.
 */
final class KnownPrefixes {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final Map<String, String> PREFIXES = new ConcurrentHashMap<>();

    private KnownPrefixes() {}

    /** Remembers a prefix, and warns when the database had another one. */
    static void remember(DatabaseIdentity database, String prefix) {
        String other = PREFIXES.put(database.name(), prefix);
        if (other != null && !other.equals(prefix)) {
            LOG.warn(
                    "One database is cached under two region prefixes, '{}' and '{}': what is written under one is not seen"
                            + " under the other, and old rows are served. Give dorm.cache.region-prefix one value, or none",
                    other,
                    prefix);
        }
    }
}
