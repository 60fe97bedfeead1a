package dev.dorm.cache.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The JVM of one subject. It keeps its session factories and its compiled code, and measures a scenario for a moment
 * whenever it is told to, so that the subjects can take turns. It ends when its standard input does.
 *
 * <p>It reads {@code measure SCENARIO PLACE WARMUP-MILLIS MILLIS}, {@code count SCENARIO PLACE TIMES} and
 * {@code fill PLACE ROWS}, {@code profile} and {@code profiled FILE}, and answers each by one line: {@code ok} and numbers, or {@code failed} and why.
 */
public final class Worker {

    private static final Setup SETUP = Setup.fromSystemProperties();
    private static final Map<Place, Application> APPLICATIONS = new EnumMap<>(Place.class);
    private static final Map<Place, RawClients> CLIENTS = new EnumMap<>(Place.class);
    private static final Map<String, Operation> OPERATIONS = new HashMap<>();

    private Worker() {}

    /**
     * Obeys.
     *
     * @param args none
     * @throws IOException when nobody is there to obey
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        // What JMH and the logs say goes to the worker's log.
        System.setOut(System.err);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String answer;
            try {
                answer = "ok " + obey(order.split(" "));
            } catch (Exception | LinkageError e) {
                e.printStackTrace();
                answer = "failed " + String.valueOf(deepest(e)).replace('\n', ' ');
            }
            answers.println(answer);
            answers.flush();
        }
        System.exit(0);
    }

    private static Throwable deepest(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause == failure ? failure : deepest(cause);
    }

    private static String obey(String[] order) throws RunnerException, IOException {
        return switch (order[0]) {
            case "open" -> {
                operation(SETUP.subject() == Subject.FLOOR ? Scenario.RAW_GET : Scenario.SESSION, place(order[1]));
                yield "";
            }
            case "measure" ->
                measure(
                        Scenario.valueOf(order[1]),
                        place(order[2]),
                        Long.parseLong(order[3]),
                        Long.parseLong(order[4]));
            case "count" -> count(Scenario.valueOf(order[1]), place(order[2]), Integer.parseInt(order[3]));
            case "fill" -> {
                new Operations(application(place(order[1]))).fillCache(Integer.parseInt(order[2]));
                yield "";
            }
            case "profile" -> {
                Sampling.begin();
                yield "";
            }
            case "profiled" -> {
                Sampling.end(Path.of(order[1]));
                yield "";
            }
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    private static Place place(String name) {
        return Place.valueOf(name);
    }

    private static Application application(Place place) {
        return APPLICATIONS.computeIfAbsent(place, where -> new Application(SETUP, where));
    }

    /** Returns an operation, with what it needs in its place. */
    static synchronized Operation operation(Scenario scenario, Place place) {
        return OPERATIONS.computeIfAbsent(scenario + " " + place, key -> {
            Operation operation = scenario.raw() || SETUP.subject() == Subject.FLOOR
                    ? CLIENTS.computeIfAbsent(place, where -> new RawClients(SETUP, where))
                            .of(scenario)
                    : new Operations(application(place)).of(scenario);
            operation.prepare();
            return operation;
        });
    }

    /** Returns nanoseconds, allocated bytes, and the nanoseconds of processors that this JVM took for one operation. */
    private static String measure(Scenario scenario, Place place, long warmup, long millis) throws RunnerException {
        operation(scenario, place);
        WorkerThreads.virtual(scenario.virtual());
        boolean once = scenario == Scenario.EVICT_10000;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + CacheBenchmark.class.getName() + ".run$")
                .param("scenario", scenario.name())
                .param("place", place.name())
                .forks(0)
                .threads(scenario.threads())
                // A thousand threads would begin one after the other, while all before them run: for a minute.
                .syncIterations(!scenario.virtual())
                .mode(once ? Mode.SingleShotTime : Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(warmup > 0 ? 1 : 0)
                .warmupTime(TimeValue.milliseconds(Math.max(1, warmup)))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(millis))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        RunResult result = new Runner(options.build()).run().iterator().next();
        double nanos = result.getPrimaryResult().getScore();
        double operationProcessor = nanos * LastIteration.processors() / scenario.threads();
        return nanos + " " + (scenario.virtual() ? Double.NaN : allocated(result)) + " " + operationProcessor;
    }

    private static long statements(Place place) {
        Application application = APPLICATIONS.get(place);
        return application == null ? 0 : application.statements();
    }

    private static double allocated(RunResult result) {
        for (Map.Entry<String, ? extends Result> each :
                result.getSecondaryResults().entrySet()) {
            if (each.getKey().endsWith("gc.alloc.rate.norm")) {
                return each.getValue().getScore();
            }
        }
        return Double.NaN;
    }

    /** Runs it that often, for somebody who counts, and returns the statements of one run. */
    private static String count(Scenario scenario, Place place, int times) {
        Operation operation = operation(scenario, place);
        long before = statements(place);
        for (int i = 0; i < times; i++) {
            operation.run();
        }
        return String.valueOf((statements(place) - before) / (double) times);
    }
}
