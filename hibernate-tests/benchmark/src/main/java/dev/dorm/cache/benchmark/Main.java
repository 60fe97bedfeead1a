package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the script {@code run} starts, in the project's directory. */
public final class Main {

    private static final Path LOGS = Path.of("hibernate-tests/benchmark/target/logs");

    private Main() {}

    /**
     * Runs the benchmark.
     *
     * @param args as the script says
     * @throws IOException when a server does not start
     * @throws RunnerException when a JMH benchmark fails
     */
    public static void main(String[] args) throws IOException, RunnerException {
        List<String> words = List.of(args);
        if (words.size() == 2 && words.get(0).equals("--jmh")) {
            new Runner(new OptionsBuilder()
                            .include(words.get(1))
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } else if (words.size() == 2 && words.get(0).equals("--only")) {
            Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
            for (String name : words.get(1).split(",")) {
                scenarios.add(Scenario.valueOf(name));
            }
            measure(Pace.FULL, scenarios);
        } else if (words.isEmpty() || words.equals(List.of("--quick"))) {
            measure(words.isEmpty() ? Pace.FULL : Pace.QUICK, EnumSet.allOf(Scenario.class));
        } else {
            throw new IllegalArgumentException("accepted are --quick, --only SCENARIO,..., --jmh PATTERN, and nothing");
        }
        System.exit(0);
    }

    private static void measure(Pace pace, Set<Scenario> scenarios) throws IOException {
        Map<Subject, WorkerProcess> workers = new EnumMap<>(Subject.class);
        try (Servers servers = new Servers()) {
            System.out.printf(
                    "%s; a round trip to Redis takes %.0f us, and %.0f us on the longer wire%n",
                    servers.versions(), servers.nearMicros, servers.farMicros);
            for (Subject subject : Subject.values()) {
                WorkerProcess worker = open(subject, servers);
                if (worker != null) {
                    workers.put(subject, worker);
                }
            }
            List<Cell> cells = new Rounds(servers, workers, pace, scenarios).run();
            workers.values().forEach(WorkerProcess::close);
            List<Memory> memory = new ArrayList<>();
            memory.add(Memory.of("dorm, JSON", Subject.REDIS, "json", LOGS));
            memory.add(Memory.of("dorm, Smile", Subject.REDIS, "smile", LOGS));
            memory.add(Memory.of("Redisson, its default codec", Subject.REDISSON, "json", LOGS));
            memory.forEach(System.out::println);
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
    }

    /** Returns a worker that is ready everywhere, or null where the near tier is not there yet. */
    private static @Nullable WorkerProcess open(Subject subject, Servers servers) throws IOException {
        WorkerProcess worker = new WorkerProcess(servers.setup(subject), LOGS);
        try {
            for (Place place : Place.values()) {
                if (subject != Subject.FLOOR || place != Place.POSTGRES_FAR) {
                    worker.order("open", place);
                }
            }
            return worker;
        } catch (IllegalStateException e) {
            worker.close();
            if (subject == Subject.NEAR) {
                System.out.println(subject.title() + " is not available: " + e.getMessage());
                return null;
            }
            throw e;
        }
    }
}
