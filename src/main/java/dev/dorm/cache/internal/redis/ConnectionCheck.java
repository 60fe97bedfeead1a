package dev.dorm.cache.internal.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.CommandEncoder;

/**
 * Sees how each attempt to connect ends. Redisson tells of most only that there is no connection, and of a server that
 * is no Redis it logs every byte with a stack trace. Thread-safe.
 */
final class ConnectionCheck implements NettyHook {

    private final NettyHook next;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable SocketAddress address;
    private volatile boolean tls;

    /**
     * Creates it.
     *
     * @param next the hook of the application, which is asked as well
     */
    ConnectionCheck(NettyHook next) {
        this.next = next;
    }

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
        channel.close();
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

    @Override
    public void afterBoostrapInitialization(Bootstrap bootstrap) {
        next.afterBoostrapInitialization(bootstrap);
    }

    @Override
    public void afterChannelInitialization(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        // Behind TLS, and before the queue of what was sent, which is gone when the connection has ended.
        ChannelHandlerContext encoder = pipeline.context(CommandEncoder.class);
        if (encoder != null) {
            boolean withTls = pipeline.get(SslHandler.class) != null;
            pipeline.addBefore(encoder.name(), "dorm-first-reply", new FirstReply(this, withTls));
            pipeline.addBefore(encoder.name(), "dorm-lost-replies", LostReplies.INSTANCE);
        }
        next.afterChannelInitialization(channel);
    }
}
