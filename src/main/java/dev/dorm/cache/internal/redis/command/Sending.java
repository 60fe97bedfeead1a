package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.backend.BackendException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of commands besides that they are answered.
 *
 * @param believed whether the replies must come of a server of which there is proof
 * @param locks whether the replies count only from when locks of that server do
 * @param replicas how many replicas must have received what was written
 * @param replicationMillis how long to wait for these
 */
public record Sending(boolean believed, boolean locks, int replicas, long replicationMillis) {

    /** Nothing is asked. */
    public static final Sending PLAIN = new Sending(false, false, 0, 0);

    /** The replies are read, and what they say is served. */
    public static final Sending BELIEVED = new Sending(true, false, 0, 0);

    /** The commands guard a write. */
    public static final Sending LOCKS = new Sending(false, true, 0, 0);

    /** The commands guard a write, and so many replicas must have received them. */
    public static Sending replicated(int replicas, long millis) {
        return new Sending(false, true, replicas, millis);
    }

    /** Returns calls to one master, and behind them the one that waits until replicas have received what they wrote. */
    List<RedisCommandCall> waiting(List<RedisCommandCall> calls) {
        if (replicas == 0) {
            return calls;
        }
        List<RedisCommandCall> all = new ArrayList<>(calls);
        // It waits for all of them: whichever has to be sent again, it is sent again, too.
        List<String> keys = calls.stream().flatMap(call -> call.keys().stream()).toList();
        all.add(RedisCommandCall.await(calls.get(0).route(), keys, replicas, replicationMillis));
        return all;
    }

    /** Looks at the reply to the call that waits, which is the last. */
    void checkReached(List<@Nullable Object> replies) {
        if (replicas == 0) {
            return;
        }
        Object last = replies.get(replies.size() - 1);
        if (!(last instanceof Long reached) || reached < replicas) {
            throw new BackendException("a lock reached " + last + " replicas within " + replicationMillis
                    + " ms, not the " + replicas + " of the setting min_replicas");
        }
    }
}
