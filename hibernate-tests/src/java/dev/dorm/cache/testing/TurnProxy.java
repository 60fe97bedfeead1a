package dev.dorm.cache.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Stands between a client and a server, and tells when the client speaks after the server has, which begins a request,
 * and when the server begins its reply.
 */
public abstract class TurnProxy implements AutoCloseable {

    /** So many bytes pass at once, at most. */
    static final int PIECE = 1 << 16;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile int target;

    TurnProxy(int target) throws IOException {
        this.target = target;
    }

    /** Leads connections that are made from now on to another server of this machine. */
    final void leadTo(int port) {
        target = port;
    }

    /** Begins to listen; a constructor's last word. */
    final void open() {
        daemon(this::accept);
    }

    /**
     * Returns where clients connect.
     *
     * @return the port
     */
    public final int port() {
        return listening.getLocalPort();
    }

    /**
     * Returns where clients connect.
     *
     * @return a {@code redis://} URL
     */
    public final String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** A request begins, and goes on when this returns true; false hangs up. */
    abstract boolean request(Link link);

    /** The server begins to reply, and the client hears it when this returns true; false hangs up. */
    abstract boolean reply(Link link);

    /** A piece of a request or a reply, of {@value #PIECE} bytes or less, is about to pass. */
    void piece(boolean ofReply) {
        // Nothing holds it up.
    }

    /** One connection of a client, and the one to the server that stands for it. */
    static final class Link {

        private final Socket client;
        private final Socket server;
        private boolean clientsTurn = true;
        private volatile boolean subscribed;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Passes the turn; returns whether it was not passed already. */
        private synchronized boolean turn(boolean toClient) {
            boolean passed = clientsTurn != toClient;
            clientsTurn = toClient;
            return passed;
        }

        /** Returns whether the client has subscribed to messages on it. */
        boolean isSubscribed() {
            return subscribed;
        }

        private void heard(byte[] said, int length) {
            if (new String(said, 0, length, StandardCharsets.ISO_8859_1).contains("SUBSCRIBE")) {
                subscribed = true;
            }
        }

        /** Ends it as a firewall does that knows nothing of it: the client's next word is answered by a reset. */
        void reset() {
            try {
                client.setSoLinger(true, 0);
            } catch (SocketException closed) {
                // It has ended already.
            }
        }

        /** Drops what the client says until it hangs up. */
        void swallow() {
            try {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // It has hung up.
            }
        }

        void hangUp() {
            try (client;
                    server) {
                clientsTurn = false;
            } catch (IOException closed) {
                // That was wanted.
            }
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                daemon(() -> copy(link, false, () -> !link.turn(false) || request(link)));
                daemon(() -> copy(link, true, () -> !link.turn(true) || reply(link)));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private interface Gate {
        boolean pass();
    }

    private void copy(Link link, boolean replies, Gate gate) {
        byte[] buffer = new byte[PIECE];
        try {
            InputStream in = (replies ? link.server : link.client).getInputStream();
            OutputStream out = (replies ? link.client : link.server).getOutputStream();
            for (int n = in.read(buffer); n >= 0 && gate.pass(); n = in.read(buffer)) {
                if (!replies) {
                    link.heard(buffer, n);
                }
                piece(replies);
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException closed) {
            // One side hung up.
        }
        link.hangUp();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "turn-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
