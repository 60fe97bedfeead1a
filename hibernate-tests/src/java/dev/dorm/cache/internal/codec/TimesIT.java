package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TimeZoneColumn;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The types of {@code java.time}, far away, in gaps, and to the nanosecond the database keeps. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class TimesIT extends CodecLines {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Entity(name = "Moment")
    static class Moment {
        @Id
        @GeneratedValue
        Long id;

        LocalDate date;
        LocalTime time;

        @Column(columnDefinition = "time(9)")
        LocalTime nanoTime;

        LocalDateTime dateTime;

        @Column(columnDefinition = "timestamp(9)")
        LocalDateTime nanoDateTime;

        Instant instant;

        @Column(columnDefinition = "timestamp(9) with time zone")
        Instant nanoInstant;

        @JdbcTypeCode(SqlTypes.TIMESTAMP)
        Instant timestampInstant;

        OffsetDateTime offsetDateTime;

        @TimeZoneStorage(TimeZoneStorageType.NATIVE)
        OffsetDateTime nativeZone;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
        OffsetDateTime normalized;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
        OffsetDateTime normalizedUtc;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        @TimeZoneColumn(name = "the_zone")
        OffsetDateTime zoneInColumn;

        OffsetTime offsetTime;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        @TimeZoneColumn(name = "the_time_zone")
        OffsetTime timeZoneInColumn;

        ZonedDateTime zonedDateTime;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        @TimeZoneColumn(name = "the_other_zone")
        ZonedDateTime zonedInColumn;

        Duration duration;

        @JdbcTypeCode(SqlTypes.INTERVAL_SECOND)
        Duration interval;

        @Column(name = "a_year")
        Year year;

        ZoneId zone;

        @Column(length = 10)
        ZoneOffset offset;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Moment.class};
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(local(), Stream.concat(zoned(), others()));
    }

    private static Stream<Line> local() {
        return Line.of(Moment::new)
                .line("all null", e -> {})
                .line("date, leap day", e -> e.date = LocalDate.of(2024, 2, 29))
                .line("date, year 1", e -> e.date = LocalDate.of(1, 1, 1))
                .line("date, before Christ", e -> e.date = LocalDate.of(-44, 3, 15))
                .line("date, in the gap of 1582", e -> e.date = LocalDate.of(1582, 10, 10))
                .line("date, five digits", e -> e.date = LocalDate.of(12345, 6, 7))
                .line("time, midnight", e -> e.time = LocalTime.MIDNIGHT)
                .line("time, last second", e -> e.time = LocalTime.of(23, 59, 59))
                .line("time, nanoseconds", e -> e.nanoTime = LocalTime.of(1, 2, 3, 456_789_012))
                .line("time, greatest", e -> e.nanoTime = LocalTime.MAX)
                .line("date time, whole minute", e -> e.dateTime = LocalDateTime.of(2024, 1, 1, 0, 0))
                .line("date time, in a gap", e -> e.dateTime = LocalDateTime.of(2024, 3, 31, 2, 30))
                .line("date time, in an overlap", e -> e.dateTime = LocalDateTime.of(2024, 10, 27, 2, 30))
                .line("date time, nanoseconds", e -> e.nanoDateTime = LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1))
                .line(
                        "date time, cut by the column",
                        e -> e.dateTime = LocalDateTime.of(2024, 1, 1, 0, 0, 0, 123_456_789))
                .line("date time, far", e -> e.dateTime = LocalDateTime.of(9999, 12, 31, 23, 59, 59))
                .line("date time, year 1", e -> e.dateTime = LocalDateTime.of(1, 1, 1, 0, 0))
                .line("date time, before Christ", e -> e.dateTime = LocalDateTime.of(-44, 3, 15, 12, 0))
                .stream();
    }

    private static Stream<Line> zoned() {
        OffsetDateTime moment = OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 678_901_000, ZoneOffset.ofHoursMinutes(5, 45));
        ZonedDateTime later =
                ZonedDateTime.ofLocal(LocalDateTime.of(2024, 10, 27, 2, 30), BERLIN, ZoneOffset.ofHours(1));
        return Line.of(Moment::new)
                .line("instant, epoch", e -> e.instant = Instant.EPOCH)
                .line("instant, before it", e -> e.instant = Instant.parse("1969-12-31T23:59:59.999999Z"))
                .line("instant, nanoseconds", e -> e.nanoInstant = Instant.parse("2024-01-01T00:00:00.123456789Z"))
                .line("instant, cut by the column", e -> e.instant = Instant.parse("2024-01-01T00:00:00.123456789Z"))
                .line("instant, year 1", e -> e.instant = Instant.parse("0001-01-01T00:00:00Z"))
                .line("instant, before Christ", e -> e.instant = Instant.parse("-0043-03-15T12:00:00Z"))
                .line("instant, far", e -> e.instant = Instant.parse("+12345-01-01T00:00:00Z"))
                .line("instant, as timestamp", e -> e.timestampInstant = Instant.parse("2024-03-31T01:30:00Z"))
                .line("offset date time", e -> e.offsetDateTime = moment)
                .line("offset date time, UTC", e -> e.offsetDateTime = moment.withOffsetSameInstant(ZoneOffset.UTC))
                .line(
                        "offset date time, greatest offset",
                        e -> e.nativeZone = moment.withOffsetSameLocal(ZoneOffset.MAX))
                .line("offset date time, native", e -> e.nativeZone = moment)
                .line("offset date time, normalized", e -> e.normalized = moment)
                .line("offset date time, normalized to UTC", e -> e.normalizedUtc = moment)
                .line("offset date time, zone in a column", e -> e.zoneInColumn = moment)
                .line("offset time", e -> e.offsetTime = OffsetTime.of(1, 2, 3, 0, ZoneOffset.ofHours(-3)))
                .line("offset time, zone in a column", e -> e.timeZoneInColumn = moment.toOffsetTime())
                .line("zoned date time", e -> e.zonedDateTime = moment.atZoneSameInstant(BERLIN))
                .line("zoned date time, later in an overlap", e -> e.zonedDateTime = later)
                .line(
                        "zoned date time, earlier in an overlap",
                        e -> e.zonedDateTime = later.withEarlierOffsetAtOverlap())
                .line("zoned date time, zone in a column", e -> e.zonedInColumn = later)
                .stream();
    }

    private static Stream<Line> others() {
        return Line.of(Moment::new)
                .line("duration", e -> e.duration = Duration.ofSeconds(5, 7))
                .line("duration, zero", e -> e.duration = Duration.ZERO)
                .line("duration, negative", e -> e.duration = Duration.ofNanos(-1))
                .line("duration, years", e -> e.duration = Duration.ofDays(100_000))
                .line("duration, as interval", e -> e.interval = Duration.ofSeconds(5, 7))
                .line("year", e -> e.year = Year.of(2024))
                .line("year, before Christ", e -> e.year = Year.of(-44))
                .line("year, greatest", e -> e.year = Year.of(Year.MAX_VALUE))
                .line("zone, of a region", e -> e.zone = BERLIN)
                .line("zone, an offset", e -> e.zone = ZoneOffset.ofHours(2))
                .line("zone, UTC+2", e -> e.zone = ZoneId.of("UTC+2"))
                .line("offset", e -> e.offset = ZoneOffset.ofHoursMinutesSeconds(5, 30, 15))
                .line("offset, Z", e -> e.offset = ZoneOffset.UTC)
                .stream();
    }
}
