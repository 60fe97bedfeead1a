package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is learned from when steps were taken. */
final class Moments {

    private Moments() {}

    /** Takes note of what the replies tell of the time, and of the writes, where their steps were taken. */
    static void learn(ObservedState observed, List<? extends Step<?>> steps, Replies replies) {
        if (!replies.timed()) {
            return;
        }
        for (Step<?> step : steps) {
            String place = place(step);
            Shard shard = step.shard();
            if (place != null) {
                observed.serverTimes().saw(place, replies.moment(step));
            }
            if (shard != null) {
                observed.sawWrite(shard, replies.moment(step).written());
            }
        }
    }

    private static @Nullable String place(Step<?> step) {
        Shard shard = step.shard();
        if (shard != null) {
            return shard.versionKey();
        }
        Clock clock = step.clock();
        return clock == null ? null : clock.key();
    }
}
