package dev.dorm.cache.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Time;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;

/** Random values of the types that Hibernate maps as basic: ordinary ones, and the extremes of each. */
final class RandomValues {

    private static final String[] ZONES = {
        "UTC", "Europe/Paris", "Asia/Kolkata", "America/New_York", "Pacific/Apia", "GMT+09:00"
    };
    private static final String[] LOCALES = {"de", "en-US", "zh-Hant-TW", "sr-Latn-RS", "th-TH-u-ca-buddhist", "und"};

    private final Random random;
    private final Map<Class<?>, Supplier<?>> byType = new LinkedHashMap<>();

    RandomValues(Random random) {
        this.random = random;
        numbers();
        times();
        others();
    }

    Random random() {
        return random;
    }

    /** The types that there are values of. */
    List<Class<?>> types() {
        return List.copyOf(byType.keySet());
    }

    <T> T of(Class<T> type) {
        Supplier<?> values = byType.get(type);
        if (values == null) {
            throw new IllegalArgumentException("no values of " + type);
        }
        @SuppressWarnings("unchecked")
        T value = (T) values.get();
        return value;
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> void add(Class<T> type, Supplier<T> values) {
        byType.put(type, values);
    }

    private void numbers() {
        add(Boolean.class, random::nextBoolean);
        add(Byte.class, () -> one((byte) 0, Byte.MIN_VALUE, Byte.MAX_VALUE, (byte) random.nextInt()));
        add(Short.class, () -> one((short) 0, Short.MIN_VALUE, (short) random.nextInt()));
        add(Integer.class, () -> one(0, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt()));
        add(Long.class, () -> one(0L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong(), random.nextLong(1_000)));
        add(Float.class, () -> one(0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, random.nextFloat(), 1.5f));
        add(Double.class, () -> one(0d, -0d, Double.MIN_VALUE, -Double.MAX_VALUE, random.nextDouble(), 0.1));
        add(BigInteger.class, () -> one(BigInteger.ZERO, BigInteger.TEN.pow(30).negate(), new BigInteger(90, random)));
        add(
                BigDecimal.class,
                () -> one(
                        BigDecimal.ZERO,
                        new BigDecimal("0.00"),
                        new BigDecimal("-1E+15"),
                        new BigDecimal(new BigInteger(60, random), random.nextInt(9)),
                        new BigDecimal("1.500")));
    }

    Instant moment() {
        return one(
                Instant.EPOCH,
                Instant.parse("2024-10-27T00:30:00.123456Z"),
                Instant.parse("2024-10-27T01:30:00Z"),
                Instant.parse("1899-12-31T23:59:59.999Z"),
                Instant.parse("0950-03-01T12:00:00Z"),
                Instant.parse("9998-12-31T23:59:59.999999Z"),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Instant.ofEpochSecond(random.nextInt(), 0));
    }

    ZoneId zone() {
        return ZoneId.of(one(ZONES));
    }

    private void times() {
        add(Instant.class, this::moment);
        add(LocalDateTime.class, () -> one(LocalDateTime.ofInstant(moment(), zone()), LocalDateTime.of(1, 1, 1, 0, 0)));
        add(LocalDate.class, () -> one(of(LocalDateTime.class).toLocalDate(), LocalDate.of(9999, 12, 31)));
        add(
                LocalTime.class,
                () -> one(LocalTime.MIN, LocalTime.MAX, of(LocalDateTime.class).toLocalTime()));
        add(ZonedDateTime.class, () -> moment().atZone(zone()));
        add(OffsetDateTime.class, () -> of(ZonedDateTime.class).toOffsetDateTime());
        add(OffsetTime.class, () -> of(LocalTime.class).atOffset(of(ZoneOffset.class)));
        add(Duration.class, () -> one(Duration.ZERO, Duration.ofNanos(-1), Duration.ofNanos(random.nextLong())));
        add(Period.class, () -> Period.of(random.nextInt(), random.nextInt(), random.nextInt()));
        add(Year.class, () -> Year.of(one(1, 2024, Year.MIN_VALUE, Year.MAX_VALUE)));
        add(YearMonth.class, () -> YearMonth.of(one(2024, 10_000, Year.MIN_VALUE, 1), 2));
        add(MonthDay.class, () -> one(MonthDay.of(2, 29), MonthDay.of(1 + random.nextInt(12), 1)));
        add(ZoneId.class, this::zone);
        add(ZoneOffset.class, () -> one(ZoneOffset.UTC, ZoneOffset.ofHoursMinutes(5, 30), ZoneOffset.MIN));
        add(Date.class, () -> new Date(moment().toEpochMilli()));
        add(java.sql.Date.class, () -> new java.sql.Date(moment().toEpochMilli()));
        add(Time.class, () -> one(new Time(0), new Time(random.nextInt(86_400_000))));
        add(Timestamp.class, () -> Timestamp.from(moment()));
        add(Calendar.class, this::calendar);
        add(GregorianCalendar.class, this::calendar);
    }

    private GregorianCalendar calendar() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(one(ZONES)));
        calendar.setTimeInMillis(moment().toEpochMilli());
        return calendar;
    }

    private void others() {
        add(String.class, this::text);
        add(Character.class, () -> one('x', ' ', '\u00e9', '"', '\n'));
        add(UUID.class, () -> one(new UUID(0, 0), new UUID(random.nextLong(), random.nextLong())));
        add(Currency.class, () -> Currency.getInstance(one("EUR", "XXX", "JPY")));
        add(Locale.class, () -> Locale.forLanguageTag(one(LOCALES)));
        add(TimeZone.class, () -> TimeZone.getTimeZone(one(ZONES)));
        add(URI.class, () -> URI.create(one("", "urn:a", "http://h/p?q=%20#f")));
        add(DayOfWeek.class, () -> one(DayOfWeek.values()));
        add(InetAddress.class, this::address);
        add(Class.class, () -> one(String.class, Map.class, Samples.Point.class));
        add(BitSet.class, () -> BitSet.valueOf(new long[] {random.nextLong(), random.nextInt(4)}));
        add(byte[].class, () -> bytes(one(0, 1, 7, 300)));
        add(Samples.Color.class, () -> one(Samples.Color.values()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return switch (random.nextInt(7)) {
            case 0 -> "";
            case 1 -> " ";
            case 2 -> "\uD83D\uDE00 \u4E2D\u00e9\t\"\\\u0001";
            case 3 -> "x".repeat(200);
            case 4 -> "null";
            case 5 -> "{\"a\":[1]}";
            default -> Long.toString(random.nextLong(), 36);
        };
    }

    private InetAddress address() {
        try {
            return InetAddress.getByAddress(bytes(one(4, 16)));
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    Object arrayOf(Class<?> component) {
        Object array = java.lang.reflect.Array.newInstance(component, random.nextInt(4));
        Class<?> boxed =
                java.lang.invoke.MethodType.methodType(component).wrap().returnType();
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            if (component.isPrimitive() || random.nextInt(5) > 0) {
                java.lang.reflect.Array.set(array, i, of(boxed));
            }
        }
        return array;
    }

    <T> List<T> listOf(Class<T> type) {
        @SuppressWarnings("unchecked")
        List<T> list = (List<T>) Arrays.asList((Object[]) arrayOf(type));
        return new java.util.ArrayList<>(list);
    }
}
