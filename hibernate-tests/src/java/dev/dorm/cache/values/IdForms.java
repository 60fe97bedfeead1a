package dev.dorm.cache.values;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;

/** Random values of ids, and other forms of the same ones. */
final class IdForms {

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Asia/Kolkata"), ZoneId.of("America/New_York"), ZoneOffset.ofHours(9));

    private final Random random;

    IdForms(Random random) {
        this.random = random;
    }

    private Instant moment() {
        // Between 1970 and 2100, as exact as a timestamp is.
        return Instant.ofEpochSecond(random.nextLong(4_100_000_000L), random.nextInt(1_000_000) * 1_000L);
    }

    private ZoneId zone() {
        return ZONES.get(random.nextInt(ZONES.size()));
    }

    OffsetDateTime offset() {
        return moment().atZone(zone()).toOffsetDateTime();
    }

    OffsetDateTime other(OffsetDateTime form) {
        return form.atZoneSameInstant(zone()).toOffsetDateTime();
    }

    Calendar calendar() {
        return calendar(moment().truncatedTo(ChronoUnit.MILLIS).atZone(zone()));
    }

    private static Calendar calendar(ZonedDateTime time) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(time.getZone()));
        calendar.setTimeInMillis(time.toInstant().toEpochMilli());
        return calendar;
    }

    /** A calendar is stored as the time that its own clock shows; that of the same moment is another row, then. */
    Calendar other(Calendar form) {
        ZonedDateTime time = form.toInstant().atZone(form.getTimeZone().toZoneId());
        return calendar(random.nextInt(4) == 0 ? time.withZoneSameInstant(zone()) : time.withZoneSameLocal(zone()));
    }

    double real() {
        return random.nextInt(3) == 0 ? zero() : random.nextInt(100) / 4.0;
    }

    private double zero() {
        return random.nextBoolean() ? 0.0 : -0.0;
    }

    double other(double form) {
        return form == 0.0 ? zero() : form;
    }

    BigDecimal decimal() {
        return other(BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 2));
    }

    BigDecimal other(BigDecimal form) {
        BigDecimal plain = form.stripTrailingZeros();
        int scale = Math.max(0, plain.scale());
        return plain.setScale(scale + random.nextInt(4 - scale + 1));
    }

    Date day() {
        return other(Date.from(moment().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Another time of the same local day, of any of the classes that Hibernate takes for a date. */
    Date other(Date form) {
        ZoneId zone = ZoneId.systemDefault();
        Instant start = Instant.ofEpochMilli(form.getTime())
                .atZone(zone)
                .toLocalDate()
                .atStartOfDay(zone)
                .toInstant();
        long millis = start.plusSeconds(random.nextInt(20 * 3_600)).toEpochMilli();
        return switch (random.nextInt(3)) {
            case 0 -> new Date(millis);
            case 1 -> new java.sql.Timestamp(millis);
            default -> new java.sql.Date(start.toEpochMilli());
        };
    }

    Locale locale() {
        return switch (random.nextInt(4)) {
            case 0 -> Locale.forLanguageTag("zh-Hant-TW");
            case 1 -> Locale.forLanguageTag("sr-Latn-RS");
            case 2 -> Locale.GERMANY;
            default -> Locale.FRENCH;
        };
    }

    /** What Hibernate 6.6 reads when a locale with a script was written: the script stands in the variant. */
    Locale other(Locale form) {
        if (form.getScript().isEmpty() || random.nextBoolean()) {
            return form;
        }
        return new Locale(form.getLanguage(), form.getCountry(), "#" + form.getScript());
    }

    String padded(int length) {
        return "abcdefgh".substring(0, 1 + random.nextInt(length));
    }

    String otherPadded(String form, int length) {
        String plain = form.stripTrailing();
        return plain + " ".repeat(random.nextInt(length - plain.length() + 1));
    }

    String text() {
        return "" + (char) ('a' + random.nextInt(3)) + (char) ('a' + random.nextInt(3));
    }

    String otherCase(String form) {
        return random.nextBoolean() ? form.toUpperCase(Locale.ROOT) : form;
    }
}
