package dev.dorm.cache.simulation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The library and its tests once more, with one source that lacks a rule. Everything else is shared. */
public final class MutatedLibrary extends URLClassLoader {

    private static final String OWN = "dev.dorm.cache.";
    private static final String SCRIPTS = "dev/dorm/cache/internal/redis/command";
    private static final Path SOURCES = Path.of("src/main/java/dev/dorm/cache");
    private static final String LUA = "lua:";

    private MutatedLibrary(List<URL> places) {
        super(places.toArray(URL[]::new), MutatedLibrary.class.getClassLoader());
    }

    /** Compiles a source without its rule, and loads everything of this project anew. */
    public static MutatedLibrary without(Mutant mutant, Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Mutant.Edit edit : mutant.edits()) {
            Path file = source(edit.file());
            String text = texts.containsKey(file) ? texts.get(file) : Files.readString(file);
            if (edit.with().isEmpty() || !text.contains(edit.with())) {
                throw new AssertionError(
                        "the rule '" + mutant.rule() + "' is not in " + file + " as it was: adjust the mutant");
            }
            int at = text.indexOf(edit.with());
            texts.put(
                    file,
                    text.substring(0, at)
                            + edit.without()
                            + text.substring(at + edit.with().length()));
        }
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<Path, String> changed : texts.entrySet()) {
            boolean script = changed.getKey().toString().endsWith(".lua");
            Path place = Files.createDirectories(script ? classes.resolve(SCRIPTS) : work.resolve("src"));
            Path written = Files.writeString(place.resolve(changed.getKey().getFileName()), changed.getValue());
            if (!script) {
                sources.add(written);
            }
        }
        if (!sources.isEmpty()) {
            compile(sources, classes);
        }
        List<URL> places = new ArrayList<>();
        places.add(classes.toUri().toURL());
        places.addAll(own());
        return new MutatedLibrary(places);
    }

    /** A file of {@code internal}, of another package with a colon, {@code backend:Step}, or a script, {@code lua:put_rows}. */
    private static Path source(String file) {
        if (file.startsWith(LUA)) {
            return Path.of("src/main/resources", SCRIPTS, file.substring(LUA.length()) + ".lua");
        }
        int colon = file.indexOf(':');
        return colon < 0
                ? SOURCES.resolve("internal").resolve(file + ".java")
                : SOURCES.resolve(file.substring(0, colon)).resolve(file.substring(colon + 1) + ".java");
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-Xlint:none", "-d", classes.toString(), "-classpath", classPath());
            if (!compiler.getTask(problems, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new AssertionError(problems.toString());
            }
        }
    }

    private static String classPath() {
        String given = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringBuilder path = new StringBuilder();
        own().forEach(url -> path.append(Path.of(URI.create(url.toString()))).append(File.pathSeparator));
        ClassLoader loader = MutatedLibrary.class.getClassLoader();
        if (loader instanceof URLClassLoader urls) {
            Stream.of(urls.getURLs()).forEach(url -> path.append(Path.of(URI.create(url.toString())))
                    .append(File.pathSeparator));
        }
        return path.append(given).toString();
    }

    /** Where the library's classes and those of its tests are. */
    private static List<URL> own() {
        return Stream.of(dev.dorm.cache.backend.Backend.class, MutatedLibrary.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .distinct()
                .toList();
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = name.startsWith(OWN) ? findClass(name) : super.loadClass(name, false);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }
}
