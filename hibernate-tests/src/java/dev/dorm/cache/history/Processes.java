package dev.dorm.cache.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;

/** The JVMs of a run, and the directory of their ledger and of what they print. */
final class Processes implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration END = Duration.ofSeconds(180);

    private final Map<Integer, Process> running = new TreeMap<>();
    private final Path directory;
    private final Ledger ledger;
    private final boolean mayEnd;
    private int started;

    /**
     * Creates the directory and a ledger in it.
     *
     * @param mayEnd whether some are killed before the run is over
     */
    Processes(boolean mayEnd) {
        this.mayEnd = mayEnd;
        try {
            directory = Files.createTempDirectory("dorm-history-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ledger = new Ledger(file("ledger"));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Ledger ledger() {
        return ledger;
    }

    /** Returns the number of the process that is started next. */
    int next() {
        return started;
    }

    /** Starts a process with options of its own, and its number. */
    void start(Options own) {
        int number = started++;
        own.set("process", number).set("ledger", file("ledger"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dorg.jboss.logging.provider=slf4j"));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.addAll(own.arguments());
        command.add(HistoryProcess.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true).redirectOutput(output(number).toFile());
        try {
            running.put(number, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output(int number) {
        return file("process-" + number + ".txt");
    }

    List<Integer> numbers() {
        return List.copyOf(running.keySet());
    }

    boolean isAlive(int number) {
        return running.get(number).isAlive();
    }

    void kill(int number) {
        running.get(number).destroyForcibly();
    }

    /** Forgets a process that has ended; returns how. */
    int ended(int number) {
        return running.remove(number).exitValue();
    }

    void awaitStart() {
        Awaitility.await("the processes to start").atMost(START).until(() -> {
            failIfAnyEnded();
            return running.keySet().stream().allMatch(p -> ledger.acknowledged(p, Ledger.Phase.RUN));
        });
    }

    /** Has all stop, check what the cache says when all is quiet, and end. */
    void finish() {
        ledger.enter(Ledger.Phase.STOP);
        awaitAll(Ledger.Phase.STOP);
        ledger.enter(Ledger.Phase.CHECK);
        awaitAll(Ledger.Phase.CHECK);
        ledger.enter(Ledger.Phase.EXIT);
        Awaitility.await("the processes to end").atMost(END).until(() -> running.values().stream()
                .noneMatch(Process::isAlive));
    }

    private void awaitAll(Ledger.Phase phase) {
        Awaitility.await("all to reach " + phase).atMost(END).until(() -> {
            if (!mayEnd) {
                failIfAnyEnded();
            }
            return running.entrySet().stream()
                    .allMatch(process -> ledger.acknowledged(process.getKey(), phase)
                            || !process.getValue().isAlive());
        });
    }

    void failIfAnyEnded() {
        running.forEach((number, process) -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "Process %d ended with %d%n%s".formatted(number, process.exitValue(), findings()));
            }
        });
    }

    /** Returns what the processes have printed: their findings and errors. */
    String findings() {
        StringBuilder findings = new StringBuilder();
        for (int i = 0; i < started; i++) {
            try (Stream<String> lines = Files.lines(output(i))) {
                lines.forEach(line -> findings.append(line).append('\n'));
            } catch (IOException e) {
                findings.append(e).append('\n');
            }
        }
        return findings.toString();
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
        if (!Boolean.getBoolean("history.keep")) {
            FileUtils.deleteQuietly(directory.toFile());
        }
    }
}
