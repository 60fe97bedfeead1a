package dev.dorm.cache.benchmark;

import dev.dorm.cache.benchmark.stampede.Stampede;
import dev.dorm.cache.benchmark.walk.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the script {@code run} starts, in the project's directory. */
public final class Main {

    private static final Path LOGS = Path.of("hibernate-tests/benchmark/target/logs");

    private Main() {}

    /**
     * Runs the benchmark; the JVM's status tells whether it came to its end.
     *
     * @param args as the script says
     */
    public static void main(String[] args) {
        try {
            run(Order.parse(args));
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(Order order) throws IOException, RunnerException {
        if (order.jmh() != null) {
            new Runner(new OptionsBuilder()
                            .include(order.jmh())
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } else if (order.course() == Order.Course.WALK) {
            Walk.run(order.pace(), order.directory());
        } else if (order.course() == Order.Course.PROFILE) {
            Profiles.run(order.pace(), order.directory());
        } else if (order.course() == Order.Course.STAMPEDE) {
            Stampede.run(order.pace(), order.directory());
        } else {
            Results results = measure(order);
            report(results, order.directory());
            if (order.published()) {
                ReadmeSection.write(Path.of("README.md"));
            }
            Targets.of(results)
                    .forEach(target -> System.out.printf(
                            "%-85s %-12s %-14s %s%n",
                            target.what(), target.target(), target.measured(), target.verdict()));
            System.out.println("Written to " + order.directory());
        }
    }

    private static Results measure(Order order) throws IOException, RunnerException {
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
            Versions.put(run, servers, order.pace());
            run.put("near", workers.containsKey(Subject.NEAR) ? "" : " The near tier was not available in this run.");
            List<Cell> cells = new Rounds(servers, workers, order.pace(), order.scenarios()).run();
            workers.values().forEach(WorkerProcess::close);
            List<Memory> memory = new ArrayList<>();
            List<Microbenchmarks.Score> parts = new ArrayList<>();
            if (order.everything()) {
                memory.add(Memory.of("dorm, JSON", Subject.REDIS, "json", LOGS));
                memory.add(Memory.of("dorm, Smile", Subject.REDIS, "smile", LOGS));
                memory.add(Memory.of("Redisson, its default codec", Subject.REDISSON, "json", LOGS));
                parts.addAll(Microbenchmarks.run(order.pace() != Pace.FULL));
            }
            return new Results(run, cells, memory, parts);
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
    }

    private static void report(Results results, Path directory) throws IOException {
        Files.createDirectories(directory);
        results.write(directory.resolve("results.json"));
        new Report(results).write(directory.resolve("README.md"));
        for (Place place : Place.values()) {
            String name = place.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
            new Chart(results, place).write(directory.resolve(name));
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
            if (subject == Subject.NEAR && String.valueOf(e.getMessage()).contains("has no near tier")) {
                System.out.println(subject.title() + " is not available: " + e.getMessage());
                return null;
            }
            throw e;
        }
    }
}
