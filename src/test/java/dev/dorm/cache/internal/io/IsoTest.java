package dev.dorm.cache.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What java.time prints is read as java.time reads it, and so is what it does not print. */
class IsoTest {

    private static final long[] FRACTIONS = {1, 1_000, 1_000_000, 1_000_000_000};

    @Test
    void readsWhatIsPrinted() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            LocalDate date = LocalDate.of(random.nextInt(10_000), 1, 1).plusDays(random.nextInt(366));
            long fraction = FRACTIONS[random.nextInt(FRACTIONS.length)];
            long nanos = random.nextLong(LocalTime.MAX.toNanoOfDay()) / fraction * fraction;
            LocalTime time = LocalTime.ofNanoOfDay(i % 9 == 0 ? nanos / 60_000_000_000L * 60_000_000_000L : nanos);
            LocalDateTime both = date.atTime(time);
            Instant instant = both.toInstant(ZoneOffset.UTC);
            assertThat(Iso.date(date.toString())).isEqualTo(date);
            assertThat(Iso.time(time.toString())).isEqualTo(time);
            assertThat(Iso.dateTime(both.toString())).isEqualTo(both);
            assertThat(Iso.instant(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29",
                "2023-02-29",
                "2024-13-01",
                "2024-00-10",
                "2024-1-01",
                "2024-01-01 ",
                "+12024-01-01",
                "-2024-01-01",
                "2024/01/01",
                "2024-01-0x",
                "２０２４-01-01",
                "",
                "10:15",
                "10:15:30",
                "10:15:30.5",
                "10:15:30.",
                "10:15:30.1234567890",
                "10:15:3",
                "24:00",
                "23:59:60",
                "10.15",
                "1:15",
                "10:15:30,5",
                "2024-01-01T10:15",
                "2024-01-01T24:00:00",
                "2024-01-01t10:15:30",
                "2024-01-01 10:15:30",
                "2024-01-01T10:15:30.000000001",
                "2024-01-01T10:15Z",
                "2024-01-01T10:15:30Z",
                "2024-01-01T10:15:30z",
                "2024-01-01T10:15:30.1Z",
                "2024-01-01T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2024-01-01T10:15:30+01:00",
                "2023-02-29T10:15:30Z",
                "+10000-01-01T00:00:00Z",
                "T",
                "Z"
            })
    void readsTheRestAsTheFormattersDo(String text) {
        same(text, Iso::date, LocalDate::parse);
        same(text, Iso::time, LocalTime::parse);
        same(text, Iso::dateTime, LocalDateTime::parse);
        same(text, Iso::instant, Instant::parse);
    }

    private static <T> void same(String text, Function<String, T> ours, Function<String, T> theirs) {
        T expected;
        try {
            expected = theirs.apply(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> ours.apply(text)).isInstanceOf(DateTimeException.class);
            return;
        }
        assertThat(ours.apply(text)).isEqualTo(expected);
    }
}
