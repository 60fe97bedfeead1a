package dev.dorm.cache.internal.redis.listening;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.internal.redis.command.MasterProofs;
import dev.dorm.cache.internal.redis.command.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.redisson.client.RedisClient;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.connection.ServiceManager;

/**
 * Listens on each channel to the master that has its slot. In a cluster a message comes from the other masters too, but it arrives
 * in time on the connection to the one where it was published: the order of messages and answers is kept there only.
 */
public final class RedisListening implements Listening {

    private final Supplier<CompletableFuture<CommandAsyncExecutor>> executor;
    private final Function<CommandAsyncExecutor, Router> router;
    private final Function<CommandAsyncExecutor, MasterProofs> proofs;
    private final Listener listener;
    private final Duration timeout;
    private final Map<RedisClient, MasterSubscription> subscriptions = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Creates it; the first beat opens the connections.
     *
     * @param executor the way to the servers
     * @param router sends them commands
     * @param proofs asks the servers for proof that they are what they were
     * @param listener who is told
     * @param timeout how long an answer may take before its connection is given up
     */
    public RedisListening(
            Supplier<CompletableFuture<CommandAsyncExecutor>> executor,
            Function<CommandAsyncExecutor, Router> router,
            Function<CommandAsyncExecutor, MasterProofs> proofs,
            Listener listener,
            Duration timeout) {
        this.executor = executor;
        this.router = router;
        this.proofs = proofs;
        this.listener = listener;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<Set<String>> beat(Collection<String> channels) {
        return executor.get().thenCompose(way -> {
            ConnectionManager connections = way.getConnectionManager();
            Map<RedisClient, MasterSlaveEntry> masters = masters(connections);
            Map<RedisClient, List<String>> byMaster = byMaster(channels, connections);
            List<CompletableFuture<Set<String>>> answers = new ArrayList<>();
            // Also where there is no channel any more: what was known of it is over.
            subscriptions(byMaster.keySet(), masters.keySet(), connections.getServiceManager(), proofs.apply(way))
                    .forEach((client, subscription) -> answers.add(subscription.beat(
                            byMaster.getOrDefault(client, List.of()), router.apply(way), masters.get(client))));
            return of(answers);
        });
    }

    /** Returns what all masters say together, of those that have answered; fails when none has. */
    private static CompletableFuture<Set<String>> of(List<CompletableFuture<Set<String>>> answers) {
        return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .handle((done, failure) -> {
                    Set<String> all = new HashSet<>();
                    boolean answered = failure == null;
                    for (CompletableFuture<Set<String>> each : answers) {
                        if (!each.isCompletedExceptionally()) {
                            all.addAll(each.join());
                            answered = true;
                        }
                    }
                    if (!answered) {
                        throw new CompletionException(failure);
                    }
                    return all;
                });
    }

    @Override
    public void prove() {
        var unused = executor.get().thenAccept(way -> proofs.apply(way).lookAround());
    }

    private static Map<RedisClient, MasterSlaveEntry> masters(ConnectionManager connections) {
        Map<RedisClient, MasterSlaveEntry> masters = new HashMap<>();
        for (MasterSlaveEntry entry : connections.getEntrySet()) {
            masters.put(entry.getClient(), entry);
        }
        return masters;
    }

    private static Map<RedisClient, List<String>> byMaster(Collection<String> channels, ConnectionManager connections) {
        Map<RedisClient, List<String>> byMaster = new HashMap<>();
        for (String channel : channels) {
            MasterSlaveEntry entry = connections.getWriteEntry(connections.calcSlot(channel));
            if (entry != null) {
                byMaster.computeIfAbsent(entry.getClient(), master -> new ArrayList<>())
                        .add(channel);
            }
        }
        return byMaster;
    }

    private synchronized Map<RedisClient, MasterSubscription> subscriptions(
            Set<RedisClient> needed, Set<RedisClient> masters, ServiceManager services, MasterProofs known) {
        if (closed || masters.isEmpty()) {
            throw new BackendException(closed ? "the listening is closed" : "no master is known");
        }
        subscriptions.entrySet().removeIf(each -> {
            boolean gone = !masters.contains(each.getKey());
            if (gone) {
                each.getValue().close();
            }
            return gone || each.getValue().isOver();
        });
        for (RedisClient master : needed) {
            if (masters.contains(master)) {
                subscriptions.computeIfAbsent(
                        master,
                        met -> new MasterSubscription(services, met, listener, timeout, () -> known.abilities(met)));
            }
        }
        return Map.copyOf(subscriptions);
    }

    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.values().forEach(MasterSubscription::close);
        subscriptions.clear();
    }
}
