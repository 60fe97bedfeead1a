package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.waiting.LargeReplies;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.client.RedisClient;

/**
 * Begins exchanges: a small read on the connection on which others to the same master are under way, all else on a connection of its own.
 * Thread-safe.
 */
final class Exchanges {

    private final ServerEpochs epochs;
    private final Map<RedisClient, BorrowedConnection> shared = new ConcurrentHashMap<>();
    private final LargeReplies large = new LargeReplies();

    Exchanges(ServerEpochs epochs) {
        this.epochs = epochs;
    }

    /** Begins to connect where that is needed; {@link Exchange#start} writes. */
    Exchange begin(Server server, List<RedisCommandCall> calls, Sending how) {
        return new Exchange(epochs, large, server, calls, how, borrow(server, calls, how));
    }

    private BorrowedConnection borrow(Server server, List<RedisCommandCall> calls, Sending how) {
        boolean small = how.believed() && calls.size() == 1 && calls.get(0).isSmallRead();
        if (!small || !server.isMaster() || large.isExpected(calls.get(0).route())) {
            return own(server);
        }
        RedisClient master = requireNonNull(server.entry()).getClient();
        BorrowedConnection current = shared.get(master);
        if (current != null && current.join()) {
            return current;
        }
        BorrowedConnection own = own(server);
        shared.put(master, own);
        return own;
    }

    private BorrowedConnection own(Server server) {
        return new BorrowedConnection(server.connect(), connection -> {
            server.release(connection);
            shared.values().removeIf(BorrowedConnection::isOver);
        });
    }
}
