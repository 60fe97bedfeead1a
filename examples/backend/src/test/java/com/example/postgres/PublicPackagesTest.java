package com.example.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example needs nothing of the library but its two public packages, and stays small. */
class PublicPackagesTest {

    private static final Pattern NAMED = Pattern.compile("\\bdev\\.dorm\\.cache(?:\\.[a-z]\\w*)*(?=\\.[A-Z])");
    private static final int MOST_LINES = 400;

    @Test
    void onlyPublicPackagesAreNamed() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path source : sources("src")) {
            Matcher matcher = NAMED.matcher(Files.readString(source));
            while (matcher.find()) {
                named.add(matcher.group());
            }
        }
        assertTrue(named.contains("dev.dorm.cache.backend"));
        named.removeAll(Set.of("dev.dorm.cache", "dev.dorm.cache.backend"));
        assertEquals(Set.of(), named);
    }

    @Test
    void aBackendTakesFewLines() throws IOException {
        long lines = 0;
        for (Path source : sources("src/main/java")) {
            lines += Files.readAllLines(source).size();
        }
        assertTrue(lines <= MOST_LINES, lines + " lines");
    }

    private static List<Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
