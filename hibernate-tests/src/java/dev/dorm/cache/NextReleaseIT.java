package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.coherence.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two releases of an application over one store, while one replaces the other: the entity they share has changed. */
class NextReleaseIT {

    private static final String PERSON =
            """
            package app;
            import jakarta.persistence.*;
            @Entity @Cacheable
            public class Person {
                @Id public long id;
                %s
            }
            """;

    @TempDir
    Path directory;

    private URLClassLoader oldRelease;
    private URLClassLoader newRelease;

    @BeforeEach
    void compile() throws IOException {
        oldRelease = release("old", "public String name; public int born;");
        newRelease = release("new", "public String nick; public String born;");
    }

    @AfterEach
    void close() throws IOException {
        oldRelease.close();
        newRelease.close();
    }

    private URLClassLoader release(String name, String attributes) throws IOException {
        Path source = Files.createDirectories(directory.resolve(name)).resolve("Person.java");
        Files.write(source, PERSON.formatted(attributes).getBytes(UTF_8));
        String entity = jakarta.persistence.Entity.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        entity,
                        "-d",
                        source.getParent().toString(),
                        source.toString());
        assertThat(status).isZero();
        return new URLClassLoader(new URL[] {source.getParent().toUri().toURL()}, NextReleaseIT.class.getClassLoader());
    }

    private static <T> T in(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Class<?> person(ClassLoader loader) {
        try {
            return loader.loadClass("app.Person");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object attribute(Object person, String name) {
        try {
            return person.getClass().getField(name).get(person);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object read(CachedFactory factory, ClassLoader release, String attribute) {
        return factory.fromTransaction(session -> attribute(session.find(person(release), 1L), attribute));
    }

    private static void change(Session session, ClassLoader release, String attribute, Object value) {
        Object person = session.find(person(release), 1L);
        try {
            Field field = person.getClass().getField(attribute);
            field.set(person, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void neitherReadsTheEntriesOfTheOtherAndEachCachesAgain(CacheBackend backend) {
        CachedFactory before = in(oldRelease, () -> CachedFactory.on(backend, person(oldRelease))
                .cacheAll(AccessType.READ_WRITE)
                .build());
        CachedFactory after = in(newRelease, () -> before.another(person(newRelease))
                .cacheAll(AccessType.READ_WRITE)
                .build());
        try (before;
                after) {
            before.inTransaction(session -> session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("alter table Person add column nick varchar default 'Ada'");
                    statement.execute("insert into Person (id, name, born) values (1, 'Countess', 1815)");
                }
            }));
            assertThat(read(before, oldRelease, "born")).isEqualTo(1815);
            assertThat(before.get().getCache().contains(person(oldRelease), 1L)).isTrue();

            for (int pass = 0; pass < 2; pass++) {
                assertThat(read(after, newRelease, "born")).isEqualTo("1815");
                assertThat(read(after, newRelease, "nick")).isEqualTo("Ada");
            }
            assertThat(after.count(Counter.MISS_UNDECODABLE)).isPositive();
            Object served = assertThatCache(after).readsWithoutSql(session -> session.find(person(newRelease), 1L));
            assertThat(attribute(served, "nick")).isEqualTo("Ada");

            before.inTransaction(session -> change(session, oldRelease, "born", 1816));
            assertThat(read(after, newRelease, "born")).isEqualTo("1816");
            after.inTransaction(session -> change(session, newRelease, "born", "1817"));
            assertThat(read(before, oldRelease, "born")).isEqualTo(1817);
            assertThat(read(before, oldRelease, "name")).isEqualTo("Countess");
        }
    }
}
