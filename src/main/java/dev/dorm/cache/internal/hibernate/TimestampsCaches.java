package dev.dorm.cache.internal.hibernate;

import org.hibernate.boot.internal.SessionFactoryOptionsBuilder;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.spi.TimestampsCacheFactory;

/**
 * Puts a timestamps cache in the place of Hibernate's.
 *
 * <p>Hibernate: {@code SessionFactoryOptionsBuilder.applyTimestampsCacheFactory} is the only way, of a class that is
 * internal: {@code RegionFactory.buildTimestampsRegion} keeps the clock of one JVM, and {@code TimestampsCacheEnabledImpl}
 * compares it with that of others.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code QueryInvalidationIT#aResultOlderThanAWriteIsNotCachedAfterIt} stays green with a way that is not
 * internal. Where it cannot be replaced, {@code CacheRuntime} refuses the query cache.
 */
public final class TimestampsCaches {

    private TimestampsCaches() {}

    /** Replaces it for a session factory that is being built. */
    public static void replaceIn(SessionFactoryOptions options, TimestampsCacheFactory caches) {
        if (options instanceof SessionFactoryOptionsBuilder builder) {
            builder.applyTimestampsCacheFactory(caches);
        }
    }
}
