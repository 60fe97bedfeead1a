package dev.dorm.cache.testing;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a JVM that a test starts is given to load. */
public final class ClassPath {

    private ClassPath() {}

    /**
     * Returns the class path of the tests: a launcher may load them itself, or hide their class path in a jar's
     * manifest.
     *
     * @return files and directories
     */
    public static String ofThisJvm() {
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
