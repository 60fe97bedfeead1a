package dev.dorm.cache.internal.io;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Reads dates and times in the form in which {@code java.time} prints those of the years 0 to 9999, in a fraction of the
 * time that its formatters take. Whatever is in any other form, or wrong, is left to them.
 */
public final class Iso {

    private static final long SECONDS_A_DAY = 86_400;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    private static final int DATE = "yyyy-MM-dd".length();
    /** An instant is never printed without its seconds, and not read without them. */
    private static final int SECONDS = "yyyy-MM-ddTHH:mm:ss".length();

    private static final int NANOS = 9;

    private Iso() {}

    public static LocalDate date(String text) {
        return hasDate(text, DATE) ? dateOf(text) : LocalDate.parse(text);
    }

    public static LocalTime time(String text) {
        long nanos = nanos(text, 0, text.length());
        return nanos < 0 ? LocalTime.parse(text) : LocalTime.ofNanoOfDay(nanos);
    }

    public static LocalDateTime dateTime(String text) {
        long nanos = hasDate(text, text.length()) && at(text, DATE, 'T') ? nanos(text, DATE + 1, text.length()) : -1;
        return nanos < 0 ? LocalDateTime.parse(text) : LocalDateTime.of(dateOf(text), LocalTime.ofNanoOfDay(nanos));
    }

    public static Instant instant(String text) {
        int end = text.length() - 1;
        long nanos = hasDate(text, text.length()) && at(text, DATE, 'T') && at(text, end, 'Z') && end >= SECONDS
                ? nanos(text, DATE + 1, end)
                : -1;
        return nanos < 0
                ? Instant.parse(text)
                : Instant.ofEpochSecond(
                        dateOf(text).toEpochDay() * SECONDS_A_DAY + nanos / NANOS_A_SECOND, nanos % NANOS_A_SECOND);
    }

    private static boolean at(String text, int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    private static boolean hasDate(String text, int length) {
        return text.length() == length
                && length >= DATE
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && number(text, 0, 4) >= 0
                && number(text, 5, 7) >= 0
                && number(text, 8, DATE) >= 0;
    }

    /** Throws, as a formatter does, for a day that the month has not. */
    private static LocalDate dateOf(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE));
    }

    /** Returns the nanoseconds of the day, or -1. */
    private static long nanos(String text, int from, int to) {
        if (to - from < 5 || text.charAt(from + 2) != ':') {
            return -1;
        }
        int hours = number(text, from, from + 2);
        int minutes = number(text, from + 3, from + 5);
        int seconds = 0;
        int nanos = 0;
        if (to - from > 5) {
            if (to - from < 8 || text.charAt(from + 5) != ':') {
                return -1;
            }
            seconds = number(text, from + 6, from + 8);
            nanos = to - from == 8 ? 0 : fraction(text, from + 8, to);
        }
        return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || nanos < 0
                ? -1
                : (hours * 3_600L + minutes * 60L + seconds) * NANOS_A_SECOND + nanos;
    }

    private static int fraction(String text, int from, int to) {
        int digits = to - from - 1;
        if (text.charAt(from) != '.' || digits < 1 || digits > NANOS) {
            return -1;
        }
        int value = number(text, from + 1, to);
        for (int i = digits; i < NANOS && value > 0; i++) {
            value *= 10;
        }
        return value;
    }

    /** Returns the number that the digits say, or -1 when others stand there. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
