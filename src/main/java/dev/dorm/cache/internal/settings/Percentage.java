package dev.dorm.cache.internal.settings;

import dev.dorm.cache.SettingException;
import org.jspecify.annotations.Nullable;

/** A share of something, in whole percent. */
public final class Percentage {

    private Percentage() {}

    /**
     * Returns what a value says.
     *
     * @param setting whose value it is
     * @param value the value; null when nothing is set
     * @param otherwise what holds then
     * @param most the largest that is accepted
     */
    public static int of(String setting, @Nullable String value, int otherwise, int most) {
        if (value == null) {
            return otherwise;
        }
        if (value.matches("\\d{1,2}%?")) {
            int percent = Integer.parseInt(value.replace("%", ""));
            if (percent <= most) {
                return percent;
            }
        }
        throw SettingException.of(setting, value, "a percentage from 0% to " + most + "%");
    }
}
