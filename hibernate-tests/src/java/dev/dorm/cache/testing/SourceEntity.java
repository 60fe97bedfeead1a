package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Entity;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.hibernate.Session;

/** An entity that only the running Hibernate can be told of: the tests are compiled against an older one. */
public final class SourceEntity {

    /** What a test asks of an entity that it cannot name. */
    public interface Entry {

        /**
         * Returns the name.
         *
         * @return the name
         */
        String name();

        /**
         * Changes everything, and the name to this.
         *
         * @param to the new name
         */
        void change(String to);

        /**
         * Returns the collection.
         *
         * @return the tags
         */
        Set<String> tags();
    }

    private SourceEntity() {}

    /**
     * Compiles an entity's class against the running Hibernate, and lets this thread find it by its name.
     *
     * @param name its name, without a package
     * @param source its source
     * @return the class
     */
    public static Class<?> compile(String name, String source) {
        try {
            Path folder = Files.createTempDirectory("entity");
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-cp", classPath(), "-d", folder.toString(), file.toString());
            assertThat(result).as("the compiler's result").isZero();
            return load(name, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Stream.of(Entity.class, Session.class, SourceEntity.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Class<?> load(String name, Path folder) throws MalformedURLException {
        ClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, SourceEntity.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
