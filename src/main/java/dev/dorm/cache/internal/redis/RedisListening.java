package dev.dorm.cache.internal.redis;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClient;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Listens to every master. In a cluster each message comes from all of them, and is heard in time on the connection to
 * the one where it was published: the order of messages and answers is kept there only.
 */
final class RedisListening implements Listening {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Supplier<CompletableFuture<CommandAsyncExecutor>> executor;
    private final Listener listener;
    private final Duration patience;
    private final Map<RedisClient, MasterSubscription> ears = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Creates it; the first beat opens the connections.
     *
     * @param executor the way to the servers
     * @param listener who is told
     * @param patience how long an answer may take before its connection is given up
     */
    RedisListening(Supplier<CompletableFuture<CommandAsyncExecutor>> executor, Listener listener, Duration patience) {
        this.executor = executor;
        this.listener = listener;
        this.patience = patience;
    }

    @Override
    public CompletableFuture<@Nullable Void> beat() {
        return executor.get().thenCompose(way -> {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (MasterSubscription ear : ears(masters(way))) {
                answers.add(ear.ask());
            }
            return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
        });
    }

    private static Set<RedisClient> masters(CommandAsyncExecutor way) {
        Set<RedisClient> masters = new HashSet<>();
        for (MasterSlaveEntry entry : way.getConnectionManager().getEntrySet()) {
            masters.add(entry.getClient());
        }
        return masters;
    }

    private synchronized List<MasterSubscription> ears(Set<RedisClient> masters) {
        if (closed || masters.isEmpty()) {
            throw new BackendException(closed ? "the listening is closed" : "no master is known");
        }
        ears.entrySet().removeIf(each -> {
            boolean gone = !masters.contains(each.getKey());
            if (gone) {
                each.getValue().close();
            }
            return gone || each.getValue().isLostFor(PAUSE);
        });
        for (RedisClient master : masters) {
            ears.computeIfAbsent(master, met -> {
                // What it published until now was not heard.
                listener.lost();
                return new MasterSubscription(met, listener, patience);
            });
        }
        return List.copyOf(ears.values());
    }

    @Override
    public synchronized void close() {
        closed = true;
        ears.values().forEach(MasterSubscription::close);
        ears.clear();
    }
}
