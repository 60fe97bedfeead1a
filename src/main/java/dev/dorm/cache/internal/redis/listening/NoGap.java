package dev.dorm.cache.internal.redis.listening;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommands;

/**
 * Closes a connection that is about to stop listening. Redisson unsubscribes before it logs in again with renewed credentials, and
 * subscribes thereafter: what is published meanwhile would be missed, and nobody would say so.
 */
@Sharable
final class NoGap extends ChannelOutboundHandlerAdapter {

    static final NoGap INSTANCE = new NoGap();

    private NoGap() {}

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof CommandData<?, ?> command
                && command.getCommand().getName().equals(RedisCommands.UNSUBSCRIBE.getName())) {
            var unused = context.close(promise);
        } else {
            var unused = context.write(message, promise);
        }
    }
}
