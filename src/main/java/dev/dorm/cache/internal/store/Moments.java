package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Moment;
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
        Moment last = Moment.UNTOLD;
        @Nullable Shard lastShard = null;
        for (Step<?> step : steps) {
            Moment moment = replies.moment(step);
            Shard shard = step.shard();
            if (shard != null && shard.equals(lastShard) && moment.equals(last)) {
                // One script took both, and says nothing new.
                continue;
            }
            last = moment;
            lastShard = shard;
            String place = place(step);
            if (place != null) {
                observed.serverTimes().saw(place, moment);
            }
            if (shard != null) {
                observed.sawWrite(shard, moment.written());
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
