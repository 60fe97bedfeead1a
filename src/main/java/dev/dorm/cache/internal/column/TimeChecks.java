package dev.dorm.cache.internal.column;

import dev.dorm.cache.internal.time.Zones;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import org.hibernate.type.SqlTypes;

/** The columns of times: a fraction of a second comes back as far as its column has digits for it. */
final class TimeChecks {

    private static final int NANOS = 9;

    /** The seconds of {@link ColumnCheck#isYear}, in UTC: the first, and the one behind the last. */
    private static final long FIRST = begin(ColumnCheck.FIRST_YEAR);

    private static final long END = begin(ColumnCheck.LAST_YEAR + 1);

    private TimeChecks() {}

    private static long begin(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    static ColumnCheck of(Class<?> type, int code, ColumnSize size, Zones zones) {
        if (size.precision() < 0) {
            return ColumnCheck.NEVER;
        }
        int unit = 1;
        for (int digits = size.precision(); digits < NANOS; digits++) {
            unit *= 10;
        }
        int step = unit;
        boolean zoned = code != SqlTypes.TIMESTAMP;
        if (code == SqlTypes.TIME) {
            return type == LocalTime.class ? value -> whole((LocalTime) value, step) : ColumnCheck.NEVER;
        }
        if (type == LocalDateTime.class) {
            return value -> fits((LocalDateTime) value, step) && zones.keep((LocalDateTime) value);
        }
        if (type == Instant.class) {
            return value -> fits((Instant) value, step) && (zoned || zones.keep((Instant) value));
        }
        if (type == Timestamp.class) {
            return value -> fits(((Timestamp) value).toInstant(), step)
                    && (zoned || zones.keep(((Timestamp) value).toInstant()));
        }
        // What else there is comes back in another zone than it was given, or as another class.
        return type == Date.class ? value -> isMoment(value, step, zoned, zones) : ColumnCheck.NEVER;
    }

    private static boolean isMoment(Object value, int step, boolean zoned, Zones zones) {
        if (value.getClass() != Date.class && value.getClass() != Timestamp.class) {
            return false;
        }
        Instant instant = ((Date) value).toInstant();
        return fits(instant, step) && (zoned || zones.keep(instant));
    }

    private static boolean fits(LocalDateTime time, int step) {
        return whole(time, step) && ColumnCheck.isYear(time.getYear());
    }

    private static boolean fits(Instant instant, int step) {
        long second = instant.getEpochSecond();
        return instant.getNano() % step == 0 && second >= FIRST && second < END;
    }

    /** Returns whether the part of a second that a time has is a multiple of so many nanoseconds. */
    private static boolean whole(TemporalAccessor time, int step) {
        return time.get(ChronoField.NANO_OF_SECOND) % step == 0;
    }
}
