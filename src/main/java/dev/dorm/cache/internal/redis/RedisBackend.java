package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.Waiting;
import dev.dorm.cache.internal.redis.command.CommandBatch;
import dev.dorm.cache.internal.redis.command.Failures;
import dev.dorm.cache.internal.redis.command.ReadRouter;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import dev.dorm.cache.internal.redis.command.RetryPolicy;
import dev.dorm.cache.internal.redis.command.ServerEpochs;
import dev.dorm.cache.internal.redis.command.VerifiedBatch;
import dev.dorm.cache.internal.redis.step.Reading;
import dev.dorm.cache.internal.redis.step.StepTranslator;
import dev.dorm.cache.internal.redis.step.TranslatedSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final RetryPolicy retries;
    private final ServerEpochs epochs;
    private final Question question;
    private volatile @Nullable Way way;

    /** How calls are sent through a client that is open. */
    private record Way(
            CommandAsyncExecutor executor,
            CommandBatch pipeline,
            StepTranslator preparation,
            ReadRouter reads,
            VerifiedBatch delivery) {}

    /**
     * Creates a backend and begins to connect, without waiting: opening a client takes longer than a call may.
     *
     * @param settings the alias's settings
     * @throws IllegalArgumentException when a setting is wrong; it names the setting, the value, and what is accepted
     */
    public RedisBackend(BackendSettings settings) {
        this.settings = settings;
        this.target = Target.of(settings);
        this.retries = target.retries();
        this.epochs = new ServerEpochs();
        this.question = new Question(target, settings.timeout());
        var unused = target.connection().executor();
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return with(way -> {
            Reading reading = new Reading(keys, way.pipeline.slots());
            return way.pipeline.send(reading.calls()).thenApply(reading::values);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        RedisCommandCall call = RedisCommandCall.set(key, value, timeout);
        return with(way -> way.pipeline.send(List.of(call)).thenApply(replies -> null));
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return with(way -> way.pipeline
                .send(List.of(RedisCommandCall.unlink(List.of(key))))
                .thenApply(replies -> Long.valueOf(1).equals(replies.get(0))));
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return with(way -> new PatternDeletion(way.executor, way.pipeline, pattern).run());
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        return with(way -> {
            List<TranslatedSteps> prepared = way.preparation.of(steps);
            List<RedisCommandCall> calls = new ArrayList<>(prepared.size());
            for (TranslatedSteps each : prepared) {
                calls.addAll(each.calls());
            }
            return send(steps, calls, way).thenApply(replies -> replies(steps, prepared, replies));
        });
    }

    /**
     * Sends a read on the calling thread, which needs the fewest changes of threads, and waits for as long as its reply
     * is coming.
     */
    @Override
    public Replies execute(List<? extends Step<?>> steps) {
        CompletableFuture<CommandAsyncExecutor> executor = target.connection().executor();
        CommandAsyncExecutor open = executor.isCompletedExceptionally() ? null : executor.getNow(null);
        if (open == null
                || steps.size() != 1
                || !(steps.get(0) instanceof Step.Read)
                || !way(open).reads.mayAwait()) {
            return Backend.super.execute(steps);
        }
        TranslatedSteps prepared = way(open).preparation.of(steps).get(0);
        if (prepared.calls().isEmpty()) {
            return Backend.super.execute(steps);
        }
        try {
            long begin = System.nanoTime();
            CompletableFuture<List<@Nullable Object>> reply = way(open).reads.await(prepared.calls());
            // What is followed elsewhere has the rest of the time, not another one.
            List<@Nullable Object> replies = reply.isDone()
                    ? reply.join()
                    : Waiting.atMost(
                            settings.timeout().minusNanos(System.nanoTime() - begin),
                            Failures.translated(reply, target.secrets()));
            return new Replies(steps, prepared.meanings().apply(replies));
        } catch (CompletionException e) {
            throw Failures.translated(e, target.secrets());
        }
    }

    private CompletableFuture<List<@Nullable Object>> send(
            List<? extends Step<?>> steps, List<RedisCommandCall> calls, Way way) {
        if (!steps.isEmpty() && all(steps, Step.Read.class)) {
            return way.reads.send(calls);
        }
        if (settings.minReplicas() > 0 && steps.stream().anyMatch(Step.Lock.class::isInstance)) {
            // Half the bound of the call: the answer that too few have it must still come in time.
            return way.delivery.replicated(
                    calls,
                    settings.minReplicas(),
                    Math.max(1, settings.timeout().toMillis() / 2));
        }
        return !steps.isEmpty() && all(steps, Step.Renew.class)
                ? way.delivery.looking(calls, epochs)
                : way.pipeline.send(calls);
    }

    private static boolean all(List<? extends Step<?>> steps, Class<?> kind) {
        for (Step<?> step : steps) {
            if (!kind.isInstance(step)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long serverEpoch() {
        return epochs.count();
    }

    @Override
    public Listening listen(Listener listener) {
        return new RedisListening(
                target.connection()::executor, listener, settings.timeout().multipliedBy(2));
    }

    private static Replies replies(
            List<? extends Step<?>> steps, List<TranslatedSteps> prepared, List<@Nullable Object> replies) {
        Object[] meanings = new Object[steps.size()];
        Moment[] moments = new Moment[steps.size()];
        boolean timed = false;
        int from = 0;
        for (TranslatedSteps each : prepared) {
            int to = from + each.calls().size();
            List<?> some = each.meanings().apply(replies.subList(from, to));
            Moment moment = each.moment(replies.subList(from, to));
            timed |= each.timed();
            for (int n = 0; n < each.steps().size(); n++) {
                meanings[each.steps().get(n)] = some.get(n);
                moments[each.steps().get(n)] = moment;
            }
            from = to;
        }
        return new Replies(steps, Arrays.asList(meanings), timed ? List.of(moments) : List.of());
    }

    @Override
    public String place() {
        return target.place();
    }

    @Override
    public CompletableFuture<?> opened() {
        return target.connection().opened();
    }

    @Override
    public CompletableFuture<BackendException> explained(BackendException failure) {
        return question.why(failure);
    }

    @Override
    public Layout layout() {
        return target.cluster()
                ? new Layout(settings.shards() > 0 ? settings.shards() : CLUSTER_SHARDS, true)
                : Layout.UNDIVIDED;
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
        CompletableFuture<T> with(Way way);
    }

    private <T extends @Nullable Object> CompletableFuture<T> with(Work<T> work) {
        CompletableFuture<CommandAsyncExecutor> executor = target.connection().executor();
        CommandAsyncExecutor open = executor.isCompletedExceptionally() ? null : executor.getNow(null);
        CompletableFuture<T> result =
                open == null ? executor.thenCompose(opened -> work.with(way(opened))) : begun(work, way(open));
        return Failures.translated(result, target.secrets());
    }

    private static <T extends @Nullable Object> CompletableFuture<T> begun(Work<T> work, Way way) {
        try {
            return work.with(way);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Way way(CommandAsyncExecutor executor) {
        Way known = way;
        if (known == null || known.executor != executor) {
            CommandBatch pipeline = new CommandBatch(executor, retries);
            known = new Way(
                    executor,
                    pipeline,
                    new StepTranslator(pipeline.slots()),
                    new ReadRouter(executor.getConnectionManager(), retries, epochs),
                    new VerifiedBatch(executor, pipeline));
            way = known;
        }
        return known;
    }
}
