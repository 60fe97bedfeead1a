package dev.dorm.cache.backend.redis;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.command.CommandAsyncExecutor;

/**
 * A backend in Redis 6.0 or newer: one server, sentinels, or a cluster.
 *
 * <p>Where Redis is, one setting says: {@code location}, {@code config} or {@code client}. It need not be there when
 * the backend is created: calls fail until it is. Every call, reading or writing, goes to the master.
 * Replies arrive on Redisson's threads, so what is chained to them must not wait.
 */
public final class RedisBackend implements Backend {

    private static final int CLUSTER_SHARDS = 16;

    private final BackendSettings settings;
    private final Target target;
    private final Patience patience;
    private final Incarnations incarnations;

    /**
     * Creates a backend and begins to connect, without waiting: opening a client takes longer than a call may.
     *
     * @param settings the alias's settings
     * @throws IllegalArgumentException when a setting is wrong; it names the setting, the value, and what is accepted
     */
    public RedisBackend(BackendSettings settings) {
        this.settings = settings;
        this.target = Target.of(settings);
        this.patience = target.patience();
        this.incarnations = new Incarnations(target.clientName());
        var unused = target.connection().executor();
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAsync(String key) {
        return getManyAsync(List.of(key)).thenApply(values -> values.get(key));
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return with((executor, pipeline) -> {
            Reading reading = new Reading(keys, pipeline.slots());
            return pipeline.send(reading.calls()).thenApply(reading::values);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        Call call = Call.set(key, value, timeout);
        return with((executor, pipeline) -> pipeline.send(List.of(call)).thenApply(replies -> null));
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return with((executor, pipeline) -> pipeline.send(List.of(Call.unlink(List.of(key))))
                .thenApply(replies -> Long.valueOf(1).equals(replies.get(0))));
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return with((executor, pipeline) -> new PatternDeletion(executor, pipeline, pattern).run());
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        return with((executor, pipeline) -> {
            Preparation preparation = new Preparation(pipeline.slots());
            List<Prepared> prepared = new ArrayList<>(steps.size());
            List<Call> calls = new ArrayList<>(steps.size());
            for (Step<?> step : steps) {
                Prepared each = preparation.of(step);
                prepared.add(each);
                calls.addAll(each.calls());
            }
            return send(steps, calls, new Delivery(executor, pipeline), pipeline)
                    .thenApply(replies -> new Replies(steps, meanings(prepared, replies)));
        });
    }

    private CompletableFuture<List<@Nullable Object>> send(
            List<? extends Step<?>> steps, List<Call> calls, Delivery delivery, Pipeline pipeline) {
        if (settings.minReplicas() > 0 && steps.stream().anyMatch(RedisBackend::locks)) {
            // Half the bound of the call: the answer that too few have it must still come in time.
            return delivery.replicated(
                    calls,
                    settings.minReplicas(),
                    Math.max(1, settings.timeout().toMillis() / 2));
        }
        // What also writes must not be sent twice: nobody who reads for others mixes the two.
        return !steps.isEmpty() && steps.stream().allMatch(RedisBackend::believes)
                ? delivery.believed(calls, incarnations)
                : pipeline.send(calls);
    }

    private static boolean locks(Step<?> step) {
        return step instanceof Step.LockRow || step instanceof Step.LockShard || step instanceof Step.LockTables;
    }

    /** Returns whether what a step replies is served, or vouches for what is served. */
    private static boolean believes(Step<?> step) {
        return step instanceof Step.ReadRows
                || step instanceof Step.ReadQuery
                || step instanceof Step.RenewShard
                || step instanceof Step.RenewTables;
    }

    @Override
    public long incarnation() {
        return incarnations.count();
    }

    @Override
    public Listening listen(Listener listener) {
        return new RedisListening(
                target.connection()::executor, listener, settings.timeout().multipliedBy(2));
    }

    private static List<Object> meanings(List<Prepared> prepared, List<@Nullable Object> replies) {
        List<Object> meanings = new ArrayList<>(prepared.size());
        int from = 0;
        for (Prepared each : prepared) {
            int to = from + each.calls().size();
            meanings.add(each.reply().apply(replies.subList(from, to)));
            from = to;
        }
        return meanings;
    }

    @Override
    public int shards() {
        if (!target.cluster()) {
            return 1;
        }
        return settings.shards() > 0 ? settings.shards() : CLUSTER_SHARDS;
    }

    @Override
    public boolean hashTags() {
        return target.cluster();
    }

    @Override
    public Duration defaultTimeout() {
        return settings.ttl();
    }

    @Override
    public Duration callTimeout() {
        return settings.timeout();
    }

    @Override
    public void close() {
        target.connection().close();
    }

    @Override
    public String toString() {
        return "RedisBackend[" + settings.alias() + "]";
    }

    private interface Work<T extends @Nullable Object> {
        CompletableFuture<T> with(CommandAsyncExecutor executor, Pipeline pipeline);
    }

    private <T extends @Nullable Object> CompletableFuture<T> with(Work<T> work) {
        Function<CommandAsyncExecutor, CompletableFuture<T>> start =
                executor -> work.with(executor, new Pipeline(executor, patience));
        return Failures.translated(target.connection().executor().thenCompose(start), target.secrets());
    }
}
