package dev.dorm.cache.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} in a JVM of its own, seen from outside. */
final class WorkerProcess implements AutoCloseable {

    /** No order takes longer by far: who does not answer is broken. */
    private static final long PATIENCE_SECONDS = 400;

    private final Setup setup;
    private final Process process;
    private final BufferedReader answers;

    WorkerProcess(Setup setup, Path logs) throws IOException {
        this.setup = setup;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx640m",
                // JMH would have its one lock file belong to one of the workers.
                "-Djmh.ignoreLock=true",
                "-Djmh.executor=CUSTOM",
                "-Djmh.executor.class=" + WorkerThreads.class.getName(),
                "-Dorg.jboss.logging.provider=slf4j"));
        command.addAll(setup.asArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
        Files.createDirectories(logs);
        File log = logs.resolve(setup.subject() + "-" + setup.format() + ".log").toFile();
        process = new ProcessBuilder(command).redirectError(log).start();
        answers = process.inputReader();
    }

    Subject subject() {
        return setup.subject();
    }

    /** Gives an order and returns the numbers of its answer. */
    double[] order(Object... words) {
        String order =
                String.join(" ", Arrays.stream(words).map(String::valueOf).toList());
        String answer;
        try {
            process.outputWriter().write(order + "\n");
            process.outputWriter().flush();
            answer = CompletableFuture.supplyAsync(this::answer)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(setup.subject() + ": " + order + ": " + e, e);
        }
        if (answer == null || !answer.startsWith("ok")) {
            throw new IllegalStateException(setup.subject() + ": " + order + ": " + answer);
        }
        return Arrays.stream(answer.substring(2).trim().split(" "))
                .filter(word -> !word.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private String answer() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            // It ends with its input, and takes its files along.
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
