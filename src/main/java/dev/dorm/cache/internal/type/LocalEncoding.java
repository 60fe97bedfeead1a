package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.time.LocalColumn;
import dev.dorm.cache.internal.time.WallClock;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * A date or time in a column that holds no time zone. What the column holds is written, a local date or time, and each
 * process makes of it what its own database would give it: Hibernate binds and reads these columns in the JVM's default
 * time zone, or in {@code hibernate.jdbc.time_zone}.
 *
 * @param javaType makes the attribute's value of what JDBC gives
 * @param column what the column holds
 * @param element whether it is an array's element, which a driver converts by itself, in the JVM's default time zone
 * @param options the session factory's
 * @param open how a value is written that does not tell what the column holds
 * @param place what belongs there; null for a part of it, which is of the Java type
 */
public record LocalEncoding(
        JavaType<?> javaType,
        LocalColumn column,
        boolean element,
        WrapperOptions options,
        DynamicEncoding open,
        @Nullable TypeChecker place)
        implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (!LocalColumn.isTime(value.getClass())) {
            // A marker of Hibernate's, or what a user's mutability plan makes of it.
            open.writeTagged(out, value);
        } else {
            @Nullable LocalDateTime local = local(value);
            if (local == null) {
                open.writeZoned(out, value);
            } else {
                out.writeString(column.held(local).toString());
            }
        }
    }

    /** Returns what the column holds, or null where only this process's own zone can tell. */
    private @Nullable LocalDateTime local(Object value) throws UnsupportedValueException {
        WallClock reading = WallClock.of(zone());
        if (isHeld(value.getClass())) {
            LocalDateTime local = (LocalDateTime) value;
            return reading.shows(local) ? local : null;
        }
        // TimestampJdbcType and its like bind a calendar in its own time zone, and read it in that of the connections.
        WallClock clock =
                value instanceof Calendar calendar && !element ? new WallClock(calendar.getTimeZone()) : reading;
        Date carrier = carrier(javaType, value);
        @Nullable
        LocalDateTime local = clock.at(
                carrier instanceof Timestamp timestamp
                        ? timestamp.toInstant()
                        : Instant.ofEpochMilli(carrier.getTime()));
        if (local != null) {
            // A driver leaves out the other part, which a value may have that was not read.
            local = column.read(column.held(local).toString());
        }
        if (zone() != null && !clock.id().equals(reading.id())) {
            throw UnsupportedValueException.because(
                    value.getClass(),
                    "a calendar is written in its own time zone, " + clock.id() + ", and read in " + reading.id()
                            + ", which the setting hibernate.jdbc.time_zone says");
        }
        if (local != null && reading.when(local) != null) {
            return local;
        }
        if (!clock.id().equals(reading.id()) || (local != null && reading.showsTwice(local))) {
            throw UnsupportedValueException.because(
                    value.getClass(),
                    "a local time that is not one moment in the time zone " + reading.id()
                            + ", so that only the database's driver knows which it reads");
        }
        return null;
    }

    /** Whether values of a class are what the column holds: without a time zone of its own, Hibernate converts them back. */
    private boolean isHeld(Class<?> type) {
        return type == LocalDateTime.class && column == LocalColumn.TIMESTAMP && zone() == null;
    }

    private @Nullable TimeZone zone() {
        return element ? null : column.zone(options);
    }

    @SuppressWarnings("unchecked") // a value of another class is one of java.util, which is told by its own
    private <T> Date carrier(JavaType<T> type, Object value) {
        return column.unwrap(type, (T) value, options);
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return checked(open.readTagged(in));
        }
        BodyFormat.expect(in, JsonToken.VALUE_STRING);
        LocalDateTime local = column.read(in.getText());
        if (isHeld(javaType.getJavaTypeClass())) {
            if (!WallClock.of(null).shows(local)) {
                throw elsewhere();
            }
            return local;
        }
        @Nullable Instant moment = WallClock.of(zone()).when(local);
        if (moment == null) {
            throw elsewhere();
        }
        return column.wrap(javaType, column.carrier(moment), options);
    }

    private @Nullable Object checked(@Nullable Object value) throws UndecodableException {
        if (place != null) {
            return place.checked(value);
        }
        if (value != null && !javaType.getJavaTypeClass().isInstance(value)) {
            throw BodyFormat.malformed("not of the type that belongs there");
        }
        return value;
    }

    private static UndecodableException elsewhere() {
        return new UndecodableException(Reason.OTHER_ZONE, "a local time that says no moment in this time zone");
    }

    @Override
    public String signature() {
        return "local " + column + ":" + javaType.getJavaTypeClass().getName();
    }
}
