package dev.dorm.cache.internal.bootstrap;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.hibernate.cache.spi.RegionFactory;
import org.jspecify.annotations.Nullable;

/** The caches that run in this process, by the region factory that Hibernate knows them by. Thread-safe. */
public final class RunningCaches {

    private static final Map<RegionFactory, CacheRuntime> RUNNING = Collections.synchronizedMap(new WeakHashMap<>());

    private RunningCaches() {}

    /** Says that a region factory was started. */
    public static void add(RegionFactory regions, CacheRuntime cache) {
        RUNNING.put(regions, cache);
    }

    /** Says that a region factory was stopped. */
    public static void remove(RegionFactory regions) {
        RUNNING.remove(regions);
    }

    /** Returns the cache of a region factory; null when it is not ours, or does not run. */
    public static @Nullable CacheRuntime of(@Nullable RegionFactory regions) {
        return regions == null ? null : RUNNING.get(regions);
    }
}
