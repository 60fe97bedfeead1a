package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.RedisServer;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;

/** What an application does not use it need not have: its own JVM runs without the library. */
class AbsentLibrariesIT {

    private static final String SERVED = "served from the cache: Emma";

    @Test
    void withoutRedissonLocmemWorks() throws IOException, InterruptedException {
        assertThat(runWithout("redisson")).contains(SERVED);
    }

    @Test
    void withoutRedissonChoosingRedisSaysWhatToAdd() throws IOException, InterruptedException {
        assertThat(runWithout("redisson", DormSettings.BACKEND, "redis", DormSettings.LOCATION, "redis://localhost"))
                .doesNotContain(SERVED)
                .contains("Setting hibernate.cache.dorm.backend: 'redis' needs a library", "org.redisson:redisson");
    }

    /** Redisson brings the JCache API, by which Spring Boot and Hibernate would take it for a JCache provider. */
    @Test
    void withoutTheJCacheApiRedisWorks() throws IOException, InterruptedException {
        assertThat(runWithout(
                        "cache-api", DormSettings.LOCATION, RedisServer.shared().url()))
                .contains(SERVED)
                .doesNotContain("NoClassDefFoundError", "javax.cache");
    }

    @Test
    void withoutMicrometerAllButTheMetersWorks() throws IOException, InterruptedException {
        assertThat(runWithout("micrometer")).contains(SERVED).doesNotContain("NoClassDefFoundError");
    }

    @Test
    void withoutSmileJsonWorks() throws IOException, InterruptedException {
        assertThat(runWithout("jackson-dataformat-smile", DormSettings.FORMAT, "json"))
                .contains(SERVED);
    }

    @Test
    void withoutSmileChoosingItSaysWhatToAdd() throws IOException, InterruptedException {
        assertThat(runWithout("jackson-dataformat-smile", DormSettings.FORMAT, "smile"))
                .doesNotContain(SERVED)
                .contains("hibernate.cache.dorm.format", "com.fasterxml.jackson.dataformat:jackson-dataformat-smile");
    }

    @Test
    void withSmileItWorks() throws IOException, InterruptedException {
        assertThat(runWithout("no such library", DormSettings.FORMAT, "smile")).contains(SERVED);
    }

    /** Runs {@link #main} in a JVM whose class path lacks a library, and returns what it prints. */
    private static String runWithout(String library, String... settings) throws IOException, InterruptedException {
        String less = classPath()
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(library))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                less,
                AbsentLibrariesIT.class.getName());
        java.command().addAll(Arrays.asList(settings));
        Process process = java.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** A launcher may load the tests itself, or hide their class path in a jar's manifest. */
    private static Stream<String> classPath() {
        if (AbsentLibrariesIT.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath);
        }
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator, -1));
    }

    /**
     * The application: caches a book, and says whether it was served from there.
     *
     * @param settings names and values
     */
    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String... settings) {
        CachedFactory.Builder builder =
                CachedFactory.on(CacheBackend.LOCMEM, Book.class).cacheAll(AccessType.READ_WRITE);
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        try (CachedFactory factory = builder.build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            factory.statements().clear();
            Book book = factory.fromTransaction(session -> session.find(Book.class, 1L));
            String from = factory.statements().all().isEmpty() ? "the cache" : "the database";
            System.out.println("served from " + from + ": " + book.title());
        }
    }
}
