package dev.dorm.cache.codec;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.TimeZone;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/** The columns that hold no time zone, by the class of {@code java.sql} as which Hibernate reads and writes them. */
enum LocalColumn {
    TIMESTAMP(Timestamp.class) {
        @Override
        java.util.Date carrier(Instant moment) {
            return Timestamp.from(moment);
        }

        @Override
        Object held(LocalDateTime local) {
            return local;
        }

        @Override
        LocalDateTime read(String text) {
            return Iso.dateTime(text);
        }
    },
    DATE(Date.class) {
        @Override
        java.util.Date carrier(Instant moment) {
            return new Date(moment.toEpochMilli());
        }

        @Override
        Object held(LocalDateTime local) {
            return local.toLocalDate();
        }

        @Override
        LocalDateTime read(String text) {
            return Iso.date(text).atStartOfDay();
        }
    },
    TIME(Time.class) {
        @Override
        java.util.Date carrier(Instant moment) {
            return new Time(moment.toEpochMilli());
        }

        @Override
        Object held(LocalDateTime local) {
            return local.toLocalTime();
        }

        @Override
        LocalDateTime read(String text) {
            return LocalDate.EPOCH.atTime(Iso.time(text));
        }
    };

    private final Class<? extends java.util.Date> carrier;

    LocalColumn(Class<? extends java.util.Date> carrier) {
        this.carrier = carrier;
    }

    /** Which of them a JDBC type is for, or null. */
    static @Nullable LocalColumn of(JdbcType type) {
        return switch (type.getDefaultSqlTypeCode()) {
            case SqlTypes.TIMESTAMP -> TIMESTAMP;
            case SqlTypes.DATE -> DATE;
            case SqlTypes.TIME -> TIME;
            default -> null;
        };
    }

    /** Whether values of a class are dates or times. */
    static boolean isTime(Class<?> type) {
        return java.util.Date.class.isAssignableFrom(type)
                || Calendar.class.isAssignableFrom(type)
                || Temporal.class.isAssignableFrom(type);
    }

    /** As what the column is read and bound. */
    Class<? extends java.util.Date> carrier() {
        return carrier;
    }

    /** Whether values of a class are what the column holds, in whatever time zone it is read. */
    boolean isExact(Class<?> type, @Nullable TimeZone ofConnections) {
        return switch (this) {
            case DATE -> type == LocalDate.class;
            case TIME -> type == LocalTime.class && ofConnections == null;
            case TIMESTAMP -> false;
        };
    }

    /** What a driver makes of a moment. */
    abstract java.util.Date carrier(Instant moment);

    /** The same of a value of another class. */
    java.util.Date carrier(java.util.Date value) {
        return carrier(Instant.ofEpochMilli(value.getTime()));
    }

    /** The part of a local date-time that the column holds; it prints as {@link #read} reads it. */
    abstract Object held(LocalDateTime local);

    abstract LocalDateTime read(String text);
}
