package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.ClassPath;
import dev.dorm.cache.testing.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The oldest libraries that are promised to work do, and an older one is told of by its name, its version and its jar. */
class OlderLibrariesIT {

    private static final String SERVED = "served from the cache: Emma";

    /** Where the build has copied their jars to. */
    private static final Path JARS = Path.of(System.getProperty("dorm.older.libraries", "target/older-libraries"));

    @Test
    void theOldestRedissonWorks() throws IOException, InterruptedException {
        assertThat(onRedis("redisson-4.0.0")).contains(SERVED);
    }

    /** Spring Boot 3 chooses Netty 4.1, though Redisson is made for 4.2. */
    @Test
    void theOldestNettyWorks() throws IOException, InterruptedException {
        assertThat(onRedis("netty-.*-4.1.118.Final")).contains(SERVED);
    }

    @Test
    void theOldestJacksonWorks() throws IOException, InterruptedException {
        assertThat(onRedis("jackson-.*-2.16.0")).contains(SERVED);
    }

    @Test
    void anOlderRedissonIsNamed() throws IOException, InterruptedException {
        assertThat(onRedis("redisson-3.52.0"))
                .doesNotContain(SERVED)
                .contains(
                        "org.redisson:redisson is too old: 3.52.0 was found in ",
                        "redisson-3.52.0.jar, and 4.0.0 or newer");
    }

    @Test
    void anOlderJacksonIsNamed() throws IOException, InterruptedException {
        assertThat(onRedis("jackson-core-2.15.4"))
                .doesNotContain(SERVED)
                .contains(
                        "com.fasterxml.jackson.core:jackson-core is too old: 2.15.4 was found in ",
                        "jackson-core-2.15.4.jar, and 2.16.0 or newer");
    }

    /** Runs an application in a JVM whose class path has other jars of some libraries, and returns what it prints. */
    private static String onRedis(String jars) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(older(jars)),
                        AbsentLibrariesIT.class.getName(),
                        DormSettings.BACKEND,
                        "redis",
                        DormSettings.LOCATION,
                        RedisServer.shared().url(),
                        DormSettings.NEAR,
                        "all")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static List<Path> older(String jars) throws IOException {
        try (Stream<Path> files = Files.list(JARS)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(jars + "\\.jar"))
                    .toList();
            assertThat(found).as("%s in %s", jars, JARS.toAbsolutePath()).isNotEmpty();
            return found;
        }
    }

    private static String classPath(List<Path> older) {
        List<String> entries = new ArrayList<>();
        older.forEach(jar -> entries.add(jar.toString()));
        Arrays.stream(ClassPath.ofThisJvm().split(File.pathSeparator, -1))
                .filter(entry -> older.stream().noneMatch(jar -> artifact(jar).equals(artifact(Path.of(entry)))))
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    private static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*", "");
    }
}
