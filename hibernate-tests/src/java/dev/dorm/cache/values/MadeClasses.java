package dev.dorm.cache.values;

import jakarta.persistence.Entity;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hibernate.type.SqlTypes;

/** Classes that are compiled in memory, and loaded beside those of the tests. */
final class MadeClasses extends ClassLoader {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** Keeps what it has read of the class path. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private final Map<String, byte[]> bytes;

    private MadeClasses(Map<String, byte[]> bytes) {
        super(MadeClasses.class.getClassLoader());
        this.bytes = bytes;
    }

    static MadeClasses compile(String name, String source) {
        Map<String, ByteArrayOutputStream> written = new HashMap<>();
        StringWriter problems = new StringWriter();
        boolean compiled = COMPILER.getTask(
                        problems,
                        new InMemory(FILES, written),
                        null,
                        List.of("-proc:none", "-Xlint:none", "-nowarn", "-parameters", "-classpath", classPath()),
                        null,
                        List.of(new Source(name, source)))
                .call();
        if (!compiled) {
            throw new AssertionError(problems + "\n" + source);
        }
        Map<String, byte[]> bytes = new HashMap<>();
        written.forEach((each, out) -> bytes.put(each, out.toByteArray()));
        return new MadeClasses(bytes);
    }

    /** Where this JVM itself has the classes from, which it need not have from its class path. */
    private static String classPath() {
        return Stream.of(Samples.class, Entity.class, SqlTypes.class)
                .map(type -> URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .map(uri -> Path.of(uri).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] found = bytes.get(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, found, 0, found.length);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> written) {
            super(files);
            this.written = written;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
