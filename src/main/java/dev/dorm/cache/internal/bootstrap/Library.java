package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.SettingException;
import java.security.CodeSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A library that this one calls, and the oldest version of it that works. An older one on the class path, which another
 * library or a parent POM has chosen, is told of at the start by its name, and not by the method that it lacks.
 *
 * @param artifact its coordinates
 * @param type a class that only its jar has
 * @param least the oldest version that works
 */
record Library(String artifact, String type, String least) {

    /** What every backend needs. */
    static final List<Library> ALWAYS = List.of(
            new Library("com.fasterxml.jackson.core:jackson-core", "com.fasterxml.jackson.core.JsonFactory", "2.16.0"),
            new Library(
                    "com.fasterxml.jackson.core:jackson-databind",
                    "com.fasterxml.jackson.databind.ObjectMapper",
                    "2.16.0"));

    /** What Redis needs. */
    static final List<Library> OF_REDIS =
            List.of(new Library("org.redisson:redisson", "org.redisson.Redisson", "4.0.0"));

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern IN_THE_NAME = Pattern.compile("-(\\d+(?:\\.\\d+)+[^/]*)\\.jar");

    /** Checks some libraries; one that is absent is told of by whoever needs it. */
    static void check(List<Library> libraries) {
        libraries.forEach(Library::check);
    }

    private void check() {
        Class<?> found = load();
        String version = found == null ? null : version(found);
        if (found != null && version != null && isOlder(version, least)) {
            throw new SettingException(
                    "%s is too old: %s was found in %s, and %s or newer is needed. Often a parent POM or a platform has chosen it: set the version there"
                            .formatted(artifact, version, place(found), least));
        }
    }

    private @Nullable Class<?> load() {
        try {
            return Class.forName(type, false, Library.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    /** Returns the version that its manifest tells, or its name; null when neither does. */
    private static @Nullable String version(Class<?> type) {
        Package of = type.getPackage();
        String told = of == null ? null : of.getImplementationVersion();
        Matcher name = IN_THE_NAME.matcher(place(type));
        return told != null ? told : name.find() ? name.group(1) : null;
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? "an unknown place" : String.valueOf(source.getLocation());
    }

    /** Compares the numbers of two versions, one by one. */
    static boolean isOlder(String version, String than) {
        Matcher mine = NUMBER.matcher(version);
        Matcher other = NUMBER.matcher(than);
        while (other.find()) {
            long number = mine.find() ? Long.parseLong(mine.group()) : 0;
            long least = Long.parseLong(other.group());
            if (number != least) {
                return number < least;
            }
        }
        return false;
    }
}
