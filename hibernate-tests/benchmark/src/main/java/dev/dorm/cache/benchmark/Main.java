package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the script {@code run} starts, in the project's directory. */
public final class Main {

    private static final Path LOGS = Path.of("hibernate-tests/benchmark/target/logs");

    private static final Path DOCUMENTS = Path.of("docs/benchmark");

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
            print(measure(Pace.FULL, scenarios));
        } else if (words.isEmpty() || words.equals(List.of("--quick"))) {
            boolean quick = !words.isEmpty();
            Results results = measure(quick ? Pace.QUICK : Pace.FULL, EnumSet.allOf(Scenario.class));
            Results all = new Results(results.run(), results.cells(), results.memory(), Microbenchmarks.run(quick));
            report(all);
            print(all);
        } else {
            throw new IllegalArgumentException("accepted are --quick, --only SCENARIO,..., --jmh PATTERN, and nothing");
        }
        System.exit(0);
    }

    private static Results measure(Pace pace, Set<Scenario> scenarios) throws IOException {
        Map<Subject, WorkerProcess> workers = new EnumMap<>(Subject.class);
        Map<String, String> run = new LinkedHashMap<>();
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
            Versions.put(run, servers, pace);
            run.put("near", workers.containsKey(Subject.NEAR) ? "" : " The near tier was not available in this run.");
            List<Cell> cells = new Rounds(servers, workers, pace, scenarios).run();
            workers.values().forEach(WorkerProcess::close);
            List<Memory> memory = new ArrayList<>();
            if (scenarios.size() == Scenario.values().length) {
                memory.add(Memory.of("dorm, JSON", Subject.REDIS, "json", LOGS));
                memory.add(Memory.of("dorm, Smile", Subject.REDIS, "smile", LOGS));
                memory.add(Memory.of("Redisson, its default codec", Subject.REDISSON, "json", LOGS));
            }
            return new Results(run, cells, memory, List.of());
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
    }

    private static void report(Results results) throws IOException {
        Files.createDirectories(DOCUMENTS);
        results.write(DOCUMENTS.resolve("results.json"));
        new Report(results).write(DOCUMENTS.resolve("README.md"));
        for (Place place : Place.values()) {
            String name = place.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
            new Chart(results, place).write(DOCUMENTS.resolve(name));
        }
    }

    private static void print(Results results) {
        Targets.of(results)
                .forEach(target -> System.out.printf(
                        "%-85s %-12s %-14s %s%n", target.what(), target.target(), target.measured(), target.verdict()));
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
