package com.example.shop;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Programs of this machine: where they are, whether they are ready, and their end. */
final class Programs {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Programs() {}

    static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until a program answers. That it has ended meanwhile, or takes too long, is an error. */
    static void await(String name, Process process, Callable<Boolean> answers) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isTrue(answers)) {
            if (System.nanoTime() > end || hasEnded(process)) {
                stop(process);
                throw new IllegalStateException(name + " does not start");
            }
        }
    }

    /** Asks a program to end, and sees to it that it does. */
    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a moment for its end. */
    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isTrue(Callable<Boolean> answers) {
        try {
            return answers.call();
        } catch (Exception e) {
            return false;
        }
    }
}
