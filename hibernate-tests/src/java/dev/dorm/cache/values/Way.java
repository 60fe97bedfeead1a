package dev.dorm.cache.values;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;

/** A random way to cache: where, how bodies are written, and in which form Hibernate hands entries over. */
record Way(CacheBackend backend, boolean near, String format, boolean structured, boolean beans, AccessType strategy) {

    static Way of(long seed) {
        Random random = new Random(seed);
        CacheBackend backend = random.nextBoolean() ? CacheBackend.LOCMEM : CacheBackend.REDIS;
        return new Way(
                backend,
                backend == CacheBackend.REDIS && random.nextInt(3) > 0,
                random.nextBoolean() ? "json" : "smile",
                random.nextInt(3) == 0,
                random.nextBoolean(),
                random.nextInt(4) == 0 ? AccessType.NONSTRICT_READ_WRITE : AccessType.READ_WRITE);
    }

    CachedFactory.Builder describe(CachedFactory.Builder builder) {
        // Of a cached entity that holds a LOB, Hibernate itself says that it is not cacheable.
        return builder.cacheAll(strategy).map(metadata -> metadata.getEntityBinding(Samples.Lobs.class.getName())
                .getRootClass()
                .setCached(false));
    }

    /** The classes that Jackson binds; of one, not its subclasses. */
    static final String ALLOWED = Stream.of(Samples.Note.class, Samples.Tagged.class, Samples.Shape.class)
            .map(Class::getName)
            .collect(Collectors.joining(","));

    CachedFactory.Builder start(Class<?>... entities) {
        CachedFactory.Builder builder = describe(CachedFactory.on(backend, entities)
                .set("hibernate.cache.dorm.format", format)
                .set("hibernate.cache.dorm.near", near ? "all" : "off")
                .set("hibernate.cache.use_structured_entries", structured)
                .set("hibernate.hbm2ddl.halt_on_error", "true")
                .set("hibernate.connection.pool_size", 2));
        return beans ? builder.set("hibernate.cache.dorm.allowed_types", ALLOWED) : builder;
    }
}
