package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.hibernate.mapping.DelayedIds;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.key.RowId;
import java.io.Serializable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Hibernate holds as a cache key: a row's rendered id, by which keys are equal, and what it was rendered from.
 *
 * <p>Hibernate asks for the original again ({@code EntityDataAccess.getCacheKeyId}), and compares the keys of a natural
 * id before and after a change ({@code NaturalIdResolutionsImpl.cacheFromUpdate}).
 */
final class RowKey implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final @Nullable RowId id;
    private final transient @Nullable Object original;

    RowKey(@Nullable RowId id, Object original) {
        this.id = id;
        this.original = original;
    }

    /** Renders an id; one that cannot be rendered makes a key under which nothing is cached. */
    static RowKey of(Object original, Renderer renderer) {
        if (DelayedIds.include(original)) {
            // An entity whose id the database has not given yet (persist before the transaction begins) has no row.
            return new RowKey(null, original);
        }
        try {
            return new RowKey(new RowId(renderer.render()), original);
        } catch (UnsupportedValueException e) {
            if (WARNED.add(e.cause())) {
                LOG.warn("{}", e.getMessage());
            }
            return new RowKey(null, original);
        }
    }

    /** Renders an id by its mapping. */
    interface Renderer {
        String render() throws UnsupportedValueException;
    }

    /** Returns the row's rendered id; null for one that cannot be rendered. */
    @Nullable
    RowId id() {
        return id;
    }

    @Nullable
    Object original() {
        return original;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey that && (id == null ? this == other : id.equals(that.id));
    }

    @Override
    public int hashCode() {
        return id == null ? 0 : id.hashCode();
    }

    @Override
    public String toString() {
        return String.valueOf(id);
    }
}
