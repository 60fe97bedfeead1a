package dev.dorm.cache.internal.spring;

import java.util.Locale;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Reads the values of settings whose names are the application's, which Spring Boot cannot convert by itself. */
final class BootValues {

    private BootValues() {}

    /** Returns a value as the library takes it: a time or a size may be written in each of Spring Boot's forms. */
    static Object of(String name, String value) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
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
        } catch (IllegalArgumentException e) {
            // What is no form of Spring Boot's may be one of the library's, which else says what is accepted.
            return value;
        }
    }
}
