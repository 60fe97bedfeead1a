package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A backend whose time is ahead of its server's: whatever is told of times, and of the numbers of writes, which are times,
 * is so much later, and what is asked so much earlier.
 */
final class ShiftedBackend extends ForwardingBackend {

    private long shift;

    ShiftedBackend(Backend real) {
        super(real);
    }

    /** Lets so many microseconds pass. */
    void shift(long micros) {
        shift += micros;
    }

    long shift() {
        return shift;
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        if (shift == 0) {
            return real.executeAsync(steps);
        }
        List<Step<?>> earlier = steps.stream().<Step<?>>map(this::earlier).toList();
        return real.executeAsync(earlier).thenApply(replies -> {
            List<Object> later = new ArrayList<>();
            List<Moment> moments = new ArrayList<>();
            for (Step<?> step : earlier) {
                Object reply = replies.of(step);
                later.add(step instanceof Step.ReadRows read ? later(replies.of(read)) : reply);
                moments.add(later(replies.moment(step)));
            }
            return new Replies(steps, later, replies.timed() ? moments : List.of());
        });
    }

    private Step<?> earlier(Step<?> step) {
        if (step instanceof Step.PutRow put) {
            return new Step.PutRow(
                    put.row(),
                    put.version(),
                    earlier(put.written()),
                    put.entry(),
                    put.timeout(),
                    put.expected(),
                    put.told(),
                    put.inserted(),
                    earlier(put.latest()),
                    put.replaces());
        }
        if (step instanceof Step.LockRow lock) {
            return new Step.LockRow(lock.row(), lock.token(), lock.expected(), earlier(lock.latest()));
        }
        if (step instanceof Step.LockShard lock) {
            return new Step.LockShard(lock.shard(), lock.token(), earlier(lock.latest()));
        }
        if (step instanceof Step.LockTables lock) {
            return new Step.LockTables(lock.clock(), lock.tables(), lock.token(), earlier(lock.latest()));
        }
        return step instanceof Step.UnlockRow unlock
                ? new Step.UnlockRow(
                        unlock.row(),
                        unlock.token(),
                        earlier(unlock.locked()),
                        unlock.version(),
                        unlock.entry(),
                        unlock.timeout())
                : step;
    }

    private long earlier(long micros) {
        return micros == 0 ? 0 : micros - shift;
    }

    private List<RowState> later(List<RowState> states) {
        return states.stream()
                .map(state -> new RowState(state.version(), state.shardLocked(), state.bytes(), later(state.written())))
                .toList();
    }

    private Moment later(Moment moment) {
        return new Moment(later(moment.micros()), later(moment.written()));
    }

    private long later(long micros) {
        return micros == 0 ? 0 : micros + shift;
    }
}
