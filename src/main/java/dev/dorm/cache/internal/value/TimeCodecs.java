package dev.dorm.cache.internal.value;

import dev.dorm.cache.internal.io.Iso;
import dev.dorm.cache.internal.io.ScalarCodec;
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
import java.util.function.BiConsumer;

/** The types of {@code java.time}, in their ISO forms, which keep every nanosecond. */
final class TimeCodecs {

    private TimeCodecs() {}

    static void addTo(BiConsumer<Class<?>, ScalarCodec> codecs) {
        iso(codecs, "localdate", LocalDate.class, Iso::date);
        iso(codecs, "localtime", LocalTime.class, Iso::time);
        iso(codecs, "localdatetime", LocalDateTime.class, Iso::dateTime);
        iso(codecs, "instant", Instant.class, Iso::instant);
        iso(codecs, "offsetdatetime", OffsetDateTime.class, OffsetDateTime::parse);
        iso(codecs, "offsettime", OffsetTime.class, OffsetTime::parse);
        iso(codecs, "zoneddatetime", ZonedDateTime.class, ZonedDateTime::parse);
        iso(codecs, "duration", Duration.class, Duration::parse);
        iso(codecs, "period", Period.class, Period::parse);
        // From the year 10000 on YearMonth.parse wants a sign that YearMonth.toString does not print.
        codecs.accept(
                YearMonth.class,
                TextCodec.of(
                        "yearmonth",
                        YearMonth.class,
                        month -> month.getYear() > 9999 ? "+" + month : month.toString(),
                        YearMonth::parse));
        iso(codecs, "monthday", MonthDay.class, MonthDay::parse);
        iso(codecs, "zoneoffset", ZoneOffset.class, ZoneOffset::of);
        codecs.accept(
                Year.class,
                TextCodec.of(
                        "year",
                        Year.class,
                        year -> Integer.toString(year.getValue()),
                        text -> Year.of(Integer.parseInt(text))));
        // The class of a region is not public, and ZoneId.of gives a ZoneOffset for what an offset printed.
        codecs.accept(
                ZoneId.class,
                new TextCodec("zone", ZoneId.class::isInstance, zone -> ((ZoneId) zone).getId(), ZoneId::of));
    }

    private static <T> void iso(
            BiConsumer<Class<?>, ScalarCodec> codecs, String tag, Class<T> type, TextCodec.Parse parse) {
        codecs.accept(type, TextCodec.of(tag, type, Object::toString, parse));
    }
}
