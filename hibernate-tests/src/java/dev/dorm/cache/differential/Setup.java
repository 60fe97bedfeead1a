package dev.dorm.cache.differential;

import java.util.Map;
import org.hibernate.cache.spi.access.AccessType;

/** How the cached session factories are set up. */
enum Setup {
    READ_WRITE(AccessType.READ_WRITE, Map.of()),
    NONSTRICT(AccessType.NONSTRICT_READ_WRITE, Map.of()),
    TRANSACTIONAL(AccessType.TRANSACTIONAL, Map.of("hibernate.cache.query_cache_layout", "SHALLOW")),
    AUTO_EVICT(AccessType.READ_WRITE, Map.of("hibernate.cache.auto_evict_collection_cache", "true")),
    /** With the rows of a batch, which are read ahead. */
    BATCH(
            AccessType.READ_WRITE,
            Map.of(
                    "hibernate.default_batch_fetch_size", "4",
                    "hibernate.cache.use_structured_entries", "true")),
    /** Over Redis, and not in process. */
    REDIS(AccessType.READ_WRITE, Map.of()),
    /** Over Redis, with the near tier: one session factory, since others may be shown what is a little older. */
    NEAR(AccessType.READ_WRITE, Map.of("hibernate.cache.dorm.near", "all"));

    private final AccessType strategy;
    private final Map<String, String> settings;

    Setup(AccessType strategy, Map<String, String> settings) {
        this.strategy = strategy;
        this.settings = settings;
    }

    AccessType strategy() {
        return strategy;
    }

    boolean overRedis() {
        return this == REDIS || this == NEAR;
    }

    int factories() {
        return this == NEAR ? 1 : Factory.values().length;
    }

    /** How often programs have it. */
    int weight() {
        return overRedis() ? 1 : 3;
    }

    /** Whether a collection is evicted when an element's entity changes. */
    boolean evictsCollections() {
        return settings.containsKey("hibernate.cache.auto_evict_collection_cache");
    }

    Map<String, String> settings() {
        return settings;
    }
}
