package dev.dorm.cache.values;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.Random;
import org.hibernate.cache.spi.access.AccessType;

/** A random way to cache: where, how bodies are written, and in which form Hibernate hands entries over. */
record Way(CacheBackend backend, boolean near, String format, boolean structured, AccessType strategy) {

    static Way of(long seed) {
        Random random = new Random(seed);
        CacheBackend backend = random.nextInt(3) > 0 ? CacheBackend.LOCMEM : CacheBackend.REDIS;
        return new Way(
                backend,
                backend == CacheBackend.REDIS && random.nextInt(3) > 0,
                random.nextBoolean() ? "json" : "smile",
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? AccessType.NONSTRICT_READ_WRITE : AccessType.READ_WRITE);
    }

    CachedFactory.Builder describe(CachedFactory.Builder builder) {
        return builder.cacheAll(strategy);
    }

    CachedFactory.Builder start(Class<?>... entities) {
        return describe(CachedFactory.on(backend, entities)
                .set("hibernate.cache.dorm.format", format)
                .set("hibernate.cache.dorm.near", near ? "all" : "off")
                .set("hibernate.cache.use_structured_entries", structured)
                .set("hibernate.hbm2ddl.halt_on_error", "true")
                .set("hibernate.connection.pool_size", 2));
    }
}
