package dev.dorm.cache.benchmark;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmarks that JMH runs by itself, one after the other: parts of the library, and the floors beneath them. */
final class Microbenchmarks {

    private Microbenchmarks() {}

    /**
     * What JMH measured.
     *
     * @param name the class and the method
     * @param parameters its parameters
     * @param score the time
     * @param error half the width of its confidence interval, 99.9 %
     * @param unit of both
     * @param allocated bytes of one operation
     */
    record Score(
            String name, Map<String, String> parameters, double score, double error, String unit, double allocated) {}

    static List<Score> run(boolean quick) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^dev\\.dorm\\.cache\\..*Benchmark\\.")
                .exclude(CacheBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Djmh.ignoreLock=true")
                .shouldFailOnError(true);
        if (quick) {
            options = options.forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(700))
                    .measurementIterations(2)
                    .measurementTime(TimeValue.milliseconds(500));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.stream().map(Microbenchmarks::score).toList();
    }

    private static Score score(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.");
        Map<String, String> parameters = new TreeMap<>();
        result.getParams()
                .getParamsKeys()
                .forEach(key -> parameters.put(key, result.getParams().getParam(key)));
        Result<?> primary = result.getPrimaryResult();
        return new Score(
                path[path.length - 2] + "." + path[path.length - 1],
                parameters,
                primary.getScore(),
                primary.getScoreError(),
                primary.getScoreUnit(),
                result.getSecondaryResults().entrySet().stream()
                        .filter(each -> each.getKey().endsWith("gc.alloc.rate.norm"))
                        .mapToDouble(each -> each.getValue().getScore())
                        .findFirst()
                        .orElse(Double.NaN));
    }
}
