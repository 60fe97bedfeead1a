package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.redis.ability.Ability;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import dev.dorm.cache.internal.redis.waiting.Arriving.Progress;
import dev.dorm.cache.internal.redis.waiting.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisAskException;
import org.redisson.client.RedisRedirectException;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Sends commands, in one {@link Pipeline} to each master they concern, all at once. What a master sends elsewhere is
 * followed there, scripts that it does not know are loaded, and reads without proof are sent again behind the question for it.
 */
public final class Router {

    /**
     * A slot on its way sends a command on twice at most: from where it was, and from where it has not quite arrived. A script
     * may be flushed between its loading and its use. And a server that is met may refuse one thing after another.
     */
    private static final int TRIES = 6;

    private final ConnectionManager manager;
    private final RetryPolicy retries;
    private final ServerEpochs epochs;
    private final Exchanges exchanges;
    private final Turns turns;

    /**
     * Creates it.
     *
     * @param patience for how long a connection may be silent at least before nobody shares it any more
     */
    public Router(ConnectionManager manager, RetryPolicy retries, ServerEpochs epochs, Duration patience) {
        this.manager = manager;
        this.retries = retries;
        this.epochs = epochs;
        this.exchanges = new Exchanges(epochs, patience);
        int connections = manager.getServiceManager().getConfig().getMasterConnectionPoolSize();
        // There may be so many at once to each master.
        int masters = Math.max(1, manager.getEntrySet().size());
        this.turns = new Turns(connections * masters, retries.timeout());
    }

    /** Returns which keys stand together on one server, for every kind of client. */
    public ToIntFunction<String> slots() {
        return manager::calcSlot;
    }

    /**
     * Returns one master's own replies: where another server has it, or the script is unknown, stands the exception that says so.
     */
    public CompletableFuture<List<@Nullable Object>> ofOne(MasterSlaveEntry master, List<RedisCommandCall> calls) {
        return pipeline(Server.master(master), calls, Sending.PLAIN).run();
    }

    /** Asks a master for proof, by a key that it holds; nobody waits. */
    void prove(MasterSlaveEntry master, String key) {
        List<RedisCommandCall> calls = List.of(RedisCommandCall.mget(List.of(key)));
        var unused = to(Server.master(master), calls, Sending.BELIEVED, new Progress(), 1);
    }

    /** Returns the calls' replies, in their order; fails when any of them failed. */
    public CompletableFuture<List<@Nullable Object>> send(List<RedisCommandCall> calls, Sending how) {
        return sent(calls, how, new Progress());
    }

    /**
     * Returns the calls' replies, for which this thread waits: until none has come for a while. Who reads waits for a turn
     * first.
     *
     * @throws CompletionException when a call failed
     * @throws BackendException when one was not answered in time
     */
    public List<@Nullable Object> await(List<RedisCommandCall> calls, Sending how) {
        if (!how.believed()) {
            return await(calls, how, () -> {});
        }
        Turns.Turn turn = turns.take();
        try {
            return await(calls, how, turn::end);
        } finally {
            turn.end();
        }
    }

    private List<@Nullable Object> await(List<RedisCommandCall> calls, Sending how, Runnable answered) {
        Progress progress = new Progress();
        CompletableFuture<List<@Nullable Object>> replies;
        Server only = retries.retryAttempts() == 0 ? onlyMaster(calls) : null;
        if (only == null) {
            replies = sent(calls, how, progress);
        } else {
            List<RedisCommandCall> sent = how.waiting(calls);
            Pipeline pipeline = pipeline(only, sent, how);
            progress.add(pipeline);
            try {
                replies = believed(only, sent, how, pipeline, pipeline.await(answered), progress, TRIES);
            } catch (Proving.Missing e) {
                replies = again(only, sent, how, progress, TRIES, e);
            }
        }
        return replies.isDone() ? replies.join() : progress.await(retries.timeout(), replies);
    }

    private CompletableFuture<List<@Nullable Object>> sent(
            List<RedisCommandCall> calls, Sending how, Progress progress) {
        return retries.repeated(manager.getServiceManager(), () -> toMasters(calls, how, progress));
    }

    /** Returns the master that all calls go to, or null. */
    private @Nullable Server onlyMaster(List<RedisCommandCall> calls) {
        MasterSlaveEntry entry = entry(calls.get(0));
        for (int i = 1; i < calls.size(); i++) {
            if (entry(calls.get(i)) != entry) {
                return null;
            }
        }
        return Server.master(entry);
    }

    private @Nullable MasterSlaveEntry entry(RedisCommandCall call) {
        return manager.getWriteEntry(manager.calcSlot(call.route()));
    }

    private CompletableFuture<List<@Nullable Object>> toMasters(
            List<RedisCommandCall> calls, Sending how, Progress progress) {
        Map<Server, List<Integer>> byMaster = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            byMaster.computeIfAbsent(Server.master(entry(calls.get(i))), master -> new ArrayList<>())
                    .add(i);
        }
        @Nullable Object[] all = new @Nullable Object[calls.size()];
        List<CompletableFuture<Void>> parts = new ArrayList<>(byMaster.size());
        byMaster.forEach(
                (master, indexes) -> parts.add(to(master, how.waiting(some(calls, indexes)), how, progress, TRIES)
                        .thenAccept(replies -> put(replies, indexes, all))));
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply(done -> Arrays.asList(all));
    }

    private static void put(List<@Nullable Object> replies, List<Integer> indexes, @Nullable Object[] all) {
        for (int n = 0; n < indexes.size(); n++) {
            all[indexes.get(n)] = replies.get(n);
        }
    }

    private Pipeline pipeline(Server server, List<RedisCommandCall> calls, Sending how) {
        return new Pipeline(manager.getServiceManager(), retries.timeout(), exchanges, server, calls, how);
    }

    private CompletableFuture<List<@Nullable Object>> to(
            Server server, List<RedisCommandCall> calls, Sending how, Progress progress, int tries) {
        Pipeline pipeline = pipeline(server, calls, how);
        progress.add(pipeline);
        return pipeline.run()
                .thenCompose(replies -> believed(server, calls, how, pipeline, replies, progress, tries))
                .exceptionallyCompose(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return cause instanceof Proving.Missing missing
                            ? again(server, calls, how, progress, tries, missing)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    /** Sends reads again, since there was no proof when they were answered. */
    private CompletableFuture<List<@Nullable Object>> again(
            Server server,
            List<RedisCommandCall> calls,
            Sending how,
            Progress progress,
            int tries,
            Proving.Missing missing) {
        return tries == 0
                ? CompletableFuture.failedFuture(new BackendException(missing.getMessage()))
                : to(server, calls, how, progress, tries - 1);
    }

    /**
     * Asks for proof once more when it has run out on the way: whoever is the master still was so when it replied. What is
     * large may take longer than proof lasts.
     */
    private CompletableFuture<List<@Nullable Object>> believed(
            Server server,
            List<RedisCommandCall> calls,
            Sending how,
            Pipeline pipeline,
            List<@Nullable Object> replies,
            Progress progress,
            int tries) {
        if (!pipeline.isUnproven()) {
            return completed(server, calls, how, pipeline, replies, progress, tries);
        }
        ServerMemory memory = pipeline.memory();
        String known = memory.proofKey();
        String key = known == null ? epochs.proofKey(calls.get(0).route()) : known;
        List<RedisCommandCall> question = List.of(RedisCommandCall.mget(List.of(key)));
        if (tries == 0) {
            return CompletableFuture.failedFuture(
                    new BackendException("there is no proof that the server is the master still"));
        }
        // Or else it has another memory by now, and is asked again.
        return to(server, question, how, progress, tries - 1)
                .thenCompose(asked -> memory.isBelieved(epochs.now())
                        ? completed(server, calls, how, pipeline, replies, progress, tries - 1)
                        : to(server, calls, how, progress, tries - 1));
    }

    /** Sends what another server has there, and what failed for its script once more; returns all replies. */
    private CompletableFuture<List<@Nullable Object>> completed(
            Server server,
            List<RedisCommandCall> calls,
            Sending how,
            Pipeline pipeline,
            List<@Nullable Object> replies,
            Progress progress,
            int tries) {
        int failed = Remainder.firstFailed(replies);
        if (failed < 0) {
            how.checkReached(replies);
            return how.locks() ? held(pipeline, replies, progress) : CompletableFuture.completedFuture(replies);
        }
        Throwable failure = (Throwable) replies.get(failed);
        if (tries == 0) {
            return CompletableFuture.failedFuture(failure);
        }
        List<Integer> due = Remainder.due(calls, replies, failed);
        List<RedisCommandCall> some = some(calls, due);
        CompletableFuture<List<@Nullable Object>> rest = failure instanceof RedisRedirectException redirect
                ? follow(some, redirect, how, progress, tries - 1)
                : load(server, some, how, progress, tries - 1);
        return rest.thenCompose(more -> {
            @Nullable Object[] all = replies.toArray();
            put(more, due, all);
            return completed(server, calls, how, pipeline, Arrays.asList(all), progress, tries - 1);
        });
    }

    private CompletableFuture<List<@Nullable Object>> follow(
            List<RedisCommandCall> calls, RedisRedirectException redirect, Sending how, Progress progress, int tries) {
        return manager.getServiceManager().resolveIP(redirect.getUrl()).thenCompose(address -> {
            MasterSlaveEntry entry = manager.getEntry(address);
            return entry == null
                    ? CompletableFuture.failedFuture(redirect)
                    : to(Server.at(address, entry, redirect instanceof RedisAskException), calls, how, progress, tries);
        });
    }

    private CompletableFuture<List<@Nullable Object>> load(
            Server server, List<RedisCommandCall> calls, Sending how, Progress progress, int tries) {
        List<RedisCommandCall> all = new ArrayList<>();
        Set<Script> loaded = new HashSet<>();
        boolean loads = epochs.abilities(server.address()).has(Ability.SCRIPT_LOAD);
        for (RedisCommandCall call : calls) {
            Script script = call.script();
            if (loads && script != null && loaded.add(script)) {
                all.add(RedisCommandCall.load(script, call.route()));
            }
        }
        int loadings = all.size();
        all.addAll(calls);
        return to(server, all, how, progress, tries).thenApply(replies -> replies.subList(loadings, replies.size()));
    }

    /** Lets locks count only when nobody believes the master of before any more. */
    private CompletableFuture<List<@Nullable Object>> held(
            Pipeline pipeline, List<@Nullable Object> replies, Progress progress) {
        long hold = pipeline.memory().locksFrom() - epochs.now();
        if (hold <= 0) {
            return CompletableFuture.completedFuture(replies);
        }
        CompletableFuture<List<@Nullable Object>> held = new CompletableFuture<>();
        progress.add(() -> held.isDone() ? Long.MAX_VALUE : 0);
        manager.getServiceManager().newTimeout(due -> held.complete(replies), hold, TimeUnit.NANOSECONDS);
        return held;
    }

    private static List<RedisCommandCall> some(List<RedisCommandCall> calls, List<Integer> indexes) {
        return indexes.size() == calls.size()
                ? calls
                : indexes.stream().map(calls::get).toList();
    }
}
