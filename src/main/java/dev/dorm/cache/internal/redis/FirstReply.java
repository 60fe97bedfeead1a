package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.backend.BackendException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;

/** Looks at the first byte that comes on a connection: if it begins no reply of Redis, Redisson never sees it. */
final class FirstReply extends ChannelDuplexHandler {

    /** What a reply begins with, in both versions of the protocol. */
    private static final String TYPES = "+-:$*_#,(!=%>~|";

    /** The types of TLS's records: alerts and handshakes. */
    private static final int TLS_ALERT = 0x15;

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int LONGEST = 60;

    private final ConnectionAttempts attempts;
    private final boolean tls;
    private boolean failed;

    FirstReply(ConnectionAttempts attempts, boolean tls) {
        this.attempts = attempts;
        this.tls = tls;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise connected)
            throws Exception {
        attempts.connecting(remote, tls);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                failed = true;
                attempts.ended(done.cause());
            }
        });
        super.connect(context, remote, local, connected);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            failed = true;
            attempts.ended(handshake.cause());
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (failed) {
            ReferenceCountUtil.release(message);
        } else if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            context.fireChannelRead(message);
        } else if (beginsReply(bytes.getByte(bytes.readerIndex()))) {
            context.pipeline().remove(this);
            attempts.answered(context.channel());
            context.fireChannelRead(message);
        } else {
            String why = stranger(bytes);
            bytes.release();
            fail(
                    context,
                    new BackendException(
                            "what answers at " + shown(context.channel().remoteAddress()) + " " + why));
        }
    }

    /** Redisson logs each of these with its stack trace, once a second as long as it lasts. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!failed) {
            failed = true;
            attempts.fail(context.channel(), cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!failed && !attempts.closedHere(context.channel())) {
            // With a cause: why the server did so is still to be found out.
            fail(
                    context,
                    new BackendException(
                            "the server has closed the connection before it answered anything",
                            new ClosedChannelException()));
        }
        context.fireChannelInactive();
    }

    private void fail(ChannelHandlerContext context, BackendException why) {
        failed = true;
        attempts.fail(context.channel(), why);
    }

    /** Returns whether a byte begins a reply of Redis. */
    static boolean beginsReply(int first) {
        return TYPES.indexOf(first) >= 0;
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress host
                ? host.getHostString() + ":" + host.getPort()
                : String.valueOf(address);
    }

    private static String stranger(ByteBuf bytes) {
        int first = bytes.getByte(bytes.readerIndex());
        if (first == TLS_ALERT || first == TLS_HANDSHAKE) {
            return "speaks TLS: use rediss:// in the location";
        }
        String text = bytes.toString(bytes.readerIndex(), Math.min(LONGEST, bytes.readableBytes()), US_ASCII);
        String line = text.lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
        return "is no Redis, but " + (line.startsWith("HTTP/") ? "an HTTP server" : "something else") + ": '" + line
                + "'; correct host and port in the location";
    }
}
