package dev.dorm.cache.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Searches files for the {@linkplain TestSecrets secrets of the tests}, and fails when it finds one. */
public final class LeakCheck {

    private final Map<String, String> forms = new LinkedHashMap<>();
    private final List<String> leaks = new ArrayList<>();
    private long files;
    private long lines;
    private long debug;

    LeakCheck() {
        for (String secret : TestSecrets.all()) {
            TestSecrets.forms(secret).forEach(form -> forms.put(form, secret.substring(0, 3) + "..."));
        }
    }

    /**
     * Searches.
     *
     * @param arguments files and directories; none of them must be empty of lines at DEBUG
     * @throws IOException when a file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        LeakCheck check = new LeakCheck();
        for (String argument : arguments) {
            check.search(Path.of(argument));
        }
        System.out.printf(
                "Secrets: %,d forms of %d secrets, sought in %,d lines (%,d of them of DEBUG or TRACE) of %,d files: %d"
                        + " leaks%n",
                check.forms.size(),
                TestSecrets.all().size(),
                check.lines,
                check.debug,
                check.files,
                check.leaks.size());
        check.leaks.stream().limit(50).forEach(System.out::println);
        if (!check.leaks.isEmpty()) {
            throw new IllegalStateException("Key material is in the logs");
        }
        if (check.debug == 0) {
            throw new IllegalStateException("Nothing was logged at DEBUG: say -Ddorm.log=debug");
        }
    }

    void search(Path place) throws IOException {
        try (Stream<Path> found = Files.walk(place)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                searchFile(file);
            }
        }
    }

    private void searchFile(Path file) throws IOException {
        files++;
        long number = 0;
        // Bytes as they are: a log may hold what is no text.
        try (BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                searchLine(file, number, line);
            }
        }
        lines += number;
    }

    private void searchLine(Path file, long number, String line) {
        if (line.contains(" DEBUG ") || line.contains(" TRACE ")) {
            debug++;
        }
        forms.forEach((form, secret) -> {
            if (line.contains(form)) {
                leaks.add(file + ":" + number + " tells '" + secret + "': "
                        + line.substring(0, Math.min(line.length(), 200)));
            }
        });
    }

    List<String> leaks() {
        return List.copyOf(leaks);
    }
}
