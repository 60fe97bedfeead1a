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
final class TimeLeaves {

    private TimeLeaves() {}

    static void addTo(BiConsumer<Class<?>, ScalarCodec> leaves) {
        iso(leaves, "localdate", LocalDate.class, Iso::date);
        iso(leaves, "localtime", LocalTime.class, Iso::time);
        iso(leaves, "localdatetime", LocalDateTime.class, Iso::dateTime);
        iso(leaves, "instant", Instant.class, Iso::instant);
        iso(leaves, "offsetdatetime", OffsetDateTime.class, OffsetDateTime::parse);
        iso(leaves, "offsettime", OffsetTime.class, OffsetTime::parse);
        iso(leaves, "zoneddatetime", ZonedDateTime.class, ZonedDateTime::parse);
        iso(leaves, "duration", Duration.class, Duration::parse);
        iso(leaves, "period", Period.class, Period::parse);
        // From the year 10000 on YearMonth.parse wants a sign that YearMonth.toString does not print.
        leaves.accept(
                YearMonth.class,
                TextLeaf.of(
                        "yearmonth",
                        YearMonth.class,
                        month -> month.getYear() > 9999 ? "+" + month : month.toString(),
                        YearMonth::parse));
        iso(leaves, "monthday", MonthDay.class, MonthDay::parse);
        iso(leaves, "zoneoffset", ZoneOffset.class, ZoneOffset::of);
        leaves.accept(
                Year.class,
                TextLeaf.of(
                        "year",
                        Year.class,
                        year -> Integer.toString(year.getValue()),
                        text -> Year.of(Integer.parseInt(text))));
        // The class of a region is not public, and ZoneId.of gives a ZoneOffset for what an offset printed.
        leaves.accept(
                ZoneId.class,
                new TextLeaf("zone", ZoneId.class::isInstance, zone -> ((ZoneId) zone).getId(), ZoneId::of));
    }

    private static <T> void iso(
            BiConsumer<Class<?>, ScalarCodec> leaves, String tag, Class<T> type, TextLeaf.Parse parse) {
        leaves.accept(type, TextLeaf.of(tag, type, Object::toString, parse));
    }
}
