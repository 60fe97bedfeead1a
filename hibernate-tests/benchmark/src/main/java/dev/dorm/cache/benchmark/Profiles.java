package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what an operation over Redis spends its time on: in whose code, in its own thread and in others. */
final class Profiles {

    private static final Path TARGET = Path.of("hibernate-tests/benchmark/target");
    private static final List<Scenario> SCENARIOS =
            List.of(Scenario.HIT, Scenario.MISS_AND_PUT, Scenario.UPDATE_1, Scenario.QUERY_1_TABLE);

    /** A frame of each stack of the thread whose time the operation is. */
    private static final String OPERATION = "dev/dorm/cache/benchmark/CacheBenchmark.run";

    private Profiles() {}

    /**
     * Where the time of one operation goes.
     *
     * @param scenario which one
     * @param nanos how long it takes
     * @param own nanoseconds of processor time in its own thread, by layer
     * @param others the same in all other threads
     */
    private record Profile(Scenario scenario, double nanos, Map<Layer, Double> own, Map<Layer, Double> others) {}

    static void run(Pace pace, Path directory) throws IOException {
        List<Profile> profiles = new ArrayList<>();
        try (Servers servers = new Servers();
                WorkerProcess worker = new WorkerProcess(servers.setup(Subject.REDIS), TARGET.resolve("logs"))) {
            Files.createDirectories(TARGET.resolve("profile"));
            for (Scenario scenario : SCENARIOS) {
                profiles.add(profile(worker, scenario, pace));
            }
        }
        Files.createDirectories(directory);
        String page = page(profiles);
        Files.writeString(directory.resolve("profile.md"), page);
        System.out.println(page);
    }

    private static Profile profile(WorkerProcess worker, Scenario scenario, Pace pace) throws IOException {
        worker.order("measure", scenario, Place.H2_NEAR, 40 * pace.millis(), pace.millis());
        Path file = TARGET.resolve("profile").resolve(scenario.name().toLowerCase(Locale.ROOT));
        List<Double> nanos = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        worker.order("profile");
        for (int turn = 0; turn < 10; turn++) {
            double[] measured = worker.order("measure", scenario, Place.H2_NEAR, 0, 4 * pace.millis());
            nanos.add(measured[0]);
            processor.add(measured[2]);
        }
        worker.order("profiled", file.toAbsolutePath());
        Map<Layer, Double> own = new EnumMap<>(Layer.class);
        Map<Layer, Double> others = new EnumMap<>(Layer.class);
        double samples = 0;
        for (String line : Files.readAllLines(Path.of(file + ".collapsed"))) {
            int end = line.lastIndexOf(' ');
            double count = Double.parseDouble(line.substring(end + 1));
            String[] stack = line.substring(0, end).split(";");
            boolean ours = line.contains(OPERATION);
            (ours ? own : others).merge(Layer.of(stack), count, Double::sum);
            samples += count;
        }
        double each = Cell.median(processor) / samples;
        own.replaceAll((layer, count) -> count * each);
        others.replaceAll((layer, count) -> count * each);
        return new Profile(scenario, Cell.median(nanos), own, others);
    }

    private static String page(List<Profile> profiles) {
        StringBuilder page = new StringBuilder(
                """
                # Where the time of an operation goes

                `hibernate-tests/benchmark/run --profile` has written this page; a flame graph of each operation is in
                `hibernate-tests/benchmark/target/profile`. One thread, over Redis on loopback, with H2 in the process: with the
                longest time that is the cache's own. Each column has the processor time of one operation in microseconds, by the
                innermost frame that is anybody's: in the operation's own thread, and after the `+` in all others. What its
                thread does not work, it waits, for Redis and for the client's threads. [In words](why.md).

                |  |""");
        profiles.forEach(each -> page.append(' ').append(each.scenario.title()).append(" |"));
        page.append("\n|---|").append("---:|".repeat(profiles.size())).append('\n');
        for (Layer layer : Layer.values()) {
            page.append("| ").append(layer.title()).append(" |");
            for (Profile each : profiles) {
                page.append(" %.1f + %.1f |"
                        .formatted(
                                each.own.getOrDefault(layer, 0.0) / 1000, each.others.getOrDefault(layer, 0.0) / 1000));
            }
            page.append('\n');
        }
        page.append("| **together** |");
        profiles.forEach(
                each -> page.append(" **%.1f + %.1f** |".formatted(sum(each.own) / 1000, sum(each.others) / 1000)));
        page.append("\n| **time of the operation** |");
        profiles.forEach(each -> page.append(" **%.1f** |".formatted(each.nanos / 1000)));
        return page.append('\n').toString();
    }

    private static double sum(Map<Layer, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
