package dev.dorm.cache.internal.hibernate.caller;

import java.util.Set;

/**
 * Whether a natural id is asked for only to leave it if it is there.
 *
 * <p>Hibernate: {@code NaturalIdResolutionsImpl.cacheFromLoad} does so whenever an entity is loaded, by the same call as
 * for a load by natural id. A round trip for each row of a query would be the price.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code RoundTripsIT#aHitCostsOne} stays green without it.
 */
public final class NaturalIdLoads {

    private static final String RESOLUTIONS = "NaturalIdResolutionsImpl";
    private static final Set<String> BEFORE_PUT = Set.of("cacheFromLoad", "manageSharedResolution");

    private NaturalIdLoads() {}

    /** Returns whether what is asked for comes with a load of its entity. */
    public static boolean areAsking() {
        return Callers.nearest(frame -> frame.getClassName().endsWith(RESOLUTIONS))
                .filter(frame -> BEFORE_PUT.contains(frame.getMethodName()))
                .isPresent();
    }
}
