package dev.dorm.cache.internal.query;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.row.PendingPut;
import dev.dorm.cache.internal.store.ResilientStore;
import org.jspecify.annotations.Nullable;

/**
 * A result that waits for its transaction to complete.
 *
 * @param store where it is kept
 * @param counters where its region counts
 * @param step stores it
 */
record QueryPut(ResilientStore store, Counters counters, Step.PutQuery step) implements PendingPut {

    @Override
    public Step.PutQuery result() {
        return step;
    }

    @Override
    public @Nullable Row row() {
        return null;
    }

    @Override
    public boolean inTime() {
        return true;
    }

    @Override
    public void replied(Replies replies) {
        counters.count(replies.of(step) ? Counter.PUT : Counter.PUT_REFUSED_NO_MEMORY);
    }
}
