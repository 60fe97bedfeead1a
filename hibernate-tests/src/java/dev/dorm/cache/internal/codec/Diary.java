package dev.dorm.cache.internal.codec;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TimeZoneColumn;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.hibernate.annotations.Type;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.type.SqlTypes;
import org.hibernate.usertype.UserType;

/** A date or time of every kind that Hibernate maps. */
@Entity(name = "Diary")
class Diary {

    @Id
    @GeneratedValue
    Long id;

    String name = "old";

    Date dated;

    @Temporal(TemporalType.DATE)
    Date dayOf;

    @Temporal(TemporalType.TIME)
    Date hourOf;

    Timestamp stamped;

    @Column(columnDefinition = "timestamp(9)")
    Timestamp nanos;

    Calendar calendar;

    @Temporal(TemporalType.DATE)
    Calendar calendarDay;

    java.sql.Date sqlDate;
    Time sqlTime;

    @Column(columnDefinition = "time(3)")
    Time millis;

    LocalDateTime wallDateTime;
    LocalDate wallDate;
    LocalTime wallTime;
    Instant instant;

    @JdbcTypeCode(SqlTypes.TIMESTAMP)
    Instant localInstant;

    OffsetDateTime offsetDateTime;

    @TimeZoneStorage(TimeZoneStorageType.NATIVE)
    OffsetDateTime nativeZone;

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
    OffsetDateTime normalized;

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
    OffsetDateTime utc;

    @TimeZoneStorage(TimeZoneStorageType.COLUMN)
    @TimeZoneColumn(name = "the_zone")
    OffsetDateTime inColumn;

    @TimeZoneStorage(TimeZoneStorageType.AUTO)
    @TimeZoneColumn(name = "the_auto_zone")
    ZonedDateTime auto;

    ZonedDateTime zonedDateTime;

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
    ZonedDateTime normalizedZoned;

    OffsetTime offsetTime;

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
    OffsetTime normalizedTime;

    Timestamp[] timestamps;
    LocalDateTime[] wallDateTimes;
    Time[] sqlTimes;
    java.sql.Date[] sqlDates;
    List<Timestamp> listed;

    @Convert(converter = MomentOfText.class)
    String converted;

    @Convert(converter = MomentOfInstant.class)
    @Immutable
    Instant immutablyConverted;

    @Type(MomentType.class)
    @Column(columnDefinition = "timestamp(6)")
    Instant userType;

    @JdbcTypeCode(SqlTypes.VARBINARY)
    Serializable serialized;

    Span span;

    @ElementCollection
    List<Timestamp> elements = new ArrayList<>();

    @ElementCollection
    Map<Timestamp, Span> keyed = new HashMap<>();

    @Embeddable
    static class Span {
        Timestamp since;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
        OffsetDateTime until;

        Span() {}

        Span(Timestamp since, OffsetDateTime until) {
            this.since = since;
            this.until = until;
        }
    }

    static final class MomentOfText implements AttributeConverter<String, Timestamp> {
        @Override
        public Timestamp convertToDatabaseColumn(String text) {
            return text == null ? null : Timestamp.from(Instant.parse(text));
        }

        @Override
        public String convertToEntityAttribute(Timestamp timestamp) {
            return timestamp == null ? null : timestamp.toInstant().toString();
        }
    }

    static final class MomentOfInstant implements AttributeConverter<Instant, Timestamp> {
        @Override
        public Timestamp convertToDatabaseColumn(Instant instant) {
            return instant == null ? null : Timestamp.from(instant);
        }

        @Override
        public Instant convertToEntityAttribute(Timestamp timestamp) {
            return timestamp == null ? null : timestamp.toInstant();
        }
    }

    /** Binds a moment in the JVM's time zone, as only it knows. */
    static final class MomentType implements UserType<Instant> {
        @Override
        public int getSqlType() {
            return Types.TIMESTAMP;
        }

        @Override
        public Class<Instant> returnedClass() {
            return Instant.class;
        }

        @Override
        public boolean equals(Instant one, Instant other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(Instant instant) {
            return Objects.hashCode(instant);
        }

        @Override
        @SuppressWarnings("deprecation")
        public Instant nullSafeGet(ResultSet rows, int at, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            Timestamp timestamp = rows.getTimestamp(at);
            return timestamp == null ? null : timestamp.toInstant();
        }

        @Override
        public void nullSafeSet(
                PreparedStatement sql, Instant instant, int at, SharedSessionContractImplementor session)
                throws SQLException {
            sql.setTimestamp(at, instant == null ? null : Timestamp.from(instant));
        }

        @Override
        public Instant deepCopy(Instant instant) {
            return instant;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public Serializable disassemble(Instant instant) {
            return instant;
        }

        @Override
        public Instant assemble(Serializable cached, Object owner) {
            return (Instant) cached;
        }
    }
}
