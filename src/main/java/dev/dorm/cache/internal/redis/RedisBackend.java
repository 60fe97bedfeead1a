package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.internal.redis.command.Failures;
import dev.dorm.cache.internal.redis.command.MasterProofs;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import dev.dorm.cache.internal.redis.command.RetryPolicy;
import dev.dorm.cache.internal.redis.command.Router;
import dev.dorm.cache.internal.redis.command.Sending;
import dev.dorm.cache.internal.redis.listening.RedisListening;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.step.Reading;
import dev.dorm.cache.internal.redis.step.StepTranslator;
import dev.dorm.cache.internal.redis.step.TranslatedSteps;
import dev.dorm.cache.internal.redis.waiting.Patience;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final RetryPolicy retries;
    private final Duration patience;
    private final ServerEpochs epochs;
    private final Question question;
    private volatile @Nullable Way way;

    /** How calls are sent through a client that is open. */
    private record Way(CommandAsyncExecutor executor, Router router, StepTranslator preparation, MasterProofs proofs) {}

    /**
     * Creates a backend and begins to connect, without waiting: opening a client takes longer than a call may.
     *
     * @param settings the alias's settings
     * @throws IllegalArgumentException when a setting is wrong; it names the setting, the value, and what is accepted
     */
    public RedisBackend(BackendSettings settings) {
        this(settings, Patience.LEAST);
    }

    /**
     * Creates a backend whose reads share connections for longer.
     *
     * @param patience for how long a connection may be silent at least before nobody shares it any more
     */
    RedisBackend(BackendSettings settings, Duration patience) {
        this.settings = settings;
        this.target = Target.of(settings);
        this.retries = target.retries();
        this.patience = patience;
        this.epochs = new ServerEpochs(System::nanoTime);
        this.question = new Question(target, settings.timeout());
        var unused = target.connection().executor();
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return with(way -> {
            Reading reading = new Reading(keys, way.router.slots());
            return way.router.send(reading.calls(), Sending.PLAIN).thenApply(reading::values);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        RedisCommandCall call = RedisCommandCall.set(key, value, timeout);
        return with(way -> way.router.send(List.of(call), Sending.PLAIN).thenApply(replies -> null));
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return with(way -> way.router
                .send(List.of(RedisCommandCall.unlink(List.of(key))), Sending.PLAIN)
                .thenApply(replies -> Long.valueOf(1).equals(replies.get(0))));
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return with(way -> new PatternDeletion(way.executor, way.router, pattern).run());
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        return executeAsync(steps, new Sending.Order(List.of()));
    }

    private CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps, Sending.Order order) {
        return new OrderedReplies(order, with(way -> {
            List<TranslatedSteps> prepared = way.preparation.of(steps);
            List<RedisCommandCall> calls = TranslatedSteps.calls(prepared);
            return calls.isEmpty()
                    ? CompletableFuture.completedFuture(TranslatedSteps.replies(steps, prepared, List.of()))
                    : way.router
                            .send(calls, how(steps).in(order))
                            .thenApply(replies -> TranslatedSteps.replies(steps, prepared, replies));
        }));
    }

    @Override
    public @Nullable StepExecutor behind(Collection<? extends CompletableFuture<Replies>> earlier) {
        List<Sending.Order> orders = OrderedReplies.orders(earlier);
        return orders == null || !Sending.Order.isKeptBehind(orders) ? null : new Behind(orders);
    }

    /** Sends on the connections on which others are under way. */
    private final class Behind implements StepExecutor {

        private final List<Sending.Order> earlier;

        private Behind(List<Sending.Order> earlier) {
            this.earlier = earlier;
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            return RedisBackend.this.executeAsync(steps, new Sending.Order(earlier));
        }

        @Override
        public Replies execute(List<? extends Step<?>> steps) {
            return RedisBackend.this.execute(steps, new Sending.Order(earlier));
        }
    }

    /** Sends steps on the calling thread, which needs the fewest changes of threads, and waits while their replies come. */
    @Override
    public Replies execute(List<? extends Step<?>> steps) {
        return execute(steps, Sending.Order.NONE);
    }

    private Replies execute(List<? extends Step<?>> steps, Sending.Order order) {
        CompletableFuture<CommandAsyncExecutor> executor = target.connection().executor();
        CommandAsyncExecutor open = executor.isCompletedExceptionally() ? null : executor.getNow(null);
        if (open == null) {
            return Backend.super.execute(steps);
        }
        Way way = way(open);
        List<TranslatedSteps> prepared = way.preparation.of(steps);
        List<RedisCommandCall> calls = TranslatedSteps.calls(prepared);
        if (calls.isEmpty()) {
            return TranslatedSteps.replies(steps, prepared, List.of());
        }
        try {
            return TranslatedSteps.replies(
                    steps, prepared, way.router.await(calls, how(steps).in(order)));
        } catch (CompletionException e) {
            throw Failures.translated(e, target.secrets());
        }
    }

    private Sending how(List<? extends Step<?>> steps) {
        if (all(steps, Step.Read.class) || all(steps, Step.Renew.class)) {
            return Sending.BELIEVED;
        }
        for (Step<?> step : steps) {
            if (step instanceof Step.Lock) {
                // Half the bound of the call: the answer that too few have it must still come in time.
                return settings.minReplicas() == 0
                        ? Sending.LOCKS
                        : Sending.replicated(
                                settings.minReplicas(),
                                Math.max(1, settings.timeout().toMillis() / 2));
            }
        }
        return Sending.PLAIN;
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
    public boolean isProven() {
        return epochs.isProven();
    }

    @Override
    public Listening listen(Listener listener) {
        return new RedisListening(
                target.connection()::executor,
                executor -> way(executor).router,
                executor -> way(executor).proofs,
                listener,
                settings.timeout().multipliedBy(2));
    }

    @Override
    public Map<String, Map<String, String>> refusals() {
        return epochs.refusals();
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

    private <T extends @Nullable Object> CompletableFuture<T> with(Function<Way, CompletableFuture<T>> work) {
        CompletableFuture<CommandAsyncExecutor> executor = target.connection().executor();
        CommandAsyncExecutor open = executor.isCompletedExceptionally() ? null : executor.getNow(null);
        CompletableFuture<T> result =
                open == null ? executor.thenCompose(opened -> work.apply(way(opened))) : begun(work, way(open));
        return Failures.translated(result, target.secrets());
    }

    private static <T extends @Nullable Object> CompletableFuture<T> begun(
            Function<Way, CompletableFuture<T>> work, Way way) {
        try {
            return work.apply(way);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Way way(CommandAsyncExecutor executor) {
        Way known = way;
        if (known == null || known.executor != executor) {
            Router router = new Router(executor.getConnectionManager(), retries, epochs, patience);
            known = new Way(
                    executor,
                    router,
                    new StepTranslator(router.slots(), epochs.loss()),
                    new MasterProofs(executor.getConnectionManager(), router, epochs));
            way = known;
        }
        return known;
    }
}
