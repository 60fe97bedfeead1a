package dev.dorm.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Hibernate that lays out query results in a way that is not known fails when the session factory is built: its JVM has
 * such a class before Hibernate's own.
 */
class UnknownHibernateIT {

    private static final String READY = "the session factory is closed: ";
    private static final String METADATA =
            """
            package org.hibernate.sql.results.jdbc.internal;
            public final class CachedJdbcValuesMetadata {
                private String[] columnNames;
                private org.hibernate.type.BasicType<?>[] types;
                private boolean[] nullable;
            }
            """;

    @TempDir
    Path shadow;

    @Test
    void failsAtStartUpAndSaysWhatIsNotKnown() throws IOException, InterruptedException {
        Path source = shadow.resolve("CachedJdbcValuesMetadata.java");
        Files.writeString(source, METADATA, UTF_8);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath(), "-d", shadow.toString(), source.toString());
        assertThat(status).isZero();
        assertThat(run(shadow + File.pathSeparator + classPath()))
                .contains(
                        "is not one this library knows: org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata",
                        "nullable",
                        "supported are 6.6 to 7.4")
                .doesNotContain(READY);
        assertThat(run(classPath())).contains(READY);
    }

    private static String run(String classPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        UnknownHibernateIT.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    /** A launcher may load the tests itself, or hide their class path in a jar's manifest. */
    private static String classPath() {
        return UnknownHibernateIT.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /**
     * The application: builds a session factory, and says so.
     *
     * @param arguments none
     */
    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String... arguments) {
        try (CachedFactory factory =
                CachedFactory.on(CacheBackend.LOCMEM, Book.class).build()) {
            System.out.println(READY + factory.get().isClosed());
        }
    }
}
