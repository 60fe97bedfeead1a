package dev.dorm.cache.internal.redis.waiting;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;

/** When bytes came last on a connection. Thread-safe. */
public final class Arrivals extends ChannelInboundHandlerAdapter implements Arriving {

    private static final AttributeKey<Arrivals> HERE = AttributeKey.valueOf("dorm.arrivals");

    private volatile boolean any;
    private volatile long last = System.nanoTime();
    private volatile long passing;

    /** Returns those of a connection, which are looked at from the first call on. */
    public static Arrivals on(Channel channel) {
        Arrivals known = channel.attr(HERE).get();
        if (known != null) {
            return known;
        }
        Arrivals made = new Arrivals();
        Arrivals other = channel.attr(HERE).setIfAbsent(made);
        if (other != null) {
            return other;
        }
        channel.pipeline().addFirst(made);
        return made;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        last = System.nanoTime();
        any = true;
        if (bytes instanceof ByteBuf buffer) {
            passing(passing + buffer.readableBytes());
        }
        context.fireChannelRead(bytes);
    }

    /** Says that a reply has come to its end. */
    public void replied() {
        passing(0);
    }

    /** Looked at by many threads, and changed by the one that reads. */
    private void passing(long length) {
        passing = length;
    }

    /** Returns how many bytes have come, about, of a reply that is still coming. */
    public long passing() {
        return passing;
    }

    /** Returns when bytes came last, or when it was first looked at, by this process's monotonic clock. */
    public long last() {
        return last;
    }

    @Override
    public long idle() {
        return any ? System.nanoTime() - last : Long.MAX_VALUE;
    }
}
