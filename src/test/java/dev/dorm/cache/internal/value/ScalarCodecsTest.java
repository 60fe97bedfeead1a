package dev.dorm.cache.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarCodecsTest {

    static Stream<Object> values() throws Exception {
        return Stream.of(
                "",
                "text",
                "\uD800",
                "a\uDC00b",
                "\uD83D\uDE00\u0000\"\\",
                'x',
                '\uD800',
                "chars".toCharArray(),
                true,
                false,
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Float.MIN_VALUE,
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                -0.0f,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                -0.0,
                new BigDecimal("12.50"),
                new BigDecimal("-1E+30"),
                BigInteger.TEN.pow(500),
                new byte[0],
                new byte[] {1, -1},
                new UUID(1, 2),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalTime.MAX,
                LocalDateTime.MIN,
                Instant.MIN,
                Instant.MAX,
                OffsetDateTime.MAX,
                OffsetTime.MIN,
                Duration.ofSeconds(Long.MIN_VALUE),
                Period.of(1, -2, 3),
                Year.of(-5),
                YearMonth.of(2024, 2),
                MonthDay.of(2, 29),
                ZoneOffset.MAX,
                ZoneId.of("Europe/Berlin"),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                new Date(-1),
                new Timestamp(-1),
                Timestamp.valueOf("2024-01-01 00:00:00.123456789"),
                java.sql.Date.valueOf("2024-02-29"),
                new java.sql.Date(12345),
                java.sql.Time.valueOf("01:02:03"),
                new java.sql.Time(123_456_789_012L),
                new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo")),
                new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.GERMANY),
                new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.US),
                Currency.getInstance("JPY"),
                Locale.ROOT,
                Locale.CANADA_FRENCH,
                new Locale("ja", "JP", "JP"),
                new Locale("no", "NO", "NY"),
                new Locale("xx", "", "odd variant"),
                TimeZone.getTimeZone("GMT+05:30"),
                URI.create("https://example.org/a?b=c#d").toURL(),
                InetAddress.getByName("10.0.0.255"),
                InetAddress.getByName("::1"),
                URI.create("urn:a:b"));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everyLeafReadsExactlyWhatItWrote(Format format) throws Exception {
        BodyFormat bodies = new BodyFormat(format);
        for (Object value : values().toList()) {
            ScalarCodec scalar = ScalarCodecs.ofValue(value);
            assertThat(scalar).as("%s %s", value.getClass(), value).isNotNull();
            assertThat(ScalarCodecs.ofTag(scalar.tag())).isEqualTo(scalar);
            assertThat(roundTrip(bodies, scalar, value))
                    .as(scalar.tag())
                    .isEqualTo(value)
                    .hasSameClassAs(value);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void floatingPointNumbersKeepEveryBit(Format format) throws Exception {
        BodyFormat bodies = new BodyFormat(format);
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            float single = Float.intBitsToFloat(random.nextInt());
            double twice = Double.longBitsToDouble(random.nextLong());
            assertThat(roundTrip(bodies, NumberCodec.FLOAT, single)).isEqualTo(single);
            assertThat(roundTrip(bodies, NumberCodec.DOUBLE, twice)).isEqualTo(twice);
        }
    }

    @Test
    void whatWouldLoadOrResolveIsRefused() {
        BodyFormat bodies = new BodyFormat(Format.JSON);
        for (String[] hostile : new String[][] {
            {"url", "\"gopher2://x/\""},
            {"inet", "\"example.org\""},
            {"bigint", "\"" + "9".repeat(20_000) + "\""},
            {"int", "2147483648"},
            {"int", "1e5"},
            {"byte", "128"},
            {"char", "\"ab\""},
            {"localdate", "\"2024-02-30\""},
            {"uuid", "\"x\""},
            {"currency", "\"???\""},
            {"bytes", "\"!\""},
            {"boolean", "1"}
        }) {
            byte[] bytes = hostile[1].getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThatThrownBy(() -> bodies.read(bytes, 0, bytes.length, ScalarCodecs.ofTag(hostile[0])::read))
                    .as(hostile[0])
                    .isInstanceOf(UndecodableException.class);
        }
    }

    private static Object roundTrip(BodyFormat bodies, ScalarCodec scalar, Object value) throws Exception {
        byte[] bytes = bodies.write(out -> scalar.write(out, value));
        return bodies.read(bytes, 0, bytes.length, scalar::read);
    }
}
