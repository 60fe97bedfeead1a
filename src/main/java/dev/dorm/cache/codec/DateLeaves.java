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
import java.util.function.Function;

/**
 * The date types from before {@code java.time}. Moments ({@code Date}, {@code Timestamp}, {@code Calendar}) are written
 * as instants; {@code java.sql.Date} and {@code Time} as the local date or time they stand for, so that JVMs in
 * different time zones agree on it, or in milliseconds where they hold more than that.
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
        leaves.accept(
                java.sql.Date.class,
                new Local(
                        "sqldate",
                        java.sql.Date.class,
                        date -> ((java.sql.Date) date).toLocalDate().toString(),
                        text -> java.sql.Date.valueOf(Iso.date(text)),
                        java.sql.Date::new));
        leaves.accept(Time.class, new Local("sqltime", Time.class, Object::toString, Time::valueOf, Time::new));
        Leaf calendar = calendar();
        leaves.accept(Calendar.class, calendar);
        leaves.accept(GregorianCalendar.class, calendar);
    }

    /** The proleptic instant of a timestamp; {@code Timestamp.toInstant} does the same. */
    static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }

    private static Leaf calendar() {
        return new TextLeaf(
                "calendar",
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

    private record Local(
            String tag,
            Class<? extends Date> type,
            Function<Date, String> print,
            Function<String, Date> parse,
            Function<Long, Date> ofMillis)
            implements Leaf {

        @Override
        public boolean accepts(Object value) {
            return value.getClass() == type;
        }

        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            Date date = (Date) value;
            String text = print.apply(date);
            if (sameWhenRead(text, date)) {
                out.writeString(text);
            } else {
                out.writeNumber(date.getTime());
            }
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return ofMillis.apply(in.getLongValue());
            }
            Bodies.expect(in, JsonToken.VALUE_STRING);
            return parse.apply(in.getText());
        }

        private boolean sameWhenRead(String text, Date date) {
            try {
                return parse.apply(text).getTime() == date.getTime();
            } catch (RuntimeException e) {
                return false;
            }
        }
    }
}
