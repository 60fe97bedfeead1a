package dev.dorm.cache.internal.redis.listening;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a server says reply by reply, each of them whole. Redisson's decoder skips one when the answer to PING, a message
 * and the beginning of another message arrive at once: it takes the rest of that message for the rest of the answer.
 */
final class WholeReplies extends ChannelInboundHandlerAdapter {

    private static final int INCOMPLETE = -1;

    private final Predicate<String> refusals;
    private @Nullable ByteBuf rest;

    /**
     * Creates it.
     *
     * @param refusals is told of each error, and takes those that are no answer which Redisson waits for
     */
    WholeReplies(Predicate<String> refusals) {
        this.refusals = refusals;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf in = joined(context, (ByteBuf) read);
        int end = INCOMPLETE;
        while (in.isReadable() && (end = end(in, in.readerIndex())) != INCOMPLETE) {
            pass(context, in, end);
        }
        if (in.isReadable()) {
            rest = in;
        } else {
            in.release();
        }
    }

    private void pass(ChannelHandlerContext context, ByteBuf in, int end) {
        int begin = in.readerIndex();
        if (in.getByte(begin) == '-'
                && refusals.test(in.toString(begin + 1, end - begin - 3, StandardCharsets.UTF_8))) {
            in.readerIndex(end);
        } else {
            context.fireChannelRead(in.readRetainedSlice(end - begin));
        }
    }

    private ByteBuf joined(ChannelHandlerContext context, ByteBuf read) {
        ByteBuf before = rest;
        if (before == null) {
            return read;
        }
        rest = null;
        ByteBuf both = context.alloc().buffer(before.readableBytes() + read.readableBytes());
        both.writeBytes(before).writeBytes(read);
        before.release();
        read.release();
        return both;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    /** Returns where the reply ends that begins at an index. */
    private static int end(ByteBuf in, int from) {
        int cr = in.indexOf(from, in.writerIndex(), (byte) '\r');
        if (cr < 0 || cr + 2 > in.writerIndex()) {
            return INCOMPLETE;
        }
        int next = cr + 2;
        return switch (in.getByte(from)) {
            case '$', '=', '!' -> {
                int length = number(in, from, cr);
                int end = length < 0 ? next : next + length + 2;
                yield end > in.writerIndex() ? INCOMPLETE : end;
            }
            case '*', '>', '~' -> end(in, next, number(in, from, cr));
            case '%', '|' -> end(in, next, 2 * number(in, from, cr));
            default -> next;
        };
    }

    private static int end(ByteBuf in, int from, int parts) {
        int end = from;
        for (int i = 0; i < parts && end != INCOMPLETE; i++) {
            end = end == in.writerIndex() ? INCOMPLETE : end(in, end);
        }
        return end;
    }

    private static int number(ByteBuf in, int from, int cr) {
        return Integer.parseInt(in.toString(from + 1, cr - from - 1, StandardCharsets.US_ASCII));
    }
}
