package dev.dorm.cache.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A Redis server of the benchmark's own, which persists nothing. */
final class RedisProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    RedisProcess() throws IOException {
        this(freePort());
    }

    RedisProcess(int port) throws IOException {
        this.port = port;
        process = new ProcessBuilder(
                        "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "no")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (RedisSocket socket = new RedisSocket(port)) {
                socket.ping();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    close();
                    throw new IOException("redis-server does not start", e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Returns a number that {@code INFO} tells. */
    double info(String name) throws IOException {
        try (RedisSocket socket = new RedisSocket(port)) {
            return Arrays.stream(socket.ask("INFO").split("\r\n"))
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IOException("INFO has no " + name));
        }
    }

    String version() throws IOException {
        try (RedisSocket socket = new RedisSocket(port)) {
            return Arrays.stream(socket.ask("INFO server").split("\r\n"))
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** Kills it, and waits until it has ended: another one may be started on its port then. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The plainest client. */
    static final class RedisSocket implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader replies;

        RedisSocket(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            replies = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
        }

        void ping() throws IOException {
            send("PING");
            String reply = replies.readLine();
            if (!"+PONG".equals(reply)) {
                throw new IOException(reply);
            }
        }

        /** Returns a reply that is one string. */
        String ask(String command) throws IOException {
            send(command);
            String head = replies.readLine();
            if (head == null || !head.startsWith("$")) {
                throw new IOException(command + ": " + head);
            }
            char[] reply = new char[Integer.parseInt(head.substring(1)) + 2];
            for (int read = 0; read < reply.length; ) {
                int more = replies.read(reply, read, reply.length - read);
                if (more < 0) {
                    throw new IOException(command + ": cut off");
                }
                read += more;
            }
            return new String(reply, 0, reply.length - 2);
        }

        private void send(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
