package dev.dorm.cache.backend.redis;

import dev.dorm.cache.backend.BackendSettings;

/** How the settings of an alias are called in messages. */
record SettingName(String alias) {

    private static final String PREFIX = "hibernate.cache.dorm.";

    /** Returns the full name of a setting. */
    String of(String name) {
        return alias.equals(BackendSettings.DEFAULT_ALIAS) ? PREFIX + name : PREFIX + "caches." + alias + "." + name;
    }

    /** Returns the complaint about a value. */
    IllegalArgumentException refused(String name, String value, String why) {
        return new IllegalArgumentException("setting " + of(name) + " = " + value + ": " + why);
    }
}
