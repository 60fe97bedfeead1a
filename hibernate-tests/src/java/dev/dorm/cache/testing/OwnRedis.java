package dev.dorm.cache.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * A Redis server of a test's own, on a free port of this host, that can be stopped, killed and started again.
 * It keeps its port and its directory through all of that, and ends with {@link #close()} or with the JVM.
 */
public final class OwnRedis implements AutoCloseable {

    /** Redis says "Ready to ..." of a port, and "The server is now ready to ..." of a Unix socket. */
    private static final String READY = "eady to accept connections";

    private static final int TAIL = 20;

    /** Where a cluster's node speaks to the others, unless it is told another port. */
    private static final int NODE_ABOVE = 10_000;

    private final Path binary;
    private final int port;
    private final Path directory;
    private final List<String> command;
    private Process process;

    /** Starts a server that persists nothing, unless the further arguments say so: of an option, the last one holds. */
    OwnRedis(Path binary, String... arguments) {
        this.binary = binary;
        List<String> given = List.of(arguments);
        boolean nodeAbove = given.contains("--cluster-enabled") && !given.contains("--cluster-port");
        this.port = nodeAbove ? FreePort.nextWith(NODE_ABOVE) : FreePort.next();
        this.directory = newDirectory();
        this.command = new ArrayList<>(List.of(binary.toString(), "--bind", "127.0.0.1", "--port", "{port}"));
        command.addAll(List.of("--dir", "{dir}", "--save", "", "--appendonly", "no"));
        command.addAll(given);
        command.replaceAll(word -> word.replace("{port}", "" + port).replace("{dir}", "" + directory));
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /**
     * Returns the port, which is TLS's when the arguments say {@code --port 0 --tls-port {port}}.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * Returns where other nodes of a cluster speak to it.
     *
     * @return the port
     */
    public int nodePort() {
        int at = command.indexOf("--cluster-port");
        return at < 0 ? port + NODE_ABOVE : Integer.parseInt(command.get(at + 1));
    }

    /**
     * Returns the address for plain TCP.
     *
     * @return a {@code redis://} URL
     */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /**
     * Returns the server's working directory, which goes with the server.
     *
     * @return what {@code {dir}} in the arguments stands for
     */
    public Path directory() {
        return directory;
    }

    /** Starts the server again after {@link #stop()} or {@link #kill()}, and waits until it serves. */
    public void start() {
        if (process.isAlive()) {
            throw new IllegalStateException(this + " runs already");
        }
        process = launch();
    }

    /** Asks the server to end, as SIGTERM does, and waits for it; it saves first if it was told to persist. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Ends the server on the spot, as SIGKILL does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Freezes it: connections stay, and nothing is answered until {@link #resume}. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on with all that it holds and was sent meanwhile. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        FileUtils.deleteQuietly(directory.toFile());
    }

    @Override
    public String toString() {
        return "%s at 127.0.0.1:%d".formatted(binary, port);
    }

    private Process launch() {
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            CompletableFuture<Void> ready = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(started, ready), "redis-" + port);
            reader.setDaemon(true);
            reader.start();
            ready.orTimeout(30, TimeUnit.SECONDS).join();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CompletionException e) {
            throw new IllegalStateException("%s did not start: %s".formatted(command, e.getCause()), e);
        }
    }

    /** Reads to the end, lest a full pipe stops the server. */
    private static void read(Process process, CompletableFuture<Void> ready) {
        Deque<String> tail = new ArrayDeque<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains(READY)) {
                    ready.complete(null);
                }
                if (tail.size() == TAIL) {
                    tail.removeFirst();
                }
                tail.add(line);
            }
        } catch (IOException e) {
            tail.add(e.toString());
        }
        ready.completeExceptionally(new IllegalStateException(String.join("\n", tail)));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(this + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("dorm-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
