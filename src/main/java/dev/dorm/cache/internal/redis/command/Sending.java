package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.backend.BackendException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of commands besides that they are answered.
 *
 * @param believed whether the replies must come of a server of which there is proof
 * @param locks whether the replies count only from when locks of that server do
 * @param replicas how many replicas must have received what was written
 * @param replicationMillis how long to wait for these
 * @param order what they must not overtake, and who must not overtake them
 */
public record Sending(boolean believed, boolean locks, int replicas, long replicationMillis, Order order) {

    /** Nothing is asked. */
    public static final Sending PLAIN = new Sending(false, false, 0, 0, Order.NONE);

    /** The replies are read, and what they say is served. */
    public static final Sending BELIEVED = new Sending(true, false, 0, 0, Order.NONE);

    /** The commands guard a write. */
    public static final Sending LOCKS = new Sending(false, true, 0, 0, Order.NONE);

    /** The commands guard a write, and so many replicas must have received them. */
    public static Sending replicated(int replicas, long millis) {
        return new Sending(false, true, replicas, millis, Order.NONE);
    }

    /** Returns the same, in some order with others. */
    public Sending in(Order kept) {
        return kept == order ? this : new Sending(believed, locks, replicas, replicationMillis, kept);
    }

    /**
     * Which connections some commands were written on, so that others can be written behind them: a server takes what comes on
     * one connection in its order. Thread-safe.
     */
    public static final class Order {

        /** Nobody asks. */
        public static final Order NONE = new Order(List.of());

        private volatile List<Order> earlier;
        private final Queue<Written> written = new ConcurrentLinkedQueue<>();

        private record Written(Server server, BorrowedConnection on) {}

        /** Begins an order behind others. */
        public Order(List<Order> earlier) {
            this.earlier = earlier;
        }

        /** Says that all was answered, or has failed: what was before is no matter any more. */
        public void end() {
            earlier = List.of();
        }

        /** Takes note of a connection. */
        void wrote(Server server, BorrowedConnection on) {
            if (this != NONE) {
                written.add(new Written(server, on));
            }
        }

        /** Returns the connection to a server on which to write, of which there is one user more; null for one of its own. */
        @Nullable
        BorrowedConnection join(Server server) {
            for (Order each : earlier) {
                for (Written there : each.written) {
                    if (there.server.equals(server) && there.on.joinBehind()) {
                        return there.on;
                    }
                }
            }
            return null;
        }

        /**
         * Returns whether what is written behind others comes behind them: each server has all of theirs on one connection, and
         * nothing of them was sent elsewhere or once more.
         */
        public static boolean isKeptBehind(List<Order> earlier) {
            Map<Server, BorrowedConnection> connections = new HashMap<>();
            for (Order each : earlier) {
                for (Written there : each.written) {
                    BorrowedConnection other = connections.put(there.server, there.on);
                    if (!there.server.isMaster() || !there.on.keepsOrder() || (other != null && other != there.on)) {
                        return false;
                    }
                }
                if (each.written.isEmpty()) {
                    return false;
                }
            }
            return true;
        }
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
