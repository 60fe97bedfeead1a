package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.sql.Timestamp;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JDK had before {@code java.time}, and its other oddities. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class JavaUtilIT extends CodecLines {

    enum Known {
        ONE {}
    }

    interface Shape {}

    @Entity(name = "Oddity")
    static class Oddity {
        @Id
        @GeneratedValue
        Long id;

        Date date;

        @Temporal(TemporalType.DATE)
        Date dayOnly;

        @Temporal(TemporalType.TIME)
        Date timeOnly;

        java.sql.Date sqlDate;
        java.sql.Time sqlTime;
        Timestamp timestamp;
        Calendar calendar;

        @Temporal(TemporalType.DATE)
        Calendar calendarDay;

        @Column(length = 2000)
        GregorianCalendar gregorian;

        UUID uuid;

        @JdbcTypeCode(SqlTypes.CHAR)
        UUID uuidAsText;

        @JdbcTypeCode(SqlTypes.BINARY)
        UUID uuidAsBytes;

        Currency currency;
        Locale locale;
        TimeZone timeZone;
        URL url;
        Class<?> type;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        InetAddress address;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Oddity.class};
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(dates(), others());
    }

    private static Stream<Line> dates() {
        Timestamp nanos = Timestamp.valueOf("2024-02-29 12:34:56.123456");
        return Line.of(Oddity::new)
                .line("all null", e -> {})
                .line("date", e -> e.date = new Date(1_700_000_000_123L))
                .line("date, epoch", e -> e.date = new Date(0))
                .line("date, before it", e -> e.date = new Date(-1))
                .line("date, year 1", e -> e.date = Timestamp.valueOf("0001-01-01 00:00:00"))
                .line("date, far", e -> e.date = Timestamp.valueOf("9999-12-31 23:59:59"))
                .line("date, day only", e -> e.dayOnly = new Date(1_700_000_000_123L))
                .line("date, time only", e -> e.timeOnly = new Date(1_700_000_000_123L))
                .line("sql date", e -> e.sqlDate = java.sql.Date.valueOf("2024-02-29"))
                .line("sql date, year 1", e -> e.sqlDate = java.sql.Date.valueOf("0001-01-01"))
                .line("sql date, Julian", e -> e.sqlDate = java.sql.Date.valueOf("1500-02-28"))
                .line("sql date, with time", e -> e.sqlDate = new java.sql.Date(1_700_000_000_123L))
                .line("sql time", e -> e.sqlTime = java.sql.Time.valueOf("23:59:59"))
                .line("sql time, of another day", e -> e.sqlTime = new java.sql.Time(1_700_000_000_123L))
                .line("timestamp", e -> e.timestamp = nanos)
                .line("timestamp, in a gap", e -> e.timestamp = Timestamp.valueOf("2024-03-31 02:30:00"))
                .line("timestamp, Julian", e -> e.timestamp = Timestamp.valueOf("1500-02-28 01:02:03.000004"))
                .line("timestamp, whole", e -> e.timestamp = Timestamp.valueOf("2024-01-01 00:00:00"))
                .line("calendar", e -> e.calendar = Calendar.getInstance())
                .line("calendar, zoned", e -> e.calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo")))
                .line("calendar, day only", e -> e.calendarDay = new GregorianCalendar(2024, Calendar.MARCH, 31, 5, 6))
                .line("calendar, Gregorian", e -> e.gregorian = new GregorianCalendar(1500, Calendar.MARCH, 1))
                .stream();
    }

    private static Stream<Line> others() {
        return Line.of(Oddity::new)
                .line("uuid", e -> e.uuid = UUID.randomUUID())
                .line("uuid, nil", e -> e.uuid = new UUID(0, 0))
                .line("uuid, negative halves", e -> e.uuid = new UUID(-1, -2))
                .line("uuid, as text", e -> e.uuidAsText = new UUID(1, 2))
                .line("uuid, as bytes", e -> e.uuidAsBytes = new UUID(3, 4))
                .line("currency", e -> e.currency = Currency.getInstance("EUR"))
                .line("currency, none", e -> e.currency = Currency.getInstance("XXX"))
                .line("locale", e -> e.locale = Locale.CANADA_FRENCH)
                .line("locale, root", e -> e.locale = Locale.ROOT)
                .line("locale, language only", e -> e.locale = Locale.GERMAN)
                .line("locale, old code", e -> e.locale = new Locale("he", "IL"))
                .line("locale, with a variant", e -> e.locale = new Locale("de", "DE", "POSIX"))
                .line("locale, with a script", e -> e.locale = Locale.forLanguageTag("zh-Hant-TW"))
                .line("locale, with an extension", e -> e.locale = Locale.forLanguageTag("th-TH-u-nu-thai"))
                .line("time zone", e -> e.timeZone = TimeZone.getTimeZone("Asia/Tokyo"))
                .line("time zone, an offset", e -> e.timeZone = TimeZone.getTimeZone("GMT+05:30"))
                .line(
                        "url",
                        e -> e.url = URI.create("https://user@example.org:8443/a%20b?c=d#e")
                                .toURL())
                .line(
                        "url, of a file",
                        e -> e.url = URI.create("file:///data/a%20b").toURL())
                .line(
                        "url, of a jar entry",
                        e -> e.url = URI.create("jar:file:/a.jar!/b/c.txt").toURL())
                .line("class, an entity", e -> e.type = Oddity.class)
                .line("class, of the JDK", e -> e.type = BitSet.class)
                .line("class, an interface", e -> e.type = Shape.class)
                .line("class, an enum", e -> e.type = Known.class)
                .line("class, an annotation", e -> e.type = Entity.class)
                .line("inet address, v4", e -> e.address = InetAddress.getByAddress(new byte[] {10, 0, 0, -1}))
                .line("inet address, v6", e -> e.address = InetAddress.getByName("2001:db8::1"))
                .line("inet address, unspecified", e -> e.address = InetAddress.getByName("::"))
                .line("inet address, v6 of this link", e -> e.address = InetAddress.getByName("fe80::1"))
                .stream();
    }
}
