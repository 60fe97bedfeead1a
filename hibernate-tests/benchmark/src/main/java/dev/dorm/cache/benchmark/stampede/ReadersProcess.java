package dev.dorm.cache.benchmark.stampede;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@link Readers} in a JVM of their own, seen from outside. */
final class ReadersProcess implements AutoCloseable {

    /** Nothing takes longer by far: who does not answer is broken. */
    private static final long PATIENCE_SECONDS = 120;

    private final Path log;
    private final Process process;
    private final BufferedReader answers;

    /** Starts one, and does not wait for it. */
    ReadersProcess(Contender contender, String database, String redis, Scale scale, Path log) throws IOException {
        this.log = log;
        Files.createDirectories(log.getParent());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                // Several JVMs begin at once, for a short time: what is counted needs no better code.
                "-XX:TieredStopAtLevel=1",
                "-Dorg.jboss.logging.provider=slf4j",
                "-cp",
                System.getProperty("java.class.path"),
                Readers.class.getName(),
                contender.name(),
                database,
                redis,
                "" + scale.ttl().toMillis(),
                "" + scale.threads());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        answers = process.inputReader();
    }

    /** Waits for what it says next. */
    String answer() throws IOException {
        String answer = CompletableFuture.supplyAsync(this::line)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> "nothing: " + failure)
                .join();
        if (answer.startsWith("no")) {
            throw new IOException("A process of readers said " + answer + "; see " + log);
        }
        return answer;
    }

    private String line() {
        try {
            String line = answers.readLine();
            return line == null ? "no more" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives an order, and does not wait for the answer. */
    void order(String order) throws IOException {
        process.outputWriter().write(order + "\n");
        process.outputWriter().flush();
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
