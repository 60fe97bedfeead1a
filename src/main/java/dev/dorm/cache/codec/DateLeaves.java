package dev.dorm.cache.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
final class DateLeaves {

    private DateLeaves() {}

    static void addTo(BiConsumer<Class<?>, Leaf> leaves) {
        leaves.accept(
                Date.class,
                TextLeaf.of(
                        "date",
                        Date.class,
                        date -> Instant.ofEpochMilli(date.getTime()).toString(),
                        text -> new Date(Iso.instant(text).toEpochMilli())));
        leaves.accept(
                Timestamp.class,
                TextLeaf.of(
                        "timestamp",
                        Timestamp.class,
                        timestamp -> instant(timestamp).toString(),
                        text -> timestamp(Iso.instant(text))));
        leaves.accept(java.sql.Date.class, new Millis("sqldate", java.sql.Date.class, java.sql.Date::new));
        leaves.accept(Time.class, new Millis("sqltime", Time.class, Time::new));
        leaves.accept(Calendar.class, calendar("calendar"));
        leaves.accept(GregorianCalendar.class, calendar("gregorian"));
    }

    /** The proleptic instant of a timestamp; {@code Timestamp.toInstant} does the same. */
    static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }

    private static Leaf calendar(String tag) {
        return new TextLeaf(
                tag,
                value -> value.getClass() == GregorianCalendar.class && isUsual((GregorianCalendar) value),
                value -> ((GregorianCalendar) value).toInstant() + "["
                        + ((GregorianCalendar) value).getTimeZone().getID() + "]",
                text -> {
                    int bracket = text.indexOf('[');
                    if (bracket < 0 || !text.endsWith("]")) {
                        throw Bodies.malformed("not a calendar");
                    }
                    Instant instant = Instant.parse(text.substring(0, bracket));
                    TimeZone zone = TimeZone.getTimeZone(text.substring(bracket + 1, text.length() - 1));
                    return calendar(zone, instant.toEpochMilli());
                },
                "its zone, its first day of the week, or another setting is its own");
    }

    /** Whether a calendar is as the JDK makes them. */
    private static boolean isUsual(GregorianCalendar calendar) {
        return calendar(TimeZone.getTimeZone(calendar.getTimeZone().getID()), calendar.getTimeInMillis())
                .equals(calendar);
    }

    private static Calendar calendar(TimeZone zone, long millis) {
        Calendar calendar = new GregorianCalendar(zone);
        calendar.setTimeInMillis(millis);
        return calendar;
    }

    private record Millis(String tag, Class<? extends Date> type, LongFunction<Date> make) implements Leaf {

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
            Bodies.expect(in, JsonToken.VALUE_NUMBER_INT);
            return make.apply(in.getLongValue());
        }
    }
}
