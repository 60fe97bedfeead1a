package dev.dorm.cache.internal.io;

import dev.dorm.cache.backend.BackendSettings;
import java.util.Locale;

/** How a body is written: the setting {@code format}. */
public enum Format {
    /** JSON, readable with {@code redis-cli}; the default. */
    JSON,
    /** Smile, smaller; needs {@code jackson-dataformat-smile} on the class path. */
    SMILE;

    /**
     * Parses the setting.
     *
     * @param value {@code json} or {@code smile}
     * @return the format
     * @throws IllegalArgumentException for anything else
     */
    public static Format of(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "json" -> JSON;
            case "smile" -> SMILE;
            default ->
                throw new IllegalArgumentException(
                        BackendSettings.refusal(BackendSettings.PREFIX + "format", value, "json or smile"));
        };
    }
}
