package dev.dorm.cache.differential;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Programs that once read something wrong. */
final class KeptPrograms {

    private static final String SUFFIX = ".txt";

    private KeptPrograms() {}

    /** The programs by the names of their files. */
    static Map<String, Program> all() throws IOException {
        URL place = KeptPrograms.class.getResource("/differential");
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(place.toURI()))) {
            files = found.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Program> programs = new TreeMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            programs.put(name.substring(0, name.length() - SUFFIX.length()), Programs.parse(Files.readString(file)));
        }
        return programs;
    }
}
