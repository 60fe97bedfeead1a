package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.waiting.LargeReplies;
import dev.dorm.cache.internal.redis.waiting.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClient;

/**
 * Begins exchanges: what must come behind another on the connection of that one, a small read on the one on which others to
 * the same master are under way, all else on a connection of its own. Thread-safe.
 */
final class Exchanges {

    private final ServerEpochs epochs;
    private final Duration patience;
    private final Patience nobodys;
    private final Map<RedisClient, Sharing> masters = new ConcurrentHashMap<>();
    private final LargeReplies large = new LargeReplies();

    /** What reads to one master share. */
    private static final class Sharing {

        private final Patience patience;
        private volatile @Nullable BorrowedConnection current;

        private Sharing(Patience patience) {
            this.patience = patience;
        }
    }

    /**
     * Creates it.
     *
     * @param patience for how long a connection may be silent at least before nobody shares it any more
     */
    Exchanges(ServerEpochs epochs, Duration patience) {
        this.epochs = epochs;
        this.patience = patience;
        this.nobodys = new Patience(patience, System::nanoTime);
    }

    /**
     * Begins to connect where that is needed; {@link Exchange#start} writes.
     *
     * @param joins whether it may be on a connection of others: only who waits himself leaves it soon when it is held up
     */
    Exchange begin(Server server, List<RedisCommandCall> calls, Sending how, boolean joins) {
        BorrowedConnection before = how.order().join(server);
        if (before != null) {
            how.order().wrote(server, before);
            return new Exchange(epochs, large, server, calls, how, before, false);
        }
        boolean small = how.believed() && calls.size() == 1 && calls.get(0).isSmallRead();
        if (!small || !server.isMaster() || large.isExpected(calls.get(0).route())) {
            BorrowedConnection own = own(server, nobodys);
            how.order().wrote(server, own);
            return new Exchange(epochs, large, server, calls, how, own, false);
        }
        Sharing sharing = sharing(requireNonNull(server.entry()).getClient());
        BorrowedConnection current = sharing.current;
        if (joins && current != null && current.join()) {
            return new Exchange(epochs, large, server, calls, how, current, true);
        }
        BorrowedConnection own = own(server, sharing.patience);
        sharing.current = own;
        return new Exchange(epochs, large, server, calls, how, own, false);
    }

    private Sharing sharing(RedisClient master) {
        Sharing known = masters.get(master);
        if (known != null) {
            return known;
        }
        masters.keySet().removeIf(RedisClient::isShutdown);
        return masters.computeIfAbsent(master, met -> new Sharing(new Patience(patience, System::nanoTime)));
    }

    private static BorrowedConnection own(Server server, Patience patience) {
        return new BorrowedConnection(server.connect(), server::release, patience);
    }
}
