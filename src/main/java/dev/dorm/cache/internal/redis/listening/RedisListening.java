package dev.dorm.cache.internal.redis.listening;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClient;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Listens to every master. In a cluster each message comes from all of them, and arrives in time on the connection to
 * the one where it was published: the order of messages and answers is kept there only.
 */
public final class RedisListening implements Listening {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Supplier<CompletableFuture<CommandAsyncExecutor>> executor;
    private final Consumer<CommandAsyncExecutor> prove;
    private final Listener listener;
    private final Duration timeout;
    private final Map<RedisClient, MasterSubscription> subscriptions = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Creates it; the first beat opens the connections.
     *
     * @param executor the way to the servers
     * @param prove asks the servers for proof that they are what they were, without waiting
     * @param listener who is told
     * @param timeout how long an answer may take before its connection is given up
     */
    public RedisListening(
            Supplier<CompletableFuture<CommandAsyncExecutor>> executor,
            Consumer<CommandAsyncExecutor> prove,
            Listener listener,
            Duration timeout) {
        this.executor = executor;
        this.prove = prove;
        this.listener = listener;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<@Nullable Void> beat() {
        return executor.get().thenCompose(way -> {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (MasterSubscription subscription : subscriptions(way.getConnectionManager())) {
                answers.add(subscription.ask());
            }
            return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
        });
    }

    @Override
    public void prove() {
        var unused = executor.get().thenAccept(prove);
    }

    private static Set<RedisClient> masters(ConnectionManager connections) {
        Set<RedisClient> masters = new HashSet<>();
        for (MasterSlaveEntry entry : connections.getEntrySet()) {
            masters.add(entry.getClient());
        }
        return masters;
    }

    private synchronized List<MasterSubscription> subscriptions(ConnectionManager connections) {
        Set<RedisClient> masters = masters(connections);
        if (closed || masters.isEmpty()) {
            throw new BackendException(closed ? "the listening is closed" : "no master is known");
        }
        subscriptions.entrySet().removeIf(each -> {
            boolean gone = !masters.contains(each.getKey());
            if (gone) {
                each.getValue().close();
            }
            return gone || each.getValue().isLostFor(PAUSE);
        });
        for (RedisClient master : masters) {
            subscriptions.computeIfAbsent(master, met -> {
                // What it published until now was not received.
                listener.lost();
                return new MasterSubscription(connections.getServiceManager(), met, listener, timeout);
            });
        }
        return List.copyOf(subscriptions.values());
    }

    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.values().forEach(MasterSubscription::close);
        subscriptions.clear();
    }
}
