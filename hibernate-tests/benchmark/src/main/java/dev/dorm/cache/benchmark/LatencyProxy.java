package dev.dorm.cache.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A longer wire: what arrives is passed on a fixed time later, in each direction, however much there is of it. It
 * counts bytes, and round trips: how often a client speaks after the server has.
 */
final class LatencyProxy implements Closeable {

    private static final int BUFFER = 64 * 1024;

    /** So much earlier than due a sleeper is called; it waits awake for the rest. */
    private static final long SPIN_NANOS = 20_000;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final LongAdder trips = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile long delayNanos;

    LatencyProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Sets how much later what arrives is passed on, in each direction. */
    void delay(long nanos) {
        delayNanos = Math.max(0, nanos);
    }

    long trips() {
        return trips.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    private static void start(String name, IoWork work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // The connection is closed, or the proxy is.
                    }
                },
                "latency-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface IoWork {
        void run() throws IOException, InterruptedException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket upstream = new Socket();
            sockets.add(client);
            sockets.add(upstream);
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            boolean[] serverSpoke = {true};
            new Way(client, upstream, serverSpoke, true).start();
            new Way(upstream, client, serverSpoke, false).start();
        }
    }

    private record Chunk(byte[] bytes, long due) {}

    /** One direction of one connection. */
    private final class Way {

        private final Socket from;
        private final Socket to;
        private final boolean[] serverSpoke;
        private final boolean requests;
        private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();

        Way(Socket from, Socket to, boolean[] serverSpoke, boolean requests) {
            this.from = from;
            this.to = to;
            this.serverSpoke = serverSpoke;
            this.requests = requests;
        }

        void start() {
            LatencyProxy.start("read", this::read);
            LatencyProxy.start("write", this::write);
        }

        private void read() throws IOException {
            byte[] buffer = new byte[BUFFER];
            while (true) {
                int length = from.getInputStream().read(buffer);
                long now = System.nanoTime();
                if (length < 0) {
                    queue.add(new Chunk(new byte[0], now));
                    return;
                }
                bytes.add(length);
                synchronized (serverSpoke) {
                    if (requests && serverSpoke[0]) {
                        trips.increment();
                    }
                    serverSpoke[0] = !requests;
                }
                queue.add(new Chunk(Arrays.copyOf(buffer, length), now + delayNanos));
            }
        }

        private void write() throws IOException, InterruptedException {
            wakeOnTime();
            while (true) {
                Chunk chunk = queue.take();
                if (chunk.bytes.length == 0) {
                    to.close();
                    from.close();
                    sockets.remove(to);
                    sockets.remove(from);
                    return;
                }
                await(chunk.due);
                to.getOutputStream().write(chunk.bytes);
            }
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Linux wakes a thread up to 50 microseconds late, to save power, unless the thread asks for less. */
    private static void wakeOnTime() {
        try {
            String thread =
                    Path.of("/proc/thread-self").toRealPath().getFileName().toString();
            Files.writeString(Path.of("/proc", thread, "timerslack_ns"), "1");
        } catch (IOException | RuntimeException e) {
            // Elsewhere it is as precise as it is: the effective latency is measured.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
