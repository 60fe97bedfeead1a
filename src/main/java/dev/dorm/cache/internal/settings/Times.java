package dev.dorm.cache.internal.settings;

import dev.dorm.cache.SettingException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes times as settings and region names have them. */
public final class Times {

    public static final String ACCEPTED = "seconds, or a number with ms, s, m or h, such as 60s";

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    private Times() {}

    static Duration parse(String setting, Object value) {
        if (value instanceof Duration duration && !duration.isNegative()) {
            return duration;
        }
        Duration time = parseOrNull(value.toString().trim());
        if (time == null) {
            throw SettingException.of(setting, value, ACCEPTED);
        }
        return time;
    }

    public static @Nullable Duration parseOrNull(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long n = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofSeconds(n);
        };
    }

    public static String format(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
