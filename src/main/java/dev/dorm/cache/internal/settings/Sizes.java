package dev.dorm.cache.internal.settings;

import dev.dorm.cache.SettingException;
import dev.dorm.cache.internal.signing.Envelope;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes sizes of entries as settings have them. */
public final class Sizes {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final String ACCEPTED =
            "bytes, or a number with KiB or MiB, from 1 to " + format(Envelope.LONGEST_BODY);

    /** As Spring does, {@code KB} and {@code MB} mean the powers of two. */
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(?:([km])i?b)?");

    private Sizes() {}

    static int parse(String setting, Object value) {
        Matcher matcher = SIZE.matcher(value.toString().trim().toLowerCase(Locale.ROOT));
        long bytes = matcher.matches() ? Long.parseLong(matcher.group(1)) * unit(matcher.group(2)) : 0;
        if (bytes < 1 || bytes > Envelope.LONGEST_BODY) {
            throw SettingException.of(setting, value, ACCEPTED);
        }
        return (int) bytes;
    }

    private static long unit(@Nullable String letter) {
        return letter == null ? 1 : letter.equals("k") ? KIB : MIB;
    }

    public static String format(int bytes) {
        return bytes % MIB == 0 ? bytes / MIB + "MiB" : bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + " bytes";
    }
}
