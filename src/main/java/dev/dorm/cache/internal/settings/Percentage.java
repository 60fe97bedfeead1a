package dev.dorm.cache.internal.settings;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.internal.lifetime.Lifetime;
import org.jspecify.annotations.Nullable;

/** By how many percent an entry may live shorter than the time to live. */
public final class TtlJitter {

    private TtlJitter() {}

    /** Returns what a value says; null, when nothing is set, the default. */
    public static int of(@Nullable String value) {
        if (value == null) {
            return Lifetime.DEFAULT_JITTER;
        }
        if (value.matches("\\d{1,2}%?")) {
            int percent = Integer.parseInt(value.replace("%", ""));
            if (percent <= Lifetime.MOST_JITTER) {
                return percent;
            }
        }
        throw SettingException.of(
                DormSettings.TTL_JITTER, value, "a percentage from 0% to " + Lifetime.MOST_JITTER + "%");
    }
}
