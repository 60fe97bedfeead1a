package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.store.ResilientStore;

/** The insert of a row that is not cached, which takes away the entry of a row that had its id before. */
public record RowEviction(RowNamespace rows, Step.PutRow step) implements PendingPut {

    public static RowEviction of(RowNamespace rows, Row row, String token) {
        return new RowEviction(rows, Step.inserted(row, token));
    }

    @Override
    public ResilientStore store() {
        return rows.store();
    }

    @Override
    public Row row() {
        return step.row();
    }

    @Override
    public boolean inTime() {
        return true;
    }

    @Override
    public boolean awaited() {
        return true;
    }

    @Override
    public void replied(Replies replies) {
        PutReply reply = replies.of(step);
        store().observed().sawVersion(row().shard(), reply.version());
        if (reply.found() != null) {
            store().observed().sawInTheWay(row(), reply.found());
            rows.counters().count(Counter.INVALIDATION);
        }
    }
}
