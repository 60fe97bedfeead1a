package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of the project's README that a run writes, so that it never tells of another run than the page does. */
final class ReadmeSection {

    private static final String BEGIN = "<!-- written by hibernate-tests/benchmark/run -->\n";
    private static final String END = "<!-- end of what is written -->\n";

    private static final String CHART =
            "![Time of one operation, PostgreSQL and Redis 0.5 ms away](docs/benchmark/postgres-far.svg)\n";

    private ReadmeSection() {}

    static void write(Path readme) throws IOException {
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(readme + " has no place for the benchmark");
        }
        Files.writeString(readme, text.substring(0, begin + BEGIN.length()) + CHART + text.substring(end));
    }
}
