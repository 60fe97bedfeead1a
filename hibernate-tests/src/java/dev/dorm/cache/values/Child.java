package dev.dorm.cache.values;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** A {@link ValuesProcess} that was started, and how to talk with it. */
final class Child implements AutoCloseable {

    private final String zone;
    private final Process process;
    private final Path printed;
    private final PrintStream to;
    private final BufferedReader from;

    private Child(String zone, Process process, Path printed) {
        this.zone = zone;
        this.printed = printed;
        this.process = process;
        this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Child start(String zone, String language, String country, String location, String prefix) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Duser.timezone=" + zone,
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Dorg.jboss.logging.provider=slf4j",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Ddorm.values.location=" + location,
                "-Ddorm.values.prefix=" + prefix,
                ValuesProcess.class.getName());
        try {
            Path printed = Files.createTempFile("dorm-values-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(printed.toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            return new Child(zone, builder.start(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it do something, and returns what it answers. */
    String ask(String what) {
        to.println(what);
        try {
            String line = from.readLine();
            if (line == null || !line.startsWith(ValuesProcess.ANSWER)) {
                throw new IllegalStateException(
                        zone + " has ended, or says " + line + "\n" + Files.readString(printed));
            }
            return line.substring(ValuesProcess.ANSWER.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        FileUtils.deleteQuietly(printed.toFile());
    }

    @Override
    public String toString() {
        return zone;
    }
}
