package dev.dorm.cache.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server and counts how often the client speaks after the server has. */
public final class CountingProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicInteger turns = new AtomicInteger();

    /**
     * Opens the proxy on a free port.
     *
     * @param target the server's port on this machine
     * @throws IOException when no port can be had
     */
    public CountingProxy(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    /**
     * Returns where clients connect.
     *
     * @return the port
     */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Returns how many round trips were begun.
     *
     * @return the count since the proxy was opened
     */
    public int turns() {
        return turns.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                boolean[] clientsTurn = {true};
                daemon(() -> copy(client, server, () -> {
                    synchronized (clientsTurn) {
                        if (clientsTurn[0]) {
                            turns.incrementAndGet();
                        }
                        clientsTurn[0] = false;
                    }
                }));
                daemon(() -> copy(server, client, () -> {
                    synchronized (clientsTurn) {
                        clientsTurn[0] = true;
                    }
                }));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to, Runnable heard) {
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                heard.run();
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException closed) {
            // One side hung up.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "counting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
