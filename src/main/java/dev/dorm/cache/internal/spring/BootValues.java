package dev.dorm.cache.internal.spring;

import java.util.Locale;
import org.springframework.boot.convert.DurationStyle;

/** Reads the values of settings whose names are the application's, which Spring Boot cannot convert by itself. */
final class BootValues {

    private BootValues() {}

    /** Returns a value as the library takes it: a time may be written in each of Spring Boot's forms. */
    static Object of(String name, String value) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (!plain.endsWith(".ttl") && !plain.endsWith(".timeout")) {
            return value;
        }
        try {
            return value.matches("\\d+") ? value : DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
