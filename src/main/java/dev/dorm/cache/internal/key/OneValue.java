package dev.dorm.cache.internal.key;

import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** What values have in common that a database takes for one. */
final class OneValue {

    private OneValue() {}

    /** A column that holds moments. */
    interface Moments {

        /**
         * Returns what the column holds of a moment: as much of it as the database compares.
         *
         * @param instant the moment
         * @param own the zone by whose clock it is written ({@code TimestampJdbcType} takes a calendar's), or null
         */
        String moment(Instant instant, @Nullable ZoneId own);
    }

    /**
     * Returns what all values that are one to the database have in common: a moment whatever its offset, zone or class, a
     * zero whatever its sign, and the text that is stored of what is stored as text.
     *
     * @param value a value of one column
     * @param column where it stands, or null
     * @return text where such values differ, else the value
     */
    static Object of(Object value, @Nullable Moments column) throws UnsupportedValueException {
        if (value instanceof Double number) {
            return number + 0.0;
        }
        if (value instanceof Float number) {
            return number + 0.0f;
        }
        if (value instanceof Locale) {
            // As LocaleJavaType stores it; two locales may print alike, of which one is read back as the other.
            return value.toString();
        }
        if (value instanceof TimeZone zone) {
            return zone.getID();
        }
        if (value instanceof InetAddress address) {
            return HexFormat.of().formatHex(address.getAddress());
        }
        if (value instanceof OffsetTime) {
            throw UnsupportedValueException.because(
                    OffsetTime.class,
                    "whether two offsets tell an id of type OffsetTime apart depends on the database");
        }
        @Nullable String time = time(value, column);
        return time == null ? value : time;
    }

    private static @Nullable String time(Object value, @Nullable Moments column) {
        if (value instanceof LocalDate || value instanceof LocalDateTime || value instanceof LocalTime) {
            return value.toString();
        }
        if (column == null && value instanceof java.sql.Date date) {
            return date.toLocalDate().toString();
        }
        if (value instanceof java.sql.Time time) {
            return time.toString();
        }
        @Nullable Instant instant = instant(value);
        if (instant == null) {
            return null;
        }
        @Nullable
        ZoneId own = value instanceof Calendar calendar ? calendar.getTimeZone().toZoneId() : null;
        return column == null ? instant.toString() : column.moment(instant, own);
    }

    private static @Nullable Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof Calendar calendar) {
            return calendar.toInstant();
        }
        if (value instanceof java.sql.Timestamp timestamp) {
            return timestamp.toInstant();
        }
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime());
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        return value instanceof ZonedDateTime dateTime ? dateTime.toInstant() : null;
    }
}
