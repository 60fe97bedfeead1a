package dev.dorm.cache.testing;

import java.util.Optional;

/** A setting of the test run: a system property, or else an environment variable, of one name. */
final class TestSetting {

    private TestSetting() {}

    static Optional<String> of(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .filter(value -> !value.isBlank());
    }
}
