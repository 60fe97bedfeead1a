package dev.dorm.cache.internal.redis;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Deque;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * Fails what was sent on a connection that has ended: no reply comes any more. Redisson drops it, and lets who waits for
 * it wait for the whole timeout. And forgets the first replies to a batch whose last have not come: Redisson would look for
 * whoever waits for them, and log an error.
 */
@Sharable
final class LostReplies extends ChannelInboundHandlerAdapter {

    static final LostReplies INSTANCE = new LostReplies();

    private LostReplies() {}

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Deque<QueueCommandHolder> sent =
                context.channel().attr(CommandsQueue.COMMANDS_QUEUE).get();
        if (sent != null) {
            RedisConnectionException lost = new RedisConnectionException(
                    "the connection to " + context.channel().remoteAddress() + " was lost");
            for (QueueCommandHolder each : sent) {
                each.getCommand().tryFailure(lost);
            }
        }
        if (context.pipeline().get(CommandDecoder.class) != null) {
            context.pipeline().remove(CommandDecoder.class);
        }
        context.fireChannelInactive();
    }
}
