package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is learned from when steps were taken. */
final class Moments {

    private Moments() {}

    /** Takes note of what the replies tell of the time, and of the writes, where their steps were taken. */
    static void learn(Knowledge knowledge, List<? extends Step<?>> steps, Replies replies) {
        if (!replies.timed()) {
            return;
        }
        for (Step<?> step : steps) {
            String place = place(step);
            Shard shard = shard(step);
            if (place != null) {
                knowledge.serverTimes().saw(place, replies.moment(step));
            }
            if (shard != null) {
                knowledge.sawWrite(shard, replies.moment(step).written());
            }
        }
    }

    private static @Nullable String place(Step<?> step) {
        Shard shard = shard(step);
        if (shard != null) {
            return shard.versionKey();
        }
        if (step instanceof Step.LockTables lock) {
            return lock.clock().key();
        }
        if (step instanceof Step.UnlockTables unlock) {
            return unlock.clock().key();
        }
        if (step instanceof Step.SettleTables settle) {
            return settle.clock().key();
        }
        return step instanceof Step.RenewTables renew ? renew.clock().key() : null;
    }

    /** Returns the shard whose keys a step takes, or null. */
    private static @Nullable Shard shard(Step<?> step) {
        if (step instanceof Step.PutRow put) {
            return put.row().shard();
        }
        if (step instanceof Step.LockRow lock) {
            return lock.row().shard();
        }
        if (step instanceof Step.UnlockRow unlock) {
            return unlock.row().shard();
        }
        if (step instanceof Step.LockShard lock) {
            return lock.shard();
        }
        if (step instanceof Step.UnlockShard unlock) {
            return unlock.shard();
        }
        if (step instanceof Step.BumpVersion bump) {
            return bump.shard();
        }
        if (step instanceof Step.ReadVersion read) {
            return read.shard();
        }
        return step instanceof Step.RenewShard renew ? renew.shard() : null;
    }
}
