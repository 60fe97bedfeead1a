package dev.dorm.cache.internal.redis;

import dev.dorm.cache.internal.redis.waiting.Arrivals;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import org.redisson.client.NettyHook;
import org.redisson.client.handler.CommandEncoder;

/** Puts our handlers into each of Redisson's channels. None of them has anything to do with a command or its reply. */
final class ConnectionHook implements NettyHook {

    private final ConnectionAttempts attempts;
    private final NettyHook next;

    /**
     * Creates it.
     *
     * @param attempts who is told how attempts to connect end
     * @param next the hook of the application, which is called as well
     */
    ConnectionHook(ConnectionAttempts attempts, NettyHook next) {
        this.attempts = attempts;
        this.next = next;
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
            boolean tls = pipeline.get(SslHandler.class) != null;
            pipeline.addBefore(encoder.name(), "dorm-first-reply", new FirstReply(attempts, tls));
            pipeline.addBefore(encoder.name(), "dorm-lost-replies", LostReplies.INSTANCE);
        }
        Arrivals.on(channel);
        next.afterChannelInitialization(channel);
    }
}
