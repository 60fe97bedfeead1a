package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.store.Batch;
import org.jspecify.annotations.Nullable;

/** A step that fills the cache, and what is learned from its reply. */
public interface PendingPut extends Batch.Filling {

    /** Returns the row that is filled; null for a query result. */
    @Nullable
    Row row();

    /** Returns the step that stores a query result; null for a row. */
    default Step.@Nullable PutQuery result() {
        return null;
    }

    /** Returns by what it was missed: the row, or the query result's key. */
    default @Nullable Object key() {
        Step.PutQuery result = result();
        return result == null ? row() : result.resultKey();
    }

    /** Returns whether what was loaded is still what the transaction leaves: it may have raised a version since. */
    default boolean isCurrent() {
        return true;
    }

    /** Invalidates what is no longer current. */
    default void invalidate(Batch batch, String token) {
        // Only rows have a version that may be raised.
    }

    /** Returns whether it also takes away what stands in the place of a row that was inserted. */
    default boolean evicts() {
        return false;
    }

    @Override
    default boolean awaited() {
        return evicts();
    }
}
