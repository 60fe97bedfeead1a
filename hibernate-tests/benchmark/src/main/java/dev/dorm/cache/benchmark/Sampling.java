package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import one.profiler.AsyncProfiler;

/** Samples the stacks of all threads of this JVM that take processor time, with async-profiler. */
final class Sampling {

    private Sampling() {}

    /** Begins; every 0.2 ms of processor time is a sample. */
    static void begin() throws IOException {
        AsyncProfiler.getInstance().execute("start,event=itimer,interval=200us,threads");
    }

    /**
     * Ends.
     *
     * @param file without its ending: {@code .collapsed} is a line for each stack, {@code .html} the flame graph
     */
    static void end(Path file) throws IOException {
        AsyncProfiler.getInstance().execute("dump,collapsed,threads,file=" + file + ".collapsed");
        AsyncProfiler.getInstance().execute("stop,flamegraph,threads,file=" + file + ".html");
    }
}
