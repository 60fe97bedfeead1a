package com.example.shop;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis of the tests' own: the {@code redis-server} on the PATH, or else the one that comes as a jar. It ends with the JVM.
 */
public final class TestRedis {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestRedis shared;

    private final int port;
    private final String password;

    private TestRedis(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Returns the one without a password, which the tests of a JVM share. */
    public static synchronized TestRedis shared() {
        if (shared == null) {
            shared = start("");
        }
        return shared;
    }

    /** Starts a sentinel that watches this one under a name; returns its port. */
    int watched(String name) {
        try {
            int sentinel = freePort();
            Path directory = Files.createTempDirectory("sentinel");
            Path config = Files.writeString(
                    directory.resolve("sentinel.conf"),
                    "port %d\ndir %s\nsentinel monitor %s 127.0.0.1 %d 1\n".formatted(sentinel, directory, name, port));
            new TestRedis(sentinel, "")
                    .started(directory, List.of(binary().toString(), config.toString(), "--sentinel"));
            return sentinel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestRedis started(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitAnswer(process);
        return this;
    }

    /** Starts one that serves nobody without the password, if there is one. */
    static TestRedis start(String password, String... arguments) {
        try {
            int port = freePort();
            Path directory = Files.createTempDirectory("redis");
            List<String> command = new ArrayList<>(
                    List.of(binary().toString(), "--port", "" + port, "--dir", directory.toString(), "--save", ""));
            if (!password.isEmpty()) {
                command.addAll(List.of("--requirepass", password));
            }
            command.addAll(List.of(arguments));
            return new TestRedis(port, password).started(directory, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    public String url() {
        return "redis://" + (password.isEmpty() ? "" : ":" + password + "@") + "localhost:" + port;
    }

    /** Sends a command and returns the beginning of its reply, as Redis writes it. */
    String command(String... words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            if (!password.isEmpty()) {
                ask(socket, "AUTH", password);
            }
            return ask(socket, words);
        }
    }

    private static String ask(Socket socket, String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append("$")
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
            request.append(word).append("\r\n");
        }
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        InputStream reply = socket.getInputStream();
        byte[] read = new byte[1 << 16];
        int length = reply.read(read);
        return length < 0 ? "" : new String(read, 0, length, StandardCharsets.UTF_8);
    }

    private void awaitAnswer(Process process) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (command("PING").startsWith("+PONG")) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw e;
                }
            }
            Thread.onSpinWait();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path binary() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(TestRedis::embedded);
    }

    private static Path embedded() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
