package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Iso;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.type.LocalEncoding;
import java.io.IOException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/**
 * The date types from before {@code java.time}, as the moments they hold, whatever column they may be for: that of a date
 * or time without a zone has a {@linkplain LocalEncoding way of its own}.
 */
public final class DateCodecs {

    private static final String SETTINGS = "its zone, or another setting than its week, is its own";

    private DateCodecs() {}

    static void addTo(BiConsumer<Class<?>, ScalarCodec> codecs) {
        codecs.accept(
                Date.class,
                TextCodec.of(
                        "date",
                        Date.class,
                        date -> Instant.ofEpochMilli(date.getTime()).toString(),
                        text -> new Date(Iso.instant(text).toEpochMilli())));
        codecs.accept(
                Timestamp.class,
                TextCodec.of(
                        "timestamp",
                        Timestamp.class,
                        timestamp -> instant(timestamp).toString(),
                        text -> timestamp(Iso.instant(text))));
        codecs.accept(java.sql.Date.class, new Millis("sqldate", java.sql.Date.class, java.sql.Date::new));
        codecs.accept(Time.class, new Millis("sqltime", Time.class, Time::new));
        codecs.accept(Calendar.class, calendar());
        codecs.accept(GregorianCalendar.class, gregorian());
    }

    /** The proleptic instant of a timestamp; {@code Timestamp.toInstant} does the same. */
    static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }

    /** In a column of its own: the process that reads it says when a week begins. */
    private static ScalarCodec calendar() {
        return new TextCodec(
                "calendar",
                value -> value.getClass() == GregorianCalendar.class && isUsual((GregorianCalendar) value),
                value -> moment((GregorianCalendar) value),
                text -> calendar(text, text.length()),
                SETTINGS);
    }

    /** Anywhere else it says so itself: its serialized form does. */
    private static ScalarCodec gregorian() {
        return new TextCodec(
                "gregorian",
                value -> value.getClass() == GregorianCalendar.class && isPlain((GregorianCalendar) value),
                value -> moment((GregorianCalendar) value) + week((Calendar) value),
                text -> {
                    int end = text.lastIndexOf(']') + 1;
                    Calendar calendar = calendar(text, end);
                    if (text.length() != end + 2) {
                        throw BodyFormat.malformed("not a calendar");
                    }
                    calendar.setFirstDayOfWeek(Character.digit(text.charAt(end), 10));
                    calendar.setMinimalDaysInFirstWeek(Character.digit(text.charAt(end + 1), 10));
                    return calendar;
                },
                SETTINGS);
    }

    private static String moment(GregorianCalendar value) {
        return value.toInstant() + "[" + value.getTimeZone().getID() + "]";
    }

    /** Its first day, and how many days the first one of a year has. */
    public static String week(Calendar calendar) {
        return "" + calendar.getFirstDayOfWeek() + calendar.getMinimalDaysInFirstWeek();
    }

    /** Whether a calendar is as the JDK makes them here. */
    private static boolean isUsual(GregorianCalendar calendar) {
        return calendar(TimeZone.getTimeZone(calendar.getTimeZone().getID()), calendar.getTimeInMillis())
                .equals(calendar);
    }

    /** Whether a calendar is as the JDK makes them, here or where a week begins on another day. */
    private static boolean isPlain(GregorianCalendar calendar) {
        Calendar made = calendar(TimeZone.getTimeZone(calendar.getTimeZone().getID()), calendar.getTimeInMillis());
        made.setFirstDayOfWeek(calendar.getFirstDayOfWeek());
        made.setMinimalDaysInFirstWeek(calendar.getMinimalDaysInFirstWeek());
        return made.equals(calendar);
    }

    private static Calendar calendar(String text, int end) throws UndecodableException {
        int bracket = text.indexOf('[');
        if (bracket < 0 || end < 1 || text.charAt(end - 1) != ']') {
            throw BodyFormat.malformed("not a calendar");
        }
        Instant instant = Instant.parse(text.substring(0, bracket));
        return calendar(TimeZone.getTimeZone(text.substring(bracket + 1, end - 1)), instant.toEpochMilli());
    }

    private static Calendar calendar(TimeZone zone, long millis) {
        Calendar calendar = new GregorianCalendar(zone);
        calendar.setTimeInMillis(millis);
        return calendar;
    }

    private record Millis(String tag, Class<? extends Date> type, LongFunction<Date> make) implements ScalarCodec {

        @Override
        public boolean accepts(Object value) {
            return value.getClass() == type;
        }

        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeNumber(((Date) value).getTime());
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            BodyFormat.expect(in, JsonToken.VALUE_NUMBER_INT);
            return make.apply(in.getLongValue());
        }
    }
}
