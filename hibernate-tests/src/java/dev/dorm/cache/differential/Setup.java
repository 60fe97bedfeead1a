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
    /** Rows that are inserted and removed, and do not change. */
    READ_ONLY(AccessType.READ_ONLY, Map.of()),
    /** On PostgreSQL, whose snapshots and locks are not H2's. */
    POSTGRES(AccessType.READ_WRITE, Map.of()),
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

    Engine engine() {
        return this == POSTGRES ? Engine.POSTGRES : Engine.H2;
    }

    int factories() {
        return switch (this) {
            case NEAR -> 1;
            case READ_WRITE, POSTGRES -> Factory.values().length;
            default -> 2;
        };
    }

    /** How often programs have it. */
    int weight() {
        return overRedis() || this == READ_ONLY || engine() != Engine.H2 ? 1 : 3;
    }

    /** Whether a collection is evicted when an element's entity changes. */
    boolean evictsCollections() {
        return settings.containsKey("hibernate.cache.auto_evict_collection_cache");
    }

    boolean fetchesBatches() {
        return settings.containsKey("hibernate.default_batch_fetch_size");
    }

    Map<String, String> settings() {
        return settings;
    }
}
