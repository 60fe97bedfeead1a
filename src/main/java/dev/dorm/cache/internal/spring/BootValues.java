package dev.dorm.cache.internal.spring;

import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Reads the values of settings whose names are the application's, which Spring Boot cannot convert by itself. */
final class BootValues {

    private BootValues() {}

    /** Returns a value as the library takes it: a time or a size may be written in each of Spring Boot's forms. */
    static Object of(String name, String value) {
        String plain = plain(name);
        if (plain.endsWith("location") || plain.contains("pass")) {
            return hidden(value);
        }
        if (value.matches("\\d+")) {
            return value;
        }
        try {
            if (plain.endsWith("ttl") || plain.endsWith("timeout")) {
                return DurationStyle.detectAndParse(value);
            }
            return plain.endsWith("maxentrysize")
                    ? (Object) DataSize.parse(value).toBytes()
                    : value;
        } catch (IllegalArgumentException | IllegalStateException e) {
            // What is no form of Spring Boot's may be one of the library's, which else says what is accepted.
            return value;
        }
    }

    /** Returns an option of Redisson's, which has forms of its own. */
    static Object option(String name, String value) {
        return plain(name).contains("pass") ? hidden(value) : value;
    }

    /** Returns a value that no log shows. */
    static Supplier<String> hidden(String value) {
        return () -> value;
    }

    /** Returns a value that no log shows, if there is one. */
    static @Nullable Supplier<String> hiddenIfGiven(@Nullable String value) {
        return value == null ? null : hidden(value);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }
}
