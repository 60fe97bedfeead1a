package dev.dorm.cache.internal.spring;

import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is shown of the cache to operators.
 *
 * @param cacheMeters whether regions are also shown under Micrometer's own names for caches: cache.gets, cache.puts, cache.evictions,
 *     cache.size
 * @param observations whether each call of Redis is an observation, from which Micrometer makes spans, and timers by region
 * @param bypassedStatus the health of an application that works without Redis, which is passed by
 * @param endpointWrites whether the endpoint dormcache can evict and bump
 */
@ConfigurationProperties("dorm.cache.management")
public record ManagementProperties(
        @DefaultValue("true") boolean cacheMeters,
        @DefaultValue("false") boolean observations,
        @DefaultValue("unknown") BypassedStatus bypassedStatus,
        @DefaultValue("false") boolean endpointWrites) {

    /** Spring asks each bean for it, and that of a record would be put together by the JDK, at the start. */
    @Override
    public int hashCode() {
        return Objects.hash(cacheMeters, observations, bypassedStatus, endpointWrites);
    }

    /** What health says while Redis is passed by. */
    public enum BypassedStatus {
        /** As if nothing were amiss. */
        UP,
        /** That it does not know, which leaves the application up. */
        UNKNOWN,
        /** That the application is to get no requests. */
        OUT_OF_SERVICE,
        /** That the application is down. */
        DOWN
    }
}
