package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Waiting;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import dev.dorm.cache.internal.redis.waiting.Arriving;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.connection.ServiceManager;

/**
 * Commands to one server, in one {@link Exchange}. When nothing has come within half the timeout, or the connection was
 * lost, they go out once more, on a connection that is made for it: a firewall that has forgotten a connection drops
 * silently what is sent there. A command that is taken twice does nothing the second time, so either reply is good.
 */
final class Pipeline implements Arriving {

    private final ServiceManager services;
    private final Duration timeout;
    private final ServerEpochs epochs;
    private final Server server;
    private final List<RedisCommandCall> calls;
    private final Sending how;
    private volatile long begin;
    private volatile @Nullable Exchange first;
    private volatile @Nullable Pipeline second;
    private volatile @Nullable ServerMemory memory;
    private volatile boolean unproven;

    Pipeline(
            ServiceManager services,
            Duration timeout,
            ServerEpochs epochs,
            Server server,
            List<RedisCommandCall> calls,
            Sending how) {
        this.services = services;
        this.timeout = timeout;
        this.epochs = epochs;
        this.server = server;
        this.calls = calls;
        this.how = how;
    }

    /** Returns what is known of the server that has answered. */
    ServerMemory memory() {
        return requireNonNull(memory);
    }

    /** Returns whether there was no proof any more when the replies had come, as when they are large. */
    boolean isUnproven() {
        return unproven;
    }

    /**
     * Returns the replies in the order of the calls. In place of a reply that another server has, or that an unknown script
     * would have given, stands the exception that says so.
     */
    CompletableFuture<List<@Nullable Object>> run() {
        if (services.isShuttingDown()) {
            return CompletableFuture.failedFuture(shutDown());
        }
        Exchange exchange = begun();
        Timeout timer = server.fresh()
                ? timer(timeout.toNanos(), () -> due(exchange))
                : timer(timeout.toNanos() / 2, () -> halfway(exchange));
        CompletableFuture<List<@Nullable Object>> replies = new CompletableFuture<>();
        var unused = exchange.answered().whenComplete((reply, failure) -> {
            timer.cancel();
            exchange.release();
            services.transfer(reply(exchange, reply, failure), replies);
        });
        exchange.start();
        return replies;
    }

    private Exchange begun() {
        begin = System.nanoTime();
        Exchange exchange = new Exchange(epochs, server, calls, how);
        first = exchange;
        return exchange;
    }

    private CompletableFuture<List<@Nullable Object>> reply(
            Exchange exchange, @Nullable Object reply, @Nullable Throwable failure) {
        if (failure instanceof Overtaken other) {
            exchange.wasSilent();
            return CompletableFuture.completedFuture(other.replies);
        }
        Pipeline other = failure != null && exchange.isLost() ? again() : null;
        if (other != null) {
            return ran(other);
        }
        try {
            return CompletableFuture.completedFuture(replies(exchange, reply, failure));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs another way in place of this one. */
    private CompletableFuture<List<@Nullable Object>> ran(Pipeline other) {
        return other.run().thenApply(replies -> {
            memory = other.memory();
            unproven = other.isUnproven();
            return replies;
        });
    }

    /**
     * Returns what {@link #run} does, waiting: then Redisson's threads have nothing to do but to wake this one.
     *
     * @throws CompletionException when a command failed
     * @throws BackendException when there was no answer in time
     */
    List<@Nullable Object> await() {
        if (services.isShuttingDown()) {
            throw new CompletionException(shutDown());
        }
        Exchange exchange = begun();
        try {
            CompletableFuture<@Nullable Object> settled =
                    exchange.answered().handle((reply, failure) -> failure == null ? reply : failure);
            exchange.start();
            Duration half = timeout.dividedBy(2);
            Object reply = within(half, settled);
            if (reply == this && idle() == Long.MAX_VALUE) {
                return eitherOf(exchange, settled);
            }
            if (reply == this) {
                // Bytes of it have come: it is worth more than half the time.
                reply = await(timeout.minus(half), settled);
            }
            Pipeline other = reply instanceof Throwable && exchange.isLost() ? again() : null;
            return other == null ? outcome(exchange, reply) : await(rest(), ran(other));
        } finally {
            exchange.release();
        }
    }

    /** Returns the reply, or this when there is none within a while. */
    private @Nullable Object within(Duration time, CompletableFuture<@Nullable Object> settled) {
        try {
            return Waiting.atMost(time, settled);
        } catch (BackendException e) {
            if (e.getCause() instanceof TimeoutException) {
                return this;
            }
            throw e;
        }
    }

    private List<@Nullable Object> outcome(Exchange exchange, @Nullable Object reply) {
        return reply instanceof Throwable failure ? replies(exchange, null, failure) : replies(exchange, reply, null);
    }

    private List<@Nullable Object> replies(Exchange exchange, @Nullable Object reply, @Nullable Throwable failure) {
        List<@Nullable Object> replies = exchange.replies(reply, failure);
        memory = exchange.memory();
        unproven = exchange.isUnproven();
        return replies;
    }

    /** Of the two ways the first that gets through. */
    private List<@Nullable Object> eitherOf(Exchange exchange, CompletableFuture<@Nullable Object> settled) {
        Pipeline other = again();
        if (other == null) {
            return outcome(exchange, await(rest(), settled));
        }
        CompletableFuture<List<@Nullable Object>> either = new CompletableFuture<>();
        var unused = settled.thenAccept(reply -> {
            if (!(reply instanceof Throwable)) {
                complete(either, () -> replies(exchange, reply, null));
            }
        });
        orElse(other, either);
        List<@Nullable Object> replies = await(rest(), either);
        if (!settled.isDone()) {
            exchange.wasSilent();
        }
        return replies;
    }

    private void orElse(Pipeline other, CompletableFuture<List<@Nullable Object>> either) {
        var unused = ran(other).whenComplete((replies, failure) -> {
            if (failure == null) {
                either.complete(replies);
            } else if (isFinal(failure)) {
                either.completeExceptionally(failure);
            }
        });
    }

    private static void complete(
            CompletableFuture<List<@Nullable Object>> either, Supplier<List<@Nullable Object>> reply) {
        try {
            either.complete(reply.get());
        } catch (RuntimeException e) {
            either.completeExceptionally(e);
        }
    }

    private Duration rest() {
        return Duration.ofNanos(Math.max(1, begin + timeout.toNanos() - System.nanoTime()));
    }

    /** Returns the second way; null when there is none, or no time for it. */
    private @Nullable Pipeline again() {
        Duration rest = rest();
        if (server.fresh() || server.entry() == null || rest.toMillis() < 1) {
            return null;
        }
        Pipeline other = new Pipeline(services, rest, epochs, server.afresh(), calls, how);
        second = other;
        return other;
    }

    /** Returns whether it is no use to wait for the first connection: the second has answered, or there is no other server. */
    private static boolean isFinal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return !(cause instanceof RedisTimeoutException);
    }

    private void halfway(Exchange exchange) {
        if (idle() != Long.MAX_VALUE || exchange.answered().isDone()) {
            due(exchange);
            return;
        }
        Pipeline other = again();
        if (other == null) {
            due(exchange);
        } else {
            // Unless the first comes after all.
            var unused = ran(other)
                    .whenComplete(
                            (replies, failure) -> exchange.giveUp(failure == null ? new Overtaken(replies) : failure));
        }
    }

    /** The commands were answered on the other connection. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient List<@Nullable Object> replies;

        Overtaken(List<@Nullable Object> replies) {
            super(null, null, false, false);
            this.replies = replies;
        }
    }

    private Timeout timer(long nanos, Runnable work) {
        return services.newTimeout(due -> work.run(), nanos, TimeUnit.NANOSECONDS);
    }

    /** Gives the reply up, unless it is still coming. */
    private void due(Exchange exchange) {
        if (exchange.answered().isDone()) {
            return;
        }
        long rest = rest(begin, timeout);
        if (rest <= 0) {
            exchange.giveUp(
                    new RedisTimeoutException("no reply of " + server + " within " + timeout.toMillis() + " ms"));
        } else {
            timer(rest, () -> due(exchange));
        }
    }

    @Override
    public long idle() {
        Pipeline other = second;
        Exchange exchange = first;
        return other != null ? other.idle() : exchange == null ? Long.MAX_VALUE : exchange.idle();
    }

    private static RedissonShutdownException shutDown() {
        return new RedissonShutdownException("Redisson is shutdown");
    }
}
