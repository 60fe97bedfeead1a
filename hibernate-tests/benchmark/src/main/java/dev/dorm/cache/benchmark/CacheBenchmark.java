package dev.dorm.cache.benchmark;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One scenario in one place, as JMH measures it in the worker of one subject. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheBenchmark {

    /** A {@link Scenario}. */
    @Param("")
    public String scenario = "";

    /** A {@link Place}. */
    @Param("")
    public String place = "";

    @Nullable
    private Operation operation;

    /** Finds the operation, which lives as long as the worker. */
    @Setup
    public void find() {
        operation = Worker.operation(Scenario.valueOf(scenario), Place.valueOf(place));
    }

    /** Puts in place what one measurement uses up. */
    @Setup(Level.Iteration)
    public void renew() {
        if (operation != null) {
            operation.renew();
        }
        LastIteration.begin();
    }

    /** Takes note of what the measurement took. */
    @TearDown(Level.Iteration)
    public void end() {
        LastIteration.end();
    }

    /**
     * Runs it.
     *
     * @return what came out
     */
    @Benchmark
    public @Nullable Object run() {
        Object result = operation == null ? null : operation.run();
        if (WorkerThreads.areVirtual()) {
            // JMH waits for all threads to begin, while those that have begun run: here on as few as there are
            // processors.
            Thread.yield();
        }
        return result;
    }
}
