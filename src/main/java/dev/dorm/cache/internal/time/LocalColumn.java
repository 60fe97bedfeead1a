package dev.dorm.cache.internal.time;

import dev.dorm.cache.internal.io.Iso;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.TimeZone;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.TimeUtcAsJdbcTimeJdbcType;
import org.jspecify.annotations.Nullable;

/**
 * The columns that hold no time zone. Hibernate binds and reads each as a class of {@code java.sql}, in a time zone that
 * the JDBC driver is told or takes from the JVM.
 */
public enum LocalColumn {
    /** As {@code TimestampJdbcType} does. */
    TIMESTAMP(Timestamp.class) {
        @Override
        public java.util.Date carrier(Instant moment) {
            return Timestamp.from(moment);
        }

        @Override
        public Object held(LocalDateTime local) {
            return local;
        }

        @Override
        public LocalDateTime read(String text) {
            return Iso.dateTime(text);
        }
    },
    /** As {@code InstantJdbcType} does: the driver itself makes a moment of it, and is told no time zone. */
    INSTANT(Timestamp.class) {
        @Override
        @Nullable
        public TimeZone zone(WrapperOptions options) {
            return null;
        }

        @Override
        public java.util.Date carrier(Instant moment) {
            return Timestamp.from(moment);
        }

        @Override
        public <T> java.util.Date unwrap(JavaType<T> type, T value, WrapperOptions options) {
            return Timestamp.from(type.unwrap(value, Instant.class, options));
        }

        @Override
        @Nullable
        public Object wrap(JavaType<?> type, java.util.Date read, WrapperOptions options) {
            return type.wrap(read.toInstant(), options);
        }

        @Override
        public Object held(LocalDateTime local) {
            return local;
        }

        @Override
        public LocalDateTime read(String text) {
            return Iso.dateTime(text);
        }
    },
    /** As {@code DateJdbcType} does, which tells the driver no time zone. */
    DATE(Date.class) {
        @Override
        @Nullable
        public TimeZone zone(WrapperOptions options) {
            return null;
        }

        @Override
        public java.util.Date carrier(Instant moment) {
            return new Date(moment.toEpochMilli());
        }

        @Override
        public Object held(LocalDateTime local) {
            return local.toLocalDate();
        }

        @Override
        public LocalDateTime read(String text) {
            return Iso.date(text).atStartOfDay();
        }
    },
    /** As {@code TimeJdbcType} does. */
    TIME(Time.class) {
        @Override
        public java.util.Date carrier(Instant moment) {
            return new Time(moment.toEpochMilli());
        }

        @Override
        public Object held(LocalDateTime local) {
            return local.toLocalTime();
        }

        @Override
        public LocalDateTime read(String text) {
            return LocalDate.EPOCH.atTime(Iso.time(text));
        }
    },
    /** As {@code TimeUtcAsJdbcTimeJdbcType} does: what is a time of UTC goes through the JVM's time zone. */
    TIME_UTC(Time.class) {
        @Override
        public TimeZone zone(WrapperOptions options) {
            return TimeZone.getTimeZone(ZoneOffset.UTC);
        }

        @Override
        public java.util.Date carrier(Instant moment) {
            return TIME.carrier(moment);
        }

        @Override
        public <T> java.util.Date unwrap(JavaType<T> type, T value, WrapperOptions options) {
            OffsetTime time = type.unwrap(value, OffsetTime.class, options);
            return Time.valueOf(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime());
        }

        @Override
        @Nullable
        public Object wrap(JavaType<?> type, java.util.Date carrier, WrapperOptions options) {
            return type.wrap(((Time) carrier).toLocalTime().atOffset(ZoneOffset.UTC), options);
        }

        @Override
        public Object held(LocalDateTime local) {
            return TIME.held(local);
        }

        @Override
        public LocalDateTime read(String text) {
            return TIME.read(text);
        }
    };

    private final Class<? extends java.util.Date> carrier;

    LocalColumn(Class<? extends java.util.Date> carrier) {
        this.carrier = carrier;
    }

    /** Which of them a JDBC type is for, or null. */
    public static @Nullable LocalColumn of(JdbcType type) {
        return switch (type.getDefaultSqlTypeCode()) {
            case SqlTypes.TIMESTAMP -> TIMESTAMP;
            case SqlTypes.INSTANT -> INSTANT;
            case SqlTypes.DATE -> DATE;
            case SqlTypes.TIME -> TIME;
            case SqlTypes.TIME_UTC -> type instanceof TimeUtcAsJdbcTimeJdbcType ? TIME_UTC : null;
            default -> null;
        };
    }

    /** Whether values of a class are dates or times. */
    public static boolean isTime(Class<?> type) {
        return java.util.Date.class.isAssignableFrom(type)
                || Calendar.class.isAssignableFrom(type)
                || Temporal.class.isAssignableFrom(type);
    }

    /** Whether values of a class are what the column holds, in whatever time zone it is read. */
    public boolean isExact(Class<?> type, @Nullable TimeZone ofConnections) {
        return switch (this) {
            case DATE -> type == LocalDate.class;
            case TIME -> type == LocalTime.class && ofConnections == null;
            case TIMESTAMP, INSTANT, TIME_UTC -> false;
        };
    }

    /** The time zone that the driver is told; null for the JVM's. */
    @Nullable
    public TimeZone zone(WrapperOptions options) {
        return options.getJdbcTimeZone();
    }

    /** What is bound for a value. */
    public <T> java.util.Date unwrap(JavaType<T> type, T value, WrapperOptions options) {
        if (value instanceof java.util.Date date) {
            return carrier.isInstance(date) ? date : carrier(Instant.ofEpochMilli(date.getTime()));
        }
        return type.unwrap(value, carrier, options);
    }

    /** What a value is made of that was read. */
    @Nullable
    public Object wrap(JavaType<?> type, java.util.Date read, WrapperOptions options) {
        return type.wrap(read, options);
    }

    /** What a driver makes of a moment. */
    public abstract java.util.Date carrier(Instant moment);

    /** The part of a local date-time that the column holds; it prints as {@link #read} reads it. */
    public abstract Object held(LocalDateTime local);

    public abstract LocalDateTime read(String text);
}
