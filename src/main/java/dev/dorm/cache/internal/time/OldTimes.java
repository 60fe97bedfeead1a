package dev.dorm.cache.internal.time;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.BasicPluralType;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times that may become others when they are written back as they were read: {@code java.util} and
 * {@code java.time} count the days before 1582 in two ways, and have two offsets for most time zones before 1900. Where a
 * driver reads a date as the latter reckons, Hibernate may cut it to midnight as the former does ({@code
 * JdbcDateJavaType.unwrapSqlDate}).
 */
public final class OldTimes {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;
    private static final Instant FIRST = Instant.parse("1900-01-03T00:00:00Z");

    private OldTimes() {}

    /** Whether a column can hold dates or times. */
    public static boolean mayBeIn(JdbcMapping column) {
        JdbcMapping mapping = column;
        while (mapping instanceof BasicPluralType<?, ?> plural) {
            mapping = plural.getElementType();
        }
        return LocalColumn.isTime(mapping.getJdbcJavaType().getJavaTypeClass());
    }

    public static boolean areIn(@Nullable Object value) {
        if (value instanceof Object[] array) {
            return Arrays.stream(array).anyMatch(OldTimes::areIn);
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().anyMatch(OldTimes::areIn);
        }
        if (value instanceof Date date) {
            return date.getTime() < FIRST.toEpochMilli();
        }
        if (value instanceof Calendar calendar) {
            return calendar.getTimeInMillis() < FIRST.toEpochMilli();
        }
        if (value instanceof Instant instant) {
            return instant.isBefore(FIRST);
        }
        if (value instanceof Temporal temporal && temporal.isSupported(ChronoField.YEAR)) {
            int year = temporal.get(ChronoField.YEAR);
            return year < FIRST_YEAR || year > LAST_YEAR;
        }
        return false;
    }
}
