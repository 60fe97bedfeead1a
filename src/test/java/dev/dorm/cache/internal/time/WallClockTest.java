package dev.dorm.cache.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** What a clock shows is believed where all JDBC drivers agree on it. */
class WallClockTest {

    private final WallClock kolkata = new WallClock(TimeZone.getTimeZone("Asia/Kolkata"));

    /** There {@code java.util} goes from 5:30 to 5:21:10, and {@code java.time} has 5:21:10 before, too. */
    @Test
    void notAroundTheFirstMomentOf1900() {
        for (String moment : new String[] {"1899-12-31T23:59:59.999Z", "1900-01-01T00:08:49.999Z"}) {
            assertThat(kolkata.at(Instant.parse(moment))).as(moment).isNull();
        }
        for (String local : new String[] {"1900-01-01T05:21:09.999", "1900-01-01T05:29:59.999"}) {
            assertThat(kolkata.shows(LocalDateTime.parse(local))).as(local).isFalse();
            assertThat(kolkata.when(LocalDateTime.parse(local))).as(local).isNull();
        }
    }

    @Test
    void afterIt() {
        assertThat(kolkata.at(Instant.parse("1900-01-04T00:00:00Z")))
                .isEqualTo(LocalDateTime.parse("1900-01-04T05:21:10"));
        assertThat(kolkata.shows(LocalDateTime.parse("1900-01-04T05:21:10"))).isTrue();
        assertThat(kolkata.when(LocalDateTime.parse("1900-01-04T05:21:10")))
                .isEqualTo(Instant.parse("1900-01-04T00:00:00Z"));
    }

    @Test
    void alwaysWhereBothHaveOneOffset() {
        WallClock utc = new WallClock(TimeZone.getTimeZone("UTC"));
        assertThat(utc.shows(LocalDateTime.parse("1899-12-31T23:59:59.999"))).isTrue();
    }
}
