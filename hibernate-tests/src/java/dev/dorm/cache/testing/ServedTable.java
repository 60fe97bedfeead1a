package dev.dorm.cache.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many tests ran against each server, and which rung served it, over one JVM or all JVMs of a build. */
public final class ServedTable {

    private static final String FILE = UUID.randomUUID() + ".served";
    private static final String ANY = "*";

    private record Line(String server, String kind, String value) {
        static Line parse(String line) {
            String[] parts = line.split("\t", 3);
            return new Line(parts[0], parts[1], parts[2]);
        }

        @Override
        public String toString() {
            return String.join("\t", server, kind, value);
        }
    }

    private final Set<Line> lines;

    private ServedTable(Set<Line> lines) {
        this.lines = lines;
    }

    static ServedTable of(ServedAccount account) {
        Set<Line> lines = new LinkedHashSet<>();
        account.finished().forEach(test -> lines.add(new Line(ANY, "test", test)));
        for (Served served : Served.values()) {
            account.testsOf(served).forEach(test -> lines.add(new Line(served.title(), "test", test)));
            account.rungs(served).forEach(rung -> lines.add(new Line(served.title(), "rung", rung)));
        }
        return new ServedTable(lines);
    }

    /**
     * Prints the table of a build.
     *
     * @param args the directory to which the build's JVMs wrote; it may be missing, when no test ran
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        if (Files.isDirectory(directory)) {
            System.out.print(readFrom(directory));
        }
    }

    static ServedTable readFrom(Path directory) throws IOException {
        Set<Line> lines = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream().map(Line::parse).forEach(lines::add);
            }
        }
        return new ServedTable(lines);
    }

    /** Writes to this JVM's file in the directory, over what it wrote before. */
    void writeTo(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.write(
                    directory.resolve(FILE), lines.stream().map(Line::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isEmpty() {
        return lines.stream().allMatch(line -> line.server().equals(ANY));
    }

    @Override
    public String toString() {
        List<String> rows = new ArrayList<>();
        rows.add("Tests that ran: %d, and of these against".formatted(tests(ANY)));
        for (Served served : Served.values()) {
            String title = served.title();
            rows.add("  %-10s %6d   %s".formatted(title, tests(title), rungs(title)));
        }
        return String.join("\n", rows) + "\n";
    }

    private long tests(String server) {
        return of(server, "test").count();
    }

    private String rungs(String server) {
        return of(server, "rung").map(Line::value).distinct().collect(Collectors.joining("; "));
    }

    private Stream<Line> of(String server, String kind) {
        return lines.stream()
                .filter(line -> line.server().equals(server) && line.kind().equals(kind));
    }
}
