package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills in the report, {@code report.md}. */
final class Report {

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    void write(Path file) throws IOException {
        Files.writeString(file, text());
    }

    private String text() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream("/report.md"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (var each : results.run().entrySet()) {
            text = text.replace("{{" + each.getKey() + "}}", each.getValue());
        }
        for (Place place : Place.values()) {
            text = text.replace("{{times " + place + "}}", table(place, cell -> time(cell.medianNanos())));
        }
        text = text.replace("{{processor}}", table(Place.H2_NEAR, cell -> time(cell.medianProcessor())));
        text = text.replace("{{redis processor}}", table(Place.H2_NEAR, cell -> time(cell.redisProcessor)));
        text = text.replace("{{allocated}}", table(Place.H2_NEAR, cell -> bytes(cell.medianAllocated())));
        text = text.replace("{{trips}}", table(Place.POSTGRES_FAR, Report::trips));
        text = text.replace("{{bytes}}", table(Place.H2_FAR, cell -> bytes(cell.bytes)));
        text = text.replace("{{targets}}", targets());
        text = text.replace("{{losses}}", losses());
        text = text.replace("{{memory}}", memory());
        text = text.replace("{{parts}}", parts());
        return text;
    }

    /** Returns the table of what was to be reached. */
    String targets() {
        return Table.of(
                List.of("ratio", "target", "measured", "verdict"),
                Targets.of(results).stream()
                        .map(each -> List.of(each.what(), each.target(), each.measured(), each.verdict())));
    }

    private String memory() {
        return Table.of(
                List.of("", "one entity", "everything else, with one entity"),
                results.memory().stream()
                        .map(each -> List.of(each.title(), bytes(each.entryBytes()), bytes(each.overheadBytes()))));
    }

    private String parts() {
        return Table.of(
                List.of("", "time", "error (99.9 %)", "allocated"),
                results.parts().stream()
                        .map(each -> List.of(
                                each.name() + (each.parameters().isEmpty() ? "" : " " + each.parameters()),
                                String.format(Locale.ROOT, "%.2f %s", each.score(), each.unit()),
                                Double.isNaN(each.error()) ? "-" : String.format(Locale.ROOT, "± %.2f", each.error()),
                                bytes(each.allocated()))));
    }

    private String losses() {
        List<String> lines = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            Cell none = results.find(Subject.NONE, Place.POSTGRES_FAR, scenario);
            Cell ours = results.find(Subject.REDIS, Place.POSTGRES_FAR, scenario);
            if (none != null && ours != null && scenario != Scenario.SESSION && ours.times(none) > 1) {
                lines.add(String.format(
                        Locale.ROOT,
                        "- %s: %s instead of %s without a cache (%.2f times)",
                        scenario.title(),
                        time(ours.medianNanos()),
                        time(none.medianNanos()),
                        ours.times(none)));
            }
        }
        return lines.isEmpty() ? "In this run it lost nowhere." : String.join("\n", lines);
    }

    /** Returns one row for each scenario, and one column for each subject. */
    private String table(Place place, Function<Cell, String> show) {
        List<Subject> subjects = Arrays.stream(Subject.values())
                .filter(subject -> subject != Subject.FLOOR)
                .filter(subject -> results.cells().stream()
                        .anyMatch(cell -> cell.subject == subject
                                && cell.place == place
                                && !show.apply(cell).isEmpty()))
                .toList();
        List<String> head = new ArrayList<>(List.of(""));
        subjects.forEach(subject -> head.add(subject.title()));
        List<List<String>> body = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            List<String> row = new ArrayList<>(List.of(scenario.title()));
            for (Subject subject : subjects) {
                row.add(show(results.find(subject, place, scenario), show));
            }
            if (scenario.raw()) {
                String shown = show(results.find(Subject.FLOOR, place, scenario), show);
                if (!shown.equals("-")) {
                    row.set(0, scenario.title() + ": " + shown);
                    body.add(row);
                }
            } else if (row.stream().skip(1).anyMatch(shown -> !shown.equals("-"))) {
                body.add(row);
            }
        }
        return Table.of(head, body.stream());
    }

    private static String show(@Nullable Cell cell, Function<Cell, String> show) {
        String shown = cell == null ? "" : show.apply(cell);
        return shown.isEmpty() ? "-" : shown;
    }

    /** Returns round trips to Redis, and to the database. */
    private static String trips(Cell cell) {
        String redis = Double.isNaN(cell.trips) ? "" : count(cell.trips);
        String database = Double.isNaN(cell.databaseTrips) ? "" : count(cell.databaseTrips);
        return redis.isEmpty() ? database.isEmpty() ? "" : "0 + " + database : redis + " + " + database;
    }

    private static String count(double value) {
        return value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }

    static String time(double nanos) {
        if (Double.isNaN(nanos)) {
            return "";
        }
        return nanos >= 1e6
                ? String.format(
                        Locale.ROOT, nanos >= 1e8 ? "%.0f ms" : nanos >= 1e7 ? "%.1f ms" : "%.2f ms", nanos / 1e6)
                : String.format(Locale.ROOT, nanos >= 1e5 ? "%.0f µs" : "%.1f µs", nanos / 1e3);
    }

    static String bytes(double bytes) {
        if (Double.isNaN(bytes)) {
            return "";
        }
        return bytes >= 10_000
                ? String.format(Locale.ROOT, "%.0f KB", bytes / 1000)
                : bytes >= 1000
                        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1000)
                        : String.format(Locale.ROOT, "%.0f B", bytes);
    }
}
