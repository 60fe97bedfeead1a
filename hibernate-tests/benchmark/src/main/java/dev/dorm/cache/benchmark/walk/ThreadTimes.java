package dev.dorm.cache.benchmark.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processor time of this JVM by what its threads are there for, as Linux tells it; elsewhere nothing. */
final class ThreadTimes {

    private static final Path TASKS = Path.of("/proc/self/task");

    /** Linux counts in hundredths of a second. */
    private static final long MILLIS_OF_TICK = 10;

    private ThreadTimes() {}

    static Map<String, Long> millis() {
        Map<String, Long> times = new TreeMap<>();
        for (String kind : List.of("ofCompiler", "ofCollector", "ofRequests", "ofCache", "ofMain", "ofOthers")) {
            times.put(kind, 0L);
        }
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                add(task, times);
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return times;
    }

    private static void add(Path task, Map<String, Long> times) throws IOException {
        try {
            String stat = Files.readString(task.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String name = stat.substring(stat.indexOf('(') + 1, end);
            String[] rest = stat.substring(end + 2).split(" ");
            // Its time in user mode and in the kernel.
            long ticks = Long.parseLong(rest[11]) + Long.parseLong(rest[12]);
            times.merge(kind(name), MILLIS_OF_TICK * ticks, Long::sum);
        } catch (NoSuchFileException e) {
            // It has ended.
        }
    }

    private static String kind(String thread) {
        if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
            return "ofCompiler";
        }
        if (thread.startsWith("G1 ") || thread.startsWith("GC ") || thread.startsWith("VM ")) {
            return "ofCollector";
        }
        if (thread.startsWith("HTTP-") || thread.startsWith("pool-")) {
            return "ofRequests";
        }
        if (thread.startsWith("redisson") || thread.startsWith("dorm")) {
            return "ofCache";
        }
        // The first Java thread has the name of the program.
        return thread.equals("java") ? "ofMain" : "ofOthers";
    }
}
