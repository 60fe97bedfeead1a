package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import dev.dorm.cache.internal.redis.waiting.Arrivals;
import dev.dorm.cache.internal.redis.waiting.Arriving;
import dev.dorm.cache.internal.redis.waiting.LargeReplies;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.WriteRedisConnectionException;

/**
 * Commands in one write on one connection, and what comes back on it. Redisson's own executors do not tell on which
 * connection a reply came, so what is known of its server would be worth nothing.
 */
final class Exchange implements Arriving {

    /** Who waits for what was sent on a channel. */
    private static final AttributeKey<Set<Exchange>> WAITING = AttributeKey.valueOf("dorm.exchange");

    /** So many commands are a large batch, whose time counts from when it is written. */
    private static final int LARGE = 10;

    private final ServerEpochs epochs;
    private final LargeReplies large;
    private final Server server;
    private final List<RedisCommandCall> calls;
    private final boolean believed;
    private final boolean locks;
    private final BorrowedConnection borrowed;
    private final boolean joined;
    private final long begin = System.nanoTime();

    /** Of a single command its reply, of several nothing but that all were answered. */
    private final CompletableFuture<@Nullable Object> answered = new CompletableFuture<>();

    private volatile long writtenAt;
    private volatile boolean isWritten;
    private volatile @Nullable Sent sent;
    private volatile @Nullable Arrivals arrivals;
    private volatile @Nullable ServerMemory memory;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean deaf;
    private volatile boolean gaveUp;
    private volatile boolean silent;
    private volatile boolean suspected;
    private volatile boolean unproven;

    /** Creates it; {@link #start} writes when there is a connection. */
    Exchange(
            ServerEpochs epochs,
            LargeReplies large,
            Server server,
            List<RedisCommandCall> calls,
            Sending how,
            BorrowedConnection borrowed,
            boolean joined) {
        this.epochs = epochs;
        this.large = large;
        this.server = server;
        this.calls = calls;
        this.believed = how.believed();
        this.locks = how.locks();
        this.borrowed = borrowed;
        this.joined = joined;
    }

    /** Returns when it is answered. */
    CompletableFuture<@Nullable Object> answered() {
        return answered;
    }

    /** Returns what is known of the server that has answered. */
    ServerMemory memory() {
        return requireNonNull(memory);
    }

    /** Returns whether there was no proof any more when the replies had come. */
    boolean isUnproven() {
        return unproven;
    }

    void start() {
        var unused = borrowed.connecting().whenComplete((connection, failure) -> {
            if (failure != null) {
                giveUp(failure);
                return;
            }
            try {
                write(connection.getChannel());
            } catch (RuntimeException e) {
                giveUp(e);
            }
        });
    }

    /** Returns for how many nanoseconds it waits on a connection of others; as long as it may be on its own. */
    long patience() {
        return joined ? borrowed.patience().nanos() : Long.MAX_VALUE;
    }

    /** Waits no more; returns false when a reply has just come. */
    boolean giveUp(Throwable failure) {
        gaveUp |= !answered.isDone();
        return answered.completeExceptionally(failure);
    }

    /** Returns whether the connection ended, after the commands were sent on it, or was not to be used at all. */
    boolean isLost() {
        Sent known = sent;
        return suspected || (known != null && !known.channel.isActive());
    }

    /** Says that it was not answered, while another connection was. */
    void wasSilent() {
        silent = true;
        epochs.suspicion().silent(server.address(), begin);
    }

    /** Gives the connection back. Idempotent. */
    void release() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        Sent known = sent;
        if (known != null) {
            Arrivals here = requireNonNull(arrivals);
            waiting(known.channel).remove(this);
            if (gaveUp || !answered.isDone()) {
                borrowed.spoil(known.channel);
                if (silent && here.last() - begin < 0) {
                    // Who else waits on it is not to wait for as long.
                    var unused = known.channel.close();
                }
            } else {
                here.replied();
                borrowed.patience().took(System.nanoTime() - begin);
            }
        }
        var unused = borrowed.leave();
    }

    /** Asks the thread that would read the reply whether it runs. */
    void knock() {
        Sent known = sent;
        if (known != null) {
            deaf = true;
            try {
                known.channel.eventLoop().execute(() -> deaf = false);
            } catch (RejectedExecutionException shutDown) {
                deaf = false;
            }
        }
    }

    /** Returns whether that thread has not run since it was asked: then a reply may have come that nobody has read. */
    boolean isDeaf() {
        return deaf;
    }

    /** Returns when the commands were written; 0 when they are not. */
    long writtenAt() {
        return isWritten ? writtenAt : 0;
    }

    @Override
    public long idle() {
        Arrivals known = arrivals;
        if (known == null || answered.isDone()) {
            return Long.MAX_VALUE;
        }
        if (!isWritten) {
            // What is large takes its time to be written.
            return calls.size() > LARGE ? 0 : Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        long idle = known.idle();
        if (idle < now - begin && isNext()) {
            return idle;
        }
        return calls.size() > LARGE ? now - writtenAt : Long.MAX_VALUE;
    }

    /** Returns whether what comes on the connection is the reply to this, not to what others sent before. */
    private boolean isNext() {
        Sent known = sent;
        return known != null && known.isNext();
    }

    /** A connection that is lost gets another channel; what is sent on this one is answered on it or never. */
    private void write(Channel channel) {
        Arrivals here = Arrivals.on(channel);
        arrivals = here;
        if (!server.fresh() && epochs.suspicion().isSuspected(server.address(), here.last())) {
            suspected = true;
            var unused = channel.close();
            giveUp(new RedisConnectionException("a connection to " + server + " is silent"));
            return;
        }
        waiting(channel).add(this);
        ServerMemory known = epochs.of(channel.id());
        boolean proves = believed || (locks && (known == null || !known.isBelieved(epochs.now())));
        Proving proving =
                proves ? Proving.due(epochs, server, known, calls.get(0).route()) : null;
        memory = known;
        RedisCommandCall.Terms terms = RedisCommandCall.Terms.of(epochs, server.address(), known);
        Sent sending = Sent.of(channel, server, calls, known == null, proving, terms, answered);
        sent = sending;
        channel.writeAndFlush(sending.command()).addListener(written -> {
            if (written.isSuccess()) {
                writtenAt = System.nanoTime();
                isWritten = true;
            } else {
                giveUp(new WriteRedisConnectionException("a command cannot be sent", written.cause()));
            }
        });
    }

    /** Returns who waits for what was sent on a channel. Redisson lets them wait also when the channel has ended. */
    private static Set<Exchange> waiting(Channel channel) {
        Set<Exchange> known = channel.attr(WAITING).get();
        if (known != null) {
            return known;
        }
        Set<Exchange> made = ConcurrentHashMap.newKeySet();
        Set<Exchange> other = channel.attr(WAITING).setIfAbsent(made);
        if (other != null) {
            return other;
        }
        channel.closeFuture().addListener(closed -> made.forEach(Exchange::lost));
        return made;
    }

    private void lost() {
        giveUp(new RedisConnectionException("the connection to " + server + " was lost"));
    }

    /** Returns the replies, in the order of the calls. */
    List<@Nullable Object> replies(@Nullable Object reply, @Nullable Throwable failure) {
        Sent known = sent;
        if (known == null) {
            throw new CompletionException(failure);
        }
        List<@Nullable Object> replies = known.replies(reply, failure);
        if (calls.get(0).isSmallRead()) {
            large.replied(calls.get(0).route(), replies.get(0));
        }
        look(known, replies, failure);
        return replies;
    }

    /** Before anybody believes what came with it. */
    private void look(Sent known, List<@Nullable Object> replies, @Nullable Throwable failure) {
        ServerMemory there = memory;
        if (there == null) {
            there = epochs.looked(known.channel.id(), server.address(), known.looked(failure), begin);
            known.whenClosed(epochs::ended);
        }
        memory = there;
        Proving proving = known.proving();
        if (!believed && proving == null) {
            return;
        }
        String key = keyOnServer(replies);
        if (key == null) {
            // All of it is to be read elsewhere, and perhaps the proof, too.
            there.proofKey(null);
            return;
        }
        if (proving != null) {
            there = proving.answered(epochs, server, there, key, known, failure);
            memory = there;
        }
        unproven = believed && !there.isBelieved(epochs.now());
    }

    /** Returns a key of the calls that this server has answered, or null. */
    private @Nullable String keyOnServer(List<@Nullable Object> replies) {
        for (int i = 0; i < replies.size(); i++) {
            if (!(replies.get(i) instanceof Throwable)) {
                return calls.get(i).route();
            }
        }
        return null;
    }
}
