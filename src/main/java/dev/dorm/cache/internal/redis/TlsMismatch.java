package dev.dorm.cache.internal.redis;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Finds out whether only one side speaks TLS: then Redis waits for more, or closes the connection, and says nothing. */
final class TlsMismatch {

    private static final byte[] PING = {'P', 'I', 'N', 'G', '\r', '\n'};

    private TlsMismatch() {}

    /** Returns what is wrong with the server to which the last connection led, or null when it is not this. */
    static @Nullable String at(ConnectionAttempts attempts, Duration bound) {
        SocketAddress address = attempts.address();
        if (!(address instanceof InetSocketAddress server)) {
            return null;
        }
        int millis = Math.toIntExact(bound.toMillis());
        if (attempts.tls()) {
            return answersPlainly(server, millis)
                    ? "TLS: the server does not speak it here; use redis:// in the location, or the port for TLS"
                    : null;
        }
        return answersWithTls(server, millis) ? "TLS: the server expects it here; use rediss:// in the location" : null;
    }

    private static boolean answersPlainly(InetSocketAddress server, int millis) {
        try (Socket socket = new Socket()) {
            socket.connect(server, millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(PING);
            return FirstReply.beginsReply(socket.getInputStream().read());
        } catch (IOException e) {
            return false;
        }
    }

    /** A handshake is tried and nothing is sent; that the certificate is not trusted is an answer, too. */
    private static boolean answersWithTls(InetSocketAddress server, int millis) {
        try (SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket()) {
            socket.connect(server, millis);
            socket.setSoTimeout(millis);
            socket.startHandshake();
            return true;
        } catch (SSLHandshakeException e) {
            return !(e.getCause() instanceof EOFException);
        } catch (IOException e) {
            return false;
        }
    }
}
