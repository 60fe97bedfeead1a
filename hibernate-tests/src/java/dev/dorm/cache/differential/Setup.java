package dev.dorm.cache.differential;

import java.util.Map;
import org.hibernate.cache.spi.access.AccessType;

/** How the cached session factories are set up. */
enum Setup {
    READ_WRITE(AccessType.READ_WRITE, Map.of()),
    NONSTRICT(AccessType.NONSTRICT_READ_WRITE, Map.of()),
    TRANSACTIONAL(AccessType.TRANSACTIONAL, Map.of("hibernate.cache.query_cache_layout", "SHALLOW")),
    AUTO_EVICT(AccessType.READ_WRITE, Map.of("hibernate.cache.auto_evict_collection_cache", "true"));

    private final AccessType strategy;
    private final Map<String, String> settings;

    Setup(AccessType strategy, Map<String, String> settings) {
        this.strategy = strategy;
        this.settings = settings;
    }

    AccessType strategy() {
        return strategy;
    }

    /** Whether a collection is evicted when an element's entity changes. */
    boolean evictsCollections() {
        return settings.containsKey("hibernate.cache.auto_evict_collection_cache");
    }

    Map<String, String> settings() {
        return settings;
    }
}
