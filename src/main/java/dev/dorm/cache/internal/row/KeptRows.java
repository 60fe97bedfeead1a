package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.key.RowId;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.near.NearEntry;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.store.ResilientStore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What of a namespace's rows is served without a step: from the near tier, or from a store in this process. Thread-safe. */
public final class KeptRows {

    private final RowNamespace rows;
    private final ResilientStore store;
    private final Counters counters;
    private final @Nullable NearRows near;
    private final RowValidator validator;

    KeptRows(RowNamespace rows, @Nullable NearRows near, RowValidator validator) {
        this.rows = rows;
        this.store = rows.store();
        this.counters = rows.counters();
        this.near = near;
        this.validator = validator;
    }

    /**
     * Reads a row without a step, if it is kept, and counts the hit.
     *
     * @param context the reading session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return what Hibernate stored there, or null when that is for {@link CachedRows#fetch} to say
     */
    public @Nullable Object get(RowSession context, @Nullable RowId id) {
        return get(context, id, value -> true);
    }

    /**
     * Reads a row without a step, if it is kept.
     *
     * @param context as the other
     * @param id as the other
     * @param counts tells of what is found whether it counts as a hit
     * @return as the other
     */
    public @Nullable Object get(RowSession context, @Nullable RowId id, Predicate<Object> counts) {
        LiveShard live = near == null ? rows.live() : null;
        if (id == null || near == null && live == null || context.readsPast()) {
            return null;
        }
        RowId.Named named = id.in(rows.layout());
        if (context.hides(rows, named.row()) || !store.servesKept()) {
            return null;
        }
        Object value = live != null ? validator.live(context, live, named) : near(context, named.row());
        if (value != null && counts.test(value)) {
            counters.count(Counter.HIT);
            if (live == null) {
                counters.count(Counter.NEAR_HIT);
            }
        }
        return value;
    }

    private @Nullable Object near(RowSession context, Row row) {
        NearEntry entry = near == null ? null : near.entry(row);
        if (entry == null) {
            return null;
        }
        if (entry.origin() != null) {
            context.knownRows().took(row, entry.origin());
        }
        return entry.value();
    }

    /** Returns whether rows may be served for a while after another process has changed them. */
    public boolean mayBeOld() {
        return near != null;
    }

    /** Says that rows of a namespace are about to be read: the near tier listens for them from then on. */
    void meet(Namespace namespace) {
        if (near != null) {
            near.meet(namespace);
        }
    }

    /** Returns whether a row is in the near tier, and is served from there. */
    boolean isNear(Row row) {
        return near != null && near.get(row) != null && store.servesKept();
    }
}
