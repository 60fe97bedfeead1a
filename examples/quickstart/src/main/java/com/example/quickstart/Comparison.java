package com.example.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The same work without the cache, with an empty one, and with a full one. */
final class Comparison {

    private static final String ROW = "%-27s | %5s %5s | %5s %5s %6s %5s | %5s %5s %6s %5s%n";

    private final List<Line> lines = new ArrayList<>();

    private record Line(String work, Measured<String> without, Measured<String> cold, Measured<String> warm) {}

    /** Does each kind of work three times; the entries of one kind may serve the next. */
    Comparison(List<Work<?>> works, Application plain, Application cached) {
        // Twice untimed, so that no column pays for the start of the JVM.
        for (int pass = 0; pass < 2; pass++) {
            works.forEach(work -> work.on(plain));
            works.forEach(work -> work.on(cached));
        }
        cached.empty();
        for (Work<?> work : works) {
            Line line = new Line(
                    work.keys().size() + " " + work.name(),
                    plain.measure(() -> work.on(plain)),
                    cached.measure(() -> work.on(cached)),
                    cached.measure(() -> work.on(cached)));
            check(line);
            lines.add(line);
        }
    }

    private static void check(Line line) {
        String answer = line.without.result();
        same(line.work + " with an empty cache", answer, line.cold.result());
        same(line.work + " with a full cache", answer, line.warm.result());
        Claim.that(line.without.sql() > 0, "%s: some SQL without the cache", line.work);
        Claim.that(line.warm.sql() == 0, "%s: no SQL with a full cache, but there was %s", line.work, line.warm.sql());
        Claim.that(line.warm.hits() > 0, "%s: hits in a full cache", line.work);
    }

    private static void same(String work, String expected, String actual) {
        List<String> answers = expected.lines().toList();
        List<String> given = actual.lines().toList();
        for (int i = 0; i < answers.size(); i++) {
            Claim.that(answers.get(i).equals(given.get(i)), "%s: %s, not %s", work, answers.get(i), given.get(i));
        }
    }

    void print(PrintStream out, String calls) {
        out.printf("%-27s | %11s | %24s | %24s%n", "", "no cache", "empty cache", "full cache");
        out.printf(ROW, "requests", "SQL", "ms", "SQL", "hits", "calls", "ms", "SQL", "hits", "calls", "ms");
        out.println("-".repeat(28) + "+" + "-".repeat(13) + "+" + "-".repeat(26) + "+" + "-".repeat(25));
        for (Line line : lines) {
            out.printf(
                    ROW,
                    line.work,
                    line.without.sql(),
                    line.without.millis(),
                    line.cold.sql(),
                    line.cold.hits(),
                    line.cold.calls(),
                    line.cold.millis(),
                    line.warm.sql(),
                    line.warm.hits(),
                    line.warm.calls(),
                    line.warm.millis());
        }
        out.printf(
                ROW,
                "together",
                sum(line -> line.without.sql()),
                sum(line -> line.without.millis()),
                sum(line -> line.cold.sql()),
                sum(line -> line.cold.hits()),
                sum(line -> line.cold.calls()),
                sum(line -> line.cold.millis()),
                sum(line -> line.warm.sql()),
                sum(line -> line.warm.hits()),
                sum(line -> line.warm.calls()),
                sum(line -> line.warm.millis()));
        long without = sum(line -> line.without.millis());
        long saved = without - sum(line -> line.warm.millis());
        out.println();
        out.printf("A full cache saved %,d SQL statements, and ", sum(line -> line.without.sql() - line.warm.sql()));
        out.printf(saved >= 0 ? "%d of %d ms.%n" : "took %d ms longer than %d ms.%n", Math.abs(saved), without);
        out.printf("It took %,d calls %s.%n", sum(line -> line.warm.calls()), calls);
    }

    private long sum(ToLongFunction<Line> value) {
        return lines.stream().mapToLong(value).sum();
    }
}
