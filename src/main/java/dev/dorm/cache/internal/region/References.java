package dev.dorm.cache.internal.region;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.internal.lazy.Lazy;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entities that Hibernate caches by reference ({@code hibernate.cache.use_reference_entries}): immutable instances,
 * which cannot leave the process and so are kept here, bounded.
 */
final class References {

    private final Lazy<Cache<Object, Object>> entries;

    References(long maxEntries) {
        this.entries = new Lazy<>(() -> Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .executor(Runnable::run)
                .build());
    }

    static boolean isReference(Object value) {
        return value instanceof CacheEntry entry && entry.isReferenceEntry();
    }

    @Nullable
    Object get(Object key) {
        Cache<Object, Object> made = entries.ifMade();
        return made == null ? null : made.getIfPresent(key);
    }

    boolean put(Object key, Object entry) {
        entries.get().put(key, entry);
        return true;
    }

    void remove(Object key) {
        Cache<Object, Object> made = entries.ifMade();
        if (made != null) {
            made.invalidate(key);
        }
    }

    void clear() {
        Cache<Object, Object> made = entries.ifMade();
        if (made != null) {
            made.invalidateAll();
        }
    }
}
