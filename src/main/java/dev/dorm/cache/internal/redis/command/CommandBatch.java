package dev.dorm.cache.internal.redis.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchOptions.ExecutionMode;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;

/**
 * Sends calls in one pipelined write to each master they concern.
 *
 * <p>Redisson's public batch sends reads to replicas when its client is configured so, and maps names; this one uses
 * the executor beneath, so that every command goes to the master and every key is stored exactly as named.
 */
public final class CommandBatch {

    // A flush between the loading and the use is possible once; thrice in a row somebody does it on purpose.
    private static final int LOADINGS = 3;

    private final CommandAsyncExecutor executor;
    private final RetryPolicy retries;

    public CommandBatch(CommandAsyncExecutor executor, RetryPolicy retries) {
        this.executor = executor;
        this.retries = retries;
    }

    /** Returns which keys stand together on one server, for every kind of client. */
    public ToIntFunction<String> slots() {
        return executor.getConnectionManager()::calcSlot;
    }

    /** Returns the calls' replies, in their order; fails when any of them failed. */
    public CompletableFuture<List<@Nullable Object>> send(List<RedisCommandCall> calls) {
        return send(
                calls, new ArrayList<>(Collections.nCopies(calls.size(), null)), everyIndex(calls), false, LOADINGS);
    }

    private CompletableFuture<List<@Nullable Object>> send(
            List<RedisCommandCall> calls,
            List<@Nullable Object> replies,
            List<Integer> due,
            boolean load,
            int loadings) {
        if (due.isEmpty()) {
            return CompletableFuture.completedFuture(replies);
        }
        CommandBatchService batch = executor.createCommandBatchService(options());
        if (load) {
            addLoadings(batch, calls, due);
        }
        List<CompletableFuture<Object>> futures = new ArrayList<>(due.size());
        for (int i : due) {
            futures.add(add(batch, calls.get(i)));
        }
        return batch.executeAsync()
                .toCompletableFuture()
                .<Outcome>handle((done, failure) -> {
                    for (int n = 0; n < futures.size(); n++) {
                        CompletableFuture<Object> future = futures.get(n);
                        if (future.isDone() && !future.isCompletedExceptionally()) {
                            replies.set(due.get(n), future.join());
                        }
                    }
                    return new Outcome(failure, failure == null ? List.of() : unknownScripts(due, futures));
                })
                .thenCompose(outcome -> {
                    if (outcome.failure == null) {
                        return CompletableFuture.completedFuture(replies);
                    }
                    if (outcome.unknown.isEmpty() || loadings == 0) {
                        return CompletableFuture.failedFuture(telling(outcome.failure, futures));
                    }
                    return send(calls, replies, again(calls, outcome.unknown), true, loadings - 1);
                });
    }

    /** Returns the failure that loading a script would not mend, if there is one: Redisson tells the first of all. */
    private static Throwable telling(Throwable first, List<CompletableFuture<Object>> futures) {
        for (CompletableFuture<Object> future : futures) {
            Throwable cause = Failures.of(future);
            if (cause != null && !(cause instanceof RedisNoScriptException)) {
                return cause;
            }
        }
        return first;
    }

    private record Outcome(@Nullable Throwable failure, List<Integer> unknown) {}

    /** Returns the failed calls, if each of them failed for an unknown script. */
    private static List<Integer> unknownScripts(List<Integer> due, List<CompletableFuture<Object>> futures) {
        List<Integer> unknown = new ArrayList<>();
        for (int n = 0; n < futures.size(); n++) {
            Throwable cause = Failures.of(futures.get(n));
            if (cause instanceof RedisNoScriptException) {
                unknown.add(due.get(n));
            } else if (cause != null) {
                return List.of();
            }
        }
        return unknown;
    }

    /** Returns the failed calls and those after them on the same keys, which must take effect after them. */
    private static List<Integer> again(List<RedisCommandCall> calls, List<Integer> unknown) {
        Set<String> keys = new HashSet<>();
        List<Integer> due = new ArrayList<>();
        for (int i = unknown.get(0); i < calls.size(); i++) {
            RedisCommandCall call = calls.get(i);
            if (unknown.contains(i)) {
                keys.addAll(call.keys());
                due.add(i);
            } else if (!Collections.disjoint(keys, call.keys())) {
                due.add(i);
            }
        }
        return due;
    }

    private void addLoadings(CommandBatchService batch, List<RedisCommandCall> calls, List<Integer> due) {
        Set<List<Object>> known = new HashSet<>();
        for (int i : due) {
            RedisCommandCall call = calls.get(i);
            Script script = call.script();
            if (script != null && known.add(List.of(script, slots().applyAsInt(call.route())))) {
                // Should it fail, the call that needs it fails too.
                var unused = add(batch, RedisCommandCall.load(script, call.route()));
            }
        }
    }

    private static CompletableFuture<Object> add(CommandBatchService batch, RedisCommandCall call) {
        return batch.<Object, Object>writeAsync(call.route(), ByteArrayCodec.INSTANCE, call.command(), call.params())
                .toCompletableFuture();
    }

    private BatchOptions options() {
        BatchOptions options = BatchOptions.defaults()
                .executionMode(ExecutionMode.IN_MEMORY)
                .responseTimeout(retries.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return options.retryAttempts(retries.retryAttempts());
    }

    private static List<Integer> everyIndex(List<RedisCommandCall> calls) {
        List<Integer> all = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            all.add(i);
        }
        return all;
    }
}
