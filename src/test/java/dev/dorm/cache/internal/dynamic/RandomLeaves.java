package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.value.ScalarCodecs;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Timestamp;
import java.time.DayOfWeek;
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
import java.util.BitSet;
import java.util.Calendar;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;

/** Random values of the JDK that hold no others, the extreme ones among them. */
class RandomLeaves {

    interface Make {
        Object of() throws Exception;
    }

    /** Classes of which there are arrays. */
    private static final Class<?>[] WITH_LEAF = ScalarCodecs.types().stream()
            .sorted(Comparator.comparing(Class::getName))
            .toArray(Class<?>[]::new);

    private static final Locale[] LOCALES = Locale.getAvailableLocales();
    private static final String[] ZONES = ZoneId.getAvailableZoneIds().toArray(String[]::new);

    final Random random;

    RandomLeaves(Random random) {
        this.random = random;
    }

    Object leaf() {
        return pick(
                () -> text(),
                () -> (char) random.nextInt(0x10000),
                () -> random.nextBoolean(),
                () -> (byte) random.nextInt(),
                () -> (short) random.nextInt(),
                () -> extreme(),
                () -> random.nextLong() >> random.nextInt(64),
                () -> Float.intBitsToFloat(random.nextInt()),
                () -> Double.longBitsToDouble(random.nextLong()),
                () -> number(),
                () -> new BigInteger(random.nextInt(2000), random).negate(),
                () -> new UUID(random.nextLong(), random.nextLong()),
                () -> date(),
                () -> time(),
                () -> LocalDateTime.of(date(), time()),
                () -> instant(),
                () -> OffsetDateTime.of(LocalDateTime.of(date(), time()), offset()),
                () -> OffsetTime.of(time(), offset()),
                () -> ZonedDateTime.ofInstant(
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), zone()),
                () -> duration(),
                () -> Period.of(extreme(), extreme(), extreme()),
                () -> Year.of(random.nextInt(2 * Year.MAX_VALUE) - Year.MAX_VALUE),
                () -> YearMonth.of(random.nextInt(2 * Year.MAX_VALUE) - Year.MAX_VALUE, 1 + random.nextInt(12)),
                () -> YearMonth.of(random.nextInt(20_000), 1 + random.nextInt(12)),
                () -> MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28)),
                () -> offset(),
                () -> zone(),
                () -> DayOfWeek.of(1 + random.nextInt(7)),
                () -> RandomValues.Signal.values()[random.nextInt(2)],
                () -> new Date(random.nextLong() >> random.nextInt(64)),
                () -> calendar(),
                () -> new Calendar[] {calendar(), null},
                () -> new Calendar[][] {{calendar()}},
                () -> timestamp(),
                () -> java.sql.Date.valueOf(LocalDate.ofEpochDay(random.nextInt(40_000))),
                () -> new java.sql.Date(random.nextLong() >> 16),
                () -> java.sql.Time.valueOf(LocalTime.ofSecondOfDay(random.nextInt(86_400))),
                () -> new java.sql.Time(random.nextLong() >> 20),
                () -> Currency.getAvailableCurrencies().stream()
                        .skip(random.nextInt(100))
                        .findFirst()
                        .orElseThrow(),
                () -> LOCALES[random.nextInt(LOCALES.length)],
                () -> TimeZone.getTimeZone(ZONES[random.nextInt(ZONES.length)]),
                () -> URI.create("https://example.org/" + random.nextInt() + "?q=%20" + random.nextInt(9) + "#f"),
                () -> URI.create("file:/tmp/" + random.nextInt()).toURL(),
                () -> InetAddress.getByAddress(bytes(random.nextBoolean() ? 4 : 16)),
                () -> InetAddress.getByAddress("host" + random.nextInt(9), bytes(random.nextBoolean() ? 4 : 16)),
                () -> java.net.Inet6Address.getByAddress(null, bytes(16), random.nextInt(3)),
                () -> bytes(random.nextInt(9)),
                () -> text().toCharArray(),
                () -> new int[] {random.nextInt(), extreme()},
                () -> new long[random.nextInt(3)],
                () -> new double[] {random.nextDouble(), Double.NaN},
                () -> new String[] {text(), null},
                () -> new LocalDate[] {date(), null, date()},
                () -> new RandomValues.Signal[] {RandomValues.Signal.GREEN, null},
                () -> new BigDecimal[][] {{number()}, {}, null},
                () -> Array.newInstance(WITH_LEAF[random.nextInt(WITH_LEAF.length)], random.nextInt(3)),
                () -> new RandomValues.Point(random.nextInt(), text().replaceAll("[\\ud800-\\udfff]", "")),
                () -> bits());
    }

    private Calendar calendar() {
        Locale week = random.nextBoolean() ? Locale.GERMANY : Locale.US;
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(ZONES[random.nextInt(ZONES.length)]), week);
        calendar.setTimeInMillis(random.nextLong() >> 20);
        return calendar;
    }

    BitSet bits() {
        BitSet bits = random.nextBoolean() ? new BitSet() : new BitSet(random.nextInt(500));
        for (int i = random.nextInt(5); i > 0; i--) {
            bits.set(random.nextInt(300));
        }
        return bits;
    }

    String text() {
        int length = random.nextInt(6);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(20) == 0 ? (char) random.nextInt(0x10000) : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    int extreme() {
        int[] extremes = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt(), random.nextInt(100)};
        return extremes[random.nextInt(extremes.length)];
    }

    BigDecimal number() {
        return new BigDecimal(
                new BigInteger(1 + random.nextInt(200), random),
                random.nextInt(4) == 0 ? extreme() : random.nextInt(40) - 20);
    }

    LocalDate date() {
        return switch (random.nextInt(6)) {
            case 0 -> LocalDate.MIN.plusDays(random.nextInt(9));
            case 1 -> LocalDate.MAX.minusDays(random.nextInt(9));
            case 2 -> LocalDate.of(9_990 + random.nextInt(20), 1, 1);
            case 3 -> LocalDate.of(random.nextInt(10) - 5, 2, 28);
            default -> LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000);
        };
    }

    LocalTime time() {
        return LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400_000_000_000L) / (1L << random.nextInt(40)));
    }

    Instant instant() {
        return switch (random.nextInt(4)) {
            case 0 -> Instant.MIN.plusNanos(random.nextInt());
            case 1 -> Instant.MAX.minusNanos(random.nextInt(Integer.MAX_VALUE));
            default -> Instant.ofEpochSecond(random.nextLong() >> 29, random.nextInt());
        };
    }

    Timestamp timestamp() {
        Timestamp timestamp = new Timestamp(random.nextLong() >> random.nextInt(64));
        timestamp.setNanos(random.nextInt(1_000_000_000));
        return timestamp;
    }

    Duration duration() {
        return switch (random.nextInt(5)) {
            case 0 -> Duration.ofSeconds(Long.MIN_VALUE, random.nextInt(1_000_000_000));
            case 1 -> Duration.ofSeconds(Long.MAX_VALUE, random.nextInt(1_000_000_000));
            case 2 -> Duration.ofNanos(random.nextInt());
            default -> Duration.ofSeconds(random.nextLong() >> random.nextInt(64), random.nextInt(1_000_000_000));
        };
    }

    ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(2 * 64_800) - 64_800);
    }

    ZoneId zone() {
        String[] some = {"UTC", "GMT", "UT", "GMT+05:30", "UTC-08:00", "Z", "+02:00", "Europe/Berlin", "America/Caracas"
        };
        return ZoneId.of(
                random.nextBoolean() ? some[random.nextInt(some.length)] : ZONES[random.nextInt(ZONES.length)]);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Object pick(Make... makes) {
        while (true) {
            try {
                return makes[random.nextInt(makes.length)].of();
            } catch (IllegalArgumentException | ClassCastException | java.time.DateTimeException e) {
                // No such value; another then.
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
