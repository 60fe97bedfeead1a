package dev.dorm.cache.testing;

import java.util.Map;
import java.util.UUID;

/** A backend to run a test on: {@code @EnumSource} of it runs the test on each. */
public enum CacheBackend {
    /** In process. */
    LOCMEM {
        @Override
        public Map<String, String> settings() {
            Served.LOCMEM.record();
            return Map.of(
                    "hibernate.cache.dorm.backend",
                    "locmem",
                    "hibernate.cache.dorm.location",
                    "store-" + UUID.randomUUID());
        }
    },
    /** The Redis server of this JVM, under a region prefix of the test's own. */
    REDIS {
        @Override
        public Map<String, String> settings() {
            RedisServer server = RedisServer.shared();
            return Map.of(
                    "hibernate.cache.dorm.location",
                    server.url(),
                    "hibernate.cache.region_prefix",
                    server.uniquePrefix());
        }
    };

    /**
     * Returns the settings of a store that no other test uses; session factories that are given the same share it.
     *
     * @return Hibernate's settings by name
     */
    public abstract Map<String, String> settings();
}
