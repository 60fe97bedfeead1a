package dev.dorm.cache.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.DormCache;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.hibernate.SessionFactory;

/**
 * The classes that this thread makes the JVM define, by name, as the JVM's own event tells them: no class loader is
 * overlooked. Those that the JVM generates for its method handles and reflection have no file and no name anybody could
 * write down, and are left out.
 */
public final class LoadedClasses implements AutoCloseable {

    private final Recording recording = new Recording();
    private final long thread = Thread.currentThread().getId();

    private LoadedClasses() {
        recording.enable("jdk.ClassDefine").withoutThreshold().withoutStackTrace();
        recording.start();
    }

    /**
     * Loads, without running anything of them, the classes that decoding is made of, so that one that is loaded later
     * was asked for by something else: the JDK's base and SQL modules, Jackson, Caffeine, Hibernate's types, and the library. What
     * {@code java.base} has is loaded in every JVM that gets around, and is harmless to load.
     *
     * @throws IOException when a jar cannot be read
     */
    public static void beforehand() throws IOException {
        for (String module : List.of("java.base", "java.sql")) {
            try (ModuleReader reader =
                    ModuleFinder.ofSystem().find(module).orElseThrow().open()) {
                reader.list().forEach(file -> load(file, ""));
            }
        }
        for (Class<?> member :
                List.of(JsonFactory.class, ObjectMapper.class, SmileFactory.class, Caffeine.class, DormCache.class)) {
            loadNeighbours(member, "");
        }
        loadNeighbours(SessionFactory.class, "org/hibernate/type/");
        loadNeighbours(SessionFactory.class, "org/hibernate/cache/");
        loadNeighbours(SessionFactory.class, "org/hibernate/internal/util/");
    }

    private static void loadNeighbours(Class<?> member, String prefix) throws IOException {
        Path place = Path.of(URI.create(
                member.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                files.forEach(file -> load(place.relativize(file).toString(), prefix));
            }
            return;
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            jar.stream().forEach(entry -> load(entry.getName(), prefix));
        }
    }

    private static void load(String file, String prefix) {
        if (file.startsWith(prefix) && file.endsWith(".class") && !file.contains("module-info")) {
            try {
                Class.forName(
                        file.substring(0, file.length() - ".class".length()).replace('/', '.'),
                        false,
                        LoadedClasses.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                // It needs something optional that is not here, so that nobody can load it.
            }
        }
    }

    /**
     * Begins to watch.
     *
     * @return what is loaded from now on
     */
    public static LoadedClasses fromNowOn() {
        return new LoadedClasses();
    }

    /**
     * Ends, and returns what was loaded.
     *
     * @return the classes' names
     * @throws IOException when the recording cannot be read
     */
    public Set<String> names() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("loaded", ".jfr");
        try {
            recording.dump(file);
            Set<String> names = new TreeSet<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                String name = event.getClass("definedClass").getName();
                boolean mine = event.getThread() != null && event.getThread().getJavaThreadId() == thread;
                if (mine && !generated(name)) {
                    names.add(name);
                }
            }
            return names;
        } finally {
            Files.delete(file);
        }
    }

    private static boolean generated(String name) {
        return name.contains("LambdaForm$")
                || name.contains("$$Lambda")
                || name.startsWith("jdk.jfr.")
                || name.contains("jdk.internal.reflect.Generated")
                || name.contains("java.lang.invoke.BoundMethodHandle$Species");
    }

    @Override
    public void close() {
        recording.close();
    }
}
