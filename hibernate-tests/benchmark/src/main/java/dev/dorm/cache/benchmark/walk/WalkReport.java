package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dorm.cache.benchmark.Servers;
import dev.dorm.cache.benchmark.Table;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Fills in the page, {@code walk.md}, and writes the numbers of each round beside it. */
final class WalkReport {

    private final Servers servers;
    private final int rounds;
    private final List<Course> cold;
    private final List<Course> warm;
    private final int requests;

    WalkReport(Servers servers, int rounds, List<Course> cold, List<Course> warm, int requests) {
        this.servers = servers;
        this.rounds = rounds;
        this.cold = cold;
        this.warm = warm;
        this.requests = requests;
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("walk.md"), text());
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        cold.forEach(course -> put(root, "cold", course));
        warm.forEach(course -> put(root, "warm", course));
        Files.writeString(directory.resolve("walk.json"), mapper.writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode root, String name, Course course) {
        ObjectNode node = root.putObject(name + ", " + course.title() + ", " + course.nodes);
        // One line of text each, so that a diff of two runs can be read.
        course.measured.forEach((what, values) -> node.put(
                what,
                values.stream()
                        .map(value -> String.format(Locale.ROOT, "%.4g", value))
                        .collect(Collectors.joining(" "))));
    }

    private String text() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(WalkReport.class.getResourceAsStream("/walk.md"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return text.replace("{{rounds}}", rounds == 1 ? "one round" : "the medians of " + rounds + " rounds")
                .replace("{{date}}", LocalDate.now(ZoneOffset.UTC).toString())
                .replace("{{cores}}", "" + Runtime.getRuntime().availableProcessors())
                .replace("{{java}}", System.getProperty("java.version"))
                .replace("{{servers}}", servers.versions())
                .replace(
                        "{{load}}",
                        String.format(
                                Locale.ROOT,
                                "%.0f",
                                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()))
                .replace("{{nearMicros}}", String.format(Locale.ROOT, "%.0f", servers.nearMicros()))
                .replace("{{requests}}", String.format(Locale.ROOT, "%,d", requests))
                .replace("{{cold}}", coldTable())
                .replace("{{spent}}", spentTable())
                .replace("{{warm1}}", warmTable(1))
                .replace("{{warm2}}", warmTable(2))
                .replace("{{waited}}", waitedTable())
                .replace("{{warmStale}}", warmStale());
    }

    private String coldTable() {
        return Table.of(
                List.of(
                        "",
                        "nodes",
                        "walk",
                        "0.5 ms away",
                        "SQL statements",
                        "round trips to Redis + to PostgreSQL",
                        "stale answers"),
                cold.stream()
                        .map(course -> List.of(
                                course.title(),
                                "" + course.nodes,
                                number(course.median("walk"), "%.1f s"),
                                number(course.median("far"), "%.1f s"),
                                number(course.median("statements"), "%,.0f"),
                                number(course.median("trips"), "%,.0f") + " + "
                                        + number(course.median("databaseTrips"), "%,.0f"),
                                number(course.median("stale"), "%,.0f"))));
    }

    private String spentTable() {
        return Table.of(
                List.of(
                        "",
                        "nodes",
                        "start",
                        "classes at the start",
                        "in the walk",
                        "processor",
                        "compiler",
                        "requests",
                        "client",
                        "calls",
                        "settlements"),
                cold.stream()
                        .map(course -> List.of(
                                course.title(),
                                "" + course.nodes,
                                number(course.median("start"), "%.1f s"),
                                number(course.median("startClasses"), "%,.0f"),
                                number(course.median("classes"), "%,.0f"),
                                seconds(course, "processor"),
                                seconds(course, "ofCompiler"),
                                seconds(course, "ofRequests"),
                                seconds(course, "ofCache"),
                                number(course.median("calls"), "%,.0f"),
                                number(course.median("settlements"), "%,.0f"))));
    }

    private static String seconds(Course course, String name) {
        return number(course.median(name) / 1e3, "%.1f s");
    }

    private String warmTable(int nodes) {
        return warmTable(nodes, (course, kind) -> number(course.median(kind + " " + nodes), "%.2f"));
    }

    private String waitedTable() {
        return warmTable(2, (course, kind) -> {
            String statements = number(course.median("statements " + kind + " 2"), "%.1f");
            return course.subject.ours()
                    ? statements + " + " + number(course.median("calls " + kind + " 2"), "%.1f")
                    : statements;
        });
    }

    private String warmTable(int nodes, BiFunction<Course, WarmRequest, String> show) {
        List<String> head = new ArrayList<>(List.of(""));
        Arrays.stream(WarmRequest.values()).map(WarmRequest::title).forEach(head::add);
        return Table.of(
                head, warm.stream().filter(course -> course.nodes >= nodes).map(course -> {
                    List<String> row = new ArrayList<>(List.of(course.title()));
                    Arrays.stream(WarmRequest.values())
                            .map(kind -> show.apply(course, kind))
                            .forEach(row::add);
                    return row;
                }));
    }

    /** Says how many answers of each were stale while all was warm. */
    private String warmStale() {
        return warm.stream()
                .filter(course -> course.median("warmStale") > 0)
                .map(course -> course.title() + " " + number(course.median("warmStale"), "%,.0f"))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), stale -> stale.isEmpty() ? "none" : stale));
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
