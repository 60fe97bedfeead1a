package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.internal.settings.Times;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How regions and roles are named in keys. */
public final class RegionNames {

    /** What Hibernate appends to an entity's name for the region of its natural id. */
    static final String NATURAL_ID = "##NaturalId";

    private RegionNames() {}

    /**
     * Names the namespace of a role: the region alone when that is named for the role, as by default. The name depends
     * on nothing but region and role, so that two versions of an application agree on it.
     */
    static String namespace(String region, String qualified, String role) {
        return region.equals(role) ? Keys.namespace(qualified) : Keys.namespace(qualified, role);
    }

    /** Splits a query region's name, such as {@code hot-list@60s}, into name and time to live. */
    public static Timed timed(String region) {
        int at = region.lastIndexOf('@');
        String suffix = region.substring(at + 1);
        if (at <= 0 || suffix.isEmpty() || !Character.isDigit(suffix.charAt(0))) {
            return new Timed(region, null);
        }
        Duration ttl = Times.parseOrNull(suffix);
        if (ttl == null) {
            throw new SettingException("Query region '%s': '%s' is no time to live; expected %s"
                    .formatted(region, suffix, Times.ACCEPTED));
        }
        return new Timed(region.substring(0, at), ttl);
    }

    /** Returns the name of a query region whose results live for a time of their own. */
    public static String timed(String region, Duration ttl) {
        return timed(region).name() + "@" + Times.format(ttl);
    }

    /** A region's name, and the time to live that stood behind it. */
    record Timed(String name, @Nullable Duration ttl) {}
}
