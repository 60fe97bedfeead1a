package dev.dorm.cache.benchmark;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the script {@code run} starts. */
public final class Main {

    private Main() {}

    /**
     * Runs the benchmark.
     *
     * @param args as the script says
     * @throws RunnerException when a benchmark fails
     */
    public static void main(String[] args) throws RunnerException {
        if (args.length == 2 && args[0].equals("--jmh")) {
            new Runner(new OptionsBuilder()
                            .include(args[1])
                            .shouldFailOnError(true)
                            .build())
                    .run();
            return;
        }
        throw new IllegalArgumentException("accepted is --jmh PATTERN");
    }
}
