package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;

/**
 * A way of storing entries: where, in which format, and whether Hibernate hands over maps
 * ({@code use_structured_entries}).
 */
record Storing(CacheBackend backend, Format format, boolean structured) {

    /** Every pair of choices. */
    static Stream<Storing> everyWay() {
        return Stream.of(
                new Storing(CacheBackend.LOCMEM, Format.JSON, false),
                new Storing(CacheBackend.LOCMEM, Format.SMILE, true),
                new Storing(CacheBackend.REDIS, Format.SMILE, false),
                new Storing(CacheBackend.REDIS, Format.JSON, true));
    }

    CachedFactory.Builder on(Class<?>... entities) {
        return CachedFactory.on(backend, entities)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.format", format.name())
                .set("hibernate.cache.use_structured_entries", structured)
                .set("jakarta.persistence.sharedCache.mode", "ALL")
                .set("hibernate.hbm2ddl.halt_on_error", true)
                .set("hibernate.globally_quoted_identifiers", true)
                .set("hibernate.globally_quoted_identifiers_skip_column_definitions", true)
                .set("hibernate.type.wrapper_array_handling", "allow");
    }

    @Override
    public String toString() {
        return backend + " " + format + (structured ? " structured" : "");
    }
}
