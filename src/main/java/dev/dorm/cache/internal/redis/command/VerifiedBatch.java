package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/** Sends calls together with what is asked of the servers they go to. */
public final class VerifiedBatch {

    private final CommandAsyncExecutor executor;
    private final CommandBatch pipeline;

    public VerifiedBatch(CommandAsyncExecutor executor, CommandBatch pipeline) {
        this.executor = executor;
        this.pipeline = pipeline;
    }

    /** Sends calls behind the question who the servers are, so that what their replies vouch for is of known memories. */
    public CompletableFuture<List<@Nullable Object>> looking(List<RedisCommandCall> calls, ServerEpochs epochs) {
        List<RedisCommandCall> asking = new ArrayList<>();
        masters(calls).forEach(route -> asking.add(RedisCommandCall.replication(route)));
        int asked = asking.size();
        asking.addAll(calls);
        return pipeline.send(asking).thenApply(replies -> {
            replies.subList(0, asked).forEach(info -> epochs.looked(requireNonNull(info)));
            return replies.subList(asked, replies.size());
        });
    }

    /** Sends calls that so many replicas of each master must have received before they count as done. */
    public CompletableFuture<List<@Nullable Object>> replicated(
            List<RedisCommandCall> calls, int replicas, long millis) {
        List<RedisCommandCall> waiting = new ArrayList<>(calls);
        // It waits for all of them: whichever has to be sent again for its script, it is sent again, too.
        List<String> keys = calls.stream().flatMap(call -> call.keys().stream()).toList();
        masters(calls).forEach(route -> waiting.add(RedisCommandCall.await(route, keys, replicas, millis)));
        return pipeline.send(waiting).thenApply(replies -> {
            for (Object each : replies.subList(calls.size(), replies.size())) {
                if (!(each instanceof Long reached) || reached < replicas) {
                    throw new BackendException("a lock reached " + each + " replicas within " + millis + " ms, not the "
                            + replicas + " of the setting min_replicas");
                }
            }
            return replies.subList(0, calls.size());
        });
    }

    /** Returns a key of each master that the calls go to. */
    private List<String> masters(List<RedisCommandCall> calls) {
        List<MasterSlaveEntry> seen = new ArrayList<>();
        Map<Integer, String> bySlot = new TreeMap<>();
        calls.forEach(call -> bySlot.putIfAbsent(pipeline.slots().applyAsInt(call.route()), call.route()));
        List<String> routes = new ArrayList<>();
        bySlot.forEach((slot, route) -> {
            MasterSlaveEntry master = executor.getConnectionManager().getEntry(slot);
            if (master == null || !seen.contains(master)) {
                seen.add(master);
                routes.add(route);
            }
        });
        return routes;
    }
}
