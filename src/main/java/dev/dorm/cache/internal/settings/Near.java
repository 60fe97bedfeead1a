package dev.dorm.cache.internal.settings;

import dev.dorm.cache.SettingException;
import java.util.Locale;
import org.hibernate.cache.spi.access.AccessType;

/** Which rows are kept in the near tier, and whether query results are. */
public enum Near {
    /** None. */
    OFF,
    /** Those that may be stale for a while anyway, or never change: NONSTRICT_READ_WRITE and READ_ONLY. */
    ON,
    /** Those of READ_WRITE too, and query results. */
    ALL;

    /** Parses a setting; {@code true} and {@code false} are other words for {@code on} and {@code off}. */
    static Near of(String setting, Object value) {
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "off", "false" -> OFF;
            case "on", "true" -> ON;
            case "all" -> ALL;
            default -> throw SettingException.of(setting, value, "off, on, or all");
        };
    }

    /** Returns whether rows of a strategy are kept. */
    public boolean includes(AccessType strategy) {
        return switch (strategy) {
            case READ_ONLY, NONSTRICT_READ_WRITE -> this != OFF;
            case READ_WRITE -> this == ALL;
            case TRANSACTIONAL -> false;
        };
    }

    /** Returns whether query results are kept. */
    public boolean includesResults() {
        return this == ALL;
    }
}
