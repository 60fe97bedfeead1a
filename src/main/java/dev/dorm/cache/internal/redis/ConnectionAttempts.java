package dev.dorm.cache.internal.redis;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;

/**
 * How attempts to connect end, as the handlers of their channels see it: Redisson tells of most only that there is no
 * connection. Thread-safe.
 */
final class ConnectionAttempts {

    private volatile @Nullable Throwable failure;
    private volatile @Nullable SocketAddress address;
    private volatile boolean tls;

    /** Returns why the attempt failed that was the last to end, or null when it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns where the attempt led that was the last to begin, or null. */
    @Nullable
    SocketAddress address() {
        return address;
    }

    /** Returns whether TLS was to be spoken there. */
    boolean tls() {
        return tls;
    }

    void connecting(SocketAddress remote, boolean withTls) {
        address = remote;
        tls = withTls;
    }

    /** Forgets what was seen: what is seen from now on belongs to the next attempt. */
    void forget() {
        failure = null;
    }

    void ended(@Nullable Throwable why) {
        failure = why;
    }

    /** Lets an attempt fail, as Redisson does with one whose login is refused. */
    void fail(Channel channel, Throwable why) {
        ended(why);
        RedisConnection connection = RedisConnection.getFrom(channel);
        // One that is in use already is Redisson's to mend.
        if (connection != null && !connection.getConnectionPromise().isDone()) {
            var unused = connection.closeAsync();
            connection.getConnectionPromise().completeExceptionally(why);
        }
        var unused = channel.close();
    }

    /** Returns whether it was Redisson that closed a connection. */
    boolean closedHere(Channel channel) {
        RedisConnection connection = RedisConnection.getFrom(channel);
        return connection != null && connection.isClosed();
    }

    /** The server speaks Redis's protocol: the rest is between it and Redisson. */
    void answered(Channel channel) {
        RedisConnection connection = RedisConnection.getFrom(channel);
        if (connection != null) {
            var unused = connection.getConnectionPromise().whenComplete((open, why) -> ended(why));
        }
    }
}
