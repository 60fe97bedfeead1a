package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of the project's README that a run writes, so that it never tells of another run than the page does. */
final class ReadmeSection {

    private static final String BEGIN = "<!-- written by hibernate-tests/benchmark/run -->\n";
    private static final String END = "<!-- end of what is written -->\n";

    private ReadmeSection() {}

    static void write(Results results, Path readme) throws IOException {
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(readme + " has no place for the benchmark");
        }
        Files.writeString(readme, text.substring(0, begin + BEGIN.length()) + section(results) + text.substring(end));
    }

    private static String section(Results results) {
        return """
                ![Time of one operation, PostgreSQL and Redis 0.5 ms away](docs/benchmark/postgres-far.svg)

                %s

                Measured on %s shared cores of a virtual machine, JDK %s, with %s on the same machine (%s, %s).
                """
                .formatted(
                        new Report(results).targets(),
                        results.run().get("cores"),
                        results.run().get("java"),
                        results.run().get("servers"),
                        results.run().get("date"),
                        results.run().get("pace"));
    }
}
