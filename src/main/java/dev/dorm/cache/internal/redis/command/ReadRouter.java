package dev.dorm.cache.internal.redis.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisAskException;
import org.redisson.client.RedisRedirectException;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Sends reads whose replies are to be believed, in one {@link MasterRead} to each master they concern, all at once. A read
 * that a master sends elsewhere is followed there, and the server that answers was looked at like any other.
 */
public final class ReadRouter {

    /** A slot on its way sends a read on twice at most: from where it was, and from where it has not quite arrived. */
    private static final int REDIRECTIONS = 3;

    private final ConnectionManager manager;
    private final RetryPolicy retries;
    private final ServerEpochs epochs;

    public ReadRouter(ConnectionManager manager, RetryPolicy retries, ServerEpochs epochs) {
        this.manager = manager;
        this.retries = retries;
        this.epochs = epochs;
    }

    /** Returns the calls' replies, in their order; fails when any of them failed. */
    public CompletableFuture<List<@Nullable Object>> send(List<RedisCommandCall> calls) {
        return retries.retryAttempts() == 0 ? toMasters(calls, null) : attempt(calls, 0);
    }

    /** Returns whether reads may be waited for by {@link #await}: they are not to be repeated. */
    public boolean mayAwait() {
        return retries.retryAttempts() == 0;
    }

    /**
     * Returns the replies to reads, for which this thread waits; not done yet if a single one has to be followed elsewhere.
     *
     * @throws CompletionException when one failed
     * @throws dev.dorm.cache.backend.BackendException when one was not answered in time
     */
    public CompletableFuture<List<@Nullable Object>> await(List<RedisCommandCall> calls) {
        if (calls.size() == 1) {
            Server master = master(calls.get(0));
            List<@Nullable Object> reply =
                    new MasterRead(manager.getServiceManager(), retries, epochs, master, calls).await();
            return followed(calls, reply, REDIRECTIONS, null);
        }
        Progress progress = new Progress();
        CompletableFuture<List<@Nullable Object>> replies = toMasters(calls, progress);
        progress.await(retries.timeout(), replies.handle((all, failure) -> true));
        return replies;
    }

    private CompletableFuture<List<@Nullable Object>> attempt(List<RedisCommandCall> calls, int attempt) {
        return toMasters(calls, null)
                .exceptionallyCompose(failure -> attempt == retries.retryAttempts()
                        ? CompletableFuture.failedFuture(failure)
                        : later(calls, attempt));
    }

    private CompletableFuture<List<@Nullable Object>> later(List<RedisCommandCall> calls, int attempt) {
        var services = manager.getServiceManager();
        CompletableFuture<List<@Nullable Object>> replies = new CompletableFuture<>();
        services.newTimeout(
                timer -> services.transfer(attempt(calls, attempt + 1), replies),
                services.getConfig().getRetryDelay().calcDelay(attempt).toMillis(),
                TimeUnit.MILLISECONDS);
        return replies;
    }

    private CompletableFuture<List<@Nullable Object>> toMasters(
            List<RedisCommandCall> calls, @Nullable Progress progress) {
        if (calls.size() == 1) {
            return to(master(calls.get(0)), calls, REDIRECTIONS, progress);
        }
        Map<Server, List<Integer>> byMaster = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            byMaster.computeIfAbsent(master(calls.get(i)), master -> new ArrayList<>())
                    .add(i);
        }
        @Nullable Object[] all = new @Nullable Object[calls.size()];
        List<CompletableFuture<Void>> parts = new ArrayList<>(byMaster.size());
        byMaster.forEach((master, indexes) -> parts.add(
                to(master, some(calls, indexes), REDIRECTIONS, progress).thenAccept(replies -> {
                    for (int n = 0; n < indexes.size(); n++) {
                        all[indexes.get(n)] = replies.get(n);
                    }
                })));
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply(done -> Arrays.asList(all));
    }

    private Server master(RedisCommandCall call) {
        return Server.master(manager.getWriteEntry(manager.calcSlot(call.route())));
    }

    private CompletableFuture<List<@Nullable Object>> to(
            Server server, List<RedisCommandCall> calls, int redirections, @Nullable Progress progress) {
        MasterRead read = new MasterRead(manager.getServiceManager(), retries, epochs, server, calls);
        if (progress != null) {
            progress.add(read);
        }
        return read.run().thenCompose(replies -> followed(calls, replies, redirections, progress));
    }

    /** Sends the reads that belong elsewhere there, and returns all replies. */
    private CompletableFuture<List<@Nullable Object>> followed(
            List<RedisCommandCall> calls,
            List<@Nullable Object> replies,
            int redirections,
            @Nullable Progress progress) {
        List<Integer> due = new ArrayList<>(0);
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof RedisRedirectException redirect) {
                if (redirections == 0) {
                    return CompletableFuture.failedFuture(redirect);
                }
                due.add(i);
            }
        }
        if (due.isEmpty()) {
            return CompletableFuture.completedFuture(replies);
        }
        @Nullable Object[] all = replies.toArray();
        return CompletableFuture.allOf(due.stream()
                        .map(i -> follow(calls.get(i), (RedisRedirectException) all[i], redirections - 1, progress)
                                .thenAccept(reply -> all[i] = reply.get(0)))
                        .toArray(CompletableFuture[]::new))
                .thenApply(done -> Arrays.asList(all));
    }

    private CompletableFuture<List<@Nullable Object>> follow(
            RedisCommandCall call, RedisRedirectException redirect, int redirections, @Nullable Progress progress) {
        return manager.getServiceManager().resolveIP(redirect.getUrl()).thenCompose(address -> {
            MasterSlaveEntry entry = manager.getEntry(address);
            return entry == null
                    ? CompletableFuture.failedFuture(redirect)
                    : to(
                            Server.at(address, entry, redirect instanceof RedisAskException),
                            List.of(call),
                            redirections,
                            progress);
        });
    }

    private static List<RedisCommandCall> some(List<RedisCommandCall> calls, List<Integer> indexes) {
        return indexes.stream().map(calls::get).toList();
    }
}
