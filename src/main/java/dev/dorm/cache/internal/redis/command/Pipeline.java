package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BusyException;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import dev.dorm.cache.internal.redis.waiting.Arriving;
import dev.dorm.cache.internal.redis.waiting.ReplyTime;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.connection.ServiceManager;

/**
 * Commands to one server, in one {@link Exchange}. When nothing has come within half the timeout after they were written, or
 * the connection was lost, they go out once more, on a connection that is made for it: a firewall that has forgotten a connection drops
 * silently what is sent there. A command that is taken twice does nothing the second time, so either reply is good.
 */
final class Pipeline implements Arriving {

    private final ServiceManager services;
    private final Exchanges exchanges;
    private final Server server;
    private final List<RedisCommandCall> calls;
    private final Sending how;
    private final ReplyTime time;
    private volatile @Nullable Exchange first;
    private volatile @Nullable Pipeline second;
    private volatile @Nullable ServerMemory memory;
    private volatile boolean unproven;

    Pipeline(
            ServiceManager services,
            Duration timeout,
            Exchanges exchanges,
            Server server,
            List<RedisCommandCall> calls,
            Sending how) {
        this.services = services;
        this.time = new ReplyTime(timeout, System::nanoTime);
        this.exchanges = exchanges;
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
            return CompletableFuture.failedFuture(new RedissonShutdownException("Redisson is shutdown"));
        }
        Exchange exchange = begun(false);
        Timeout timer = server.fresh()
                ? timer(time.timeout().toNanos(), () -> due(exchange))
                : timer(time.half().toNanos(), () -> halfway(exchange));
        CompletableFuture<List<@Nullable Object>> replies = new CompletableFuture<>();
        var unused = exchange.answered().whenComplete((reply, failure) -> {
            timer.cancel();
            exchange.release();
            services.transfer(reply(exchange, reply, failure), replies);
        });
        exchange.start();
        return replies;
    }

    private Exchange begun(boolean joins) {
        time.start();
        Exchange exchange = exchanges.begin(server, calls, how, joins);
        first = exchange;
        return exchange;
    }

    private CompletableFuture<List<@Nullable Object>> reply(
            Exchange exchange, @Nullable Object reply, @Nullable Throwable failure) {
        if (failure instanceof Overtaken other) {
            exchange.wasSilent();
            return CompletableFuture.completedFuture(other.replies());
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
     * Returns what {@link #run} does, waiting: then Redisson's threads have little to do but to wake this one.
     *
     * @param answered is called as soon as the replies are there, before this thread has woken
     * @throws CompletionException when a command failed
     * @throws BackendException when there was no answer in time
     * @throws BusyException when that is this process's own doing
     */
    List<@Nullable Object> await(Runnable answered) {
        if (services.isShuttingDown()) {
            throw new CompletionException(new RedissonShutdownException("Redisson is shutdown"));
        }
        Exchange exchange = begun(true);
        try {
            CompletableFuture<Object> settled = started(exchange, answered);
            if (time.isLate(exchange.patience(), settled) && exchange.giveUp(Overtaken.heldUp())) {
                exchange = begun(false);
                settled = started(exchange, answered);
            }
            Object reply = time.firstHalf(exchange::writtenAt, settled);
            if (reply == ReplyTime.NONE) {
                exchange.knock();
                if (idle() == Long.MAX_VALUE) {
                    return eitherOf(exchange, settled);
                }
                // Bytes of it have come: it is worth more than half the time.
                reply = await(time.half(), settled);
            }
            Pipeline other = reply instanceof Throwable && exchange.isLost() ? again() : null;
            return other == null ? outcome(exchange, reply) : await(time.rest(), ran(other));
        } catch (BackendException e) {
            throw exchange.isDeaf()
                    ? new BusyException("the threads that read replies do not run in this process")
                    : time.inFull(e);
        } finally {
            exchange.release();
        }
    }

    private CompletableFuture<Object> started(Exchange exchange, Runnable answered) {
        CompletableFuture<Object> settled = exchange.answered().handle((reply, failure) -> {
            // Among very many threads this one may wake late: the proof would be old by then, and others need not wait.
            Object read = failure == null ? read(exchange, reply, null) : failure;
            exchange.release();
            if (!(failure instanceof Overtaken)) {
                answered.run();
            }
            return read;
        });
        exchange.start();
        return settled;
    }

    /** A reply that is not to be believed, or says that something failed. */
    private record Refused(RuntimeException why) {}

    private Object read(Exchange exchange, @Nullable Object reply, @Nullable Throwable failure) {
        try {
            return replies(exchange, reply, failure);
        } catch (RuntimeException e) {
            return new Refused(e);
        }
    }

    private List<@Nullable Object> outcome(Exchange exchange, Object settled) {
        Object read = settled instanceof Throwable failure ? read(exchange, null, failure) : settled;
        if (read instanceof Refused refused) {
            throw refused.why;
        }
        @SuppressWarnings("unchecked") // what was read
        List<@Nullable Object> replies = (List<@Nullable Object>) read;
        return replies;
    }

    private List<@Nullable Object> replies(Exchange exchange, @Nullable Object reply, @Nullable Throwable failure) {
        List<@Nullable Object> replies = exchange.replies(reply, failure);
        memory = exchange.memory();
        unproven = exchange.isUnproven();
        return replies;
    }

    /** Of the two ways the first that gets through. */
    private List<@Nullable Object> eitherOf(Exchange exchange, CompletableFuture<Object> settled) {
        Pipeline other = again();
        if (other == null) {
            return outcome(exchange, await(time.rest(), settled));
        }
        CompletableFuture<List<@Nullable Object>> either = new CompletableFuture<>();
        var unused = settled.thenAccept(reply -> {
            if (reply instanceof Refused refused) {
                either.completeExceptionally(refused.why);
            } else if (!(reply instanceof Throwable)) {
                either.complete(outcome(exchange, reply));
            }
        });
        orElse(other, either);
        List<@Nullable Object> replies = await(time.rest(), either);
        if (!settled.isDone()) {
            exchange.wasSilent();
        }
        return replies;
    }

    private void orElse(Pipeline other, CompletableFuture<List<@Nullable Object>> either) {
        var unused = ran(other).whenComplete((replies, failure) -> {
            if (failure == null) {
                either.complete(replies);
            } else if (!(Failures.unwrapped(failure) instanceof RedisTimeoutException)) {
                // The second has answered, or there is no other server: it is no use to wait for the first.
                either.completeExceptionally(failure);
            }
        });
    }

    /** Returns the second way; null when there is none, or no time for it. */
    private @Nullable Pipeline again() {
        Duration rest = time.rest();
        if (server.fresh() || server.entry() == null || rest.toMillis() < 1) {
            return null;
        }
        Pipeline other = new Pipeline(services, rest, exchanges, server.afresh(), calls, how);
        second = other;
        return other;
    }

    private void halfway(Exchange exchange) {
        if (idle() != Long.MAX_VALUE || exchange.answered().isDone()) {
            due(exchange);
            return;
        }
        long more = time.moreOfFirstHalf(exchange.writtenAt());
        if (more > 0) {
            timer(more, () -> halfway(exchange));
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

    private Timeout timer(long nanos, Runnable work) {
        long expected = System.nanoTime() + nanos;
        Runnable unlessStalled = () -> {
            if (time.beginsAnew(expected)) {
                var unused = timer(time.half().toNanos(), work);
            } else {
                work.run();
            }
        };
        return services.newTimeout(due -> unlessStalled.run(), nanos, TimeUnit.NANOSECONDS);
    }

    /** Gives the reply up, unless it is still coming. */
    private void due(Exchange exchange) {
        if (exchange.answered().isDone()) {
            return;
        }
        long rest = rest(time.begin(), time.timeout());
        if (rest <= 0) {
            exchange.giveUp(new RedisTimeoutException(
                    "no reply of " + server + " within " + time.timeout().toMillis() + " ms"));
        } else {
            timer(rest, () -> due(exchange));
        }
    }

    @Override
    public long idle() {
        Pipeline other = second;
        Exchange exchange = first;
        long idle = exchange == null ? Long.MAX_VALUE : exchange.idle();
        return other == null ? idle : Math.min(idle, other.idle());
    }
}
