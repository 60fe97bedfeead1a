package dev.dorm.cache.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Dates and times that two ways of reckoning make different ones of are told from the others. */
class OldTimesTest {

    private static final Instant OLD = Instant.parse("1850-01-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("1950-01-01T00:00:00Z");

    @Test
    void areFoundInAnyClassAndAtAnyDepth() {
        for (Instant moment : List.of(OLD, NEW)) {
            Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
            calendar.setTimeInMillis(moment.toEpochMilli());
            for (Object value : new Object[] {
                moment,
                new Date(moment.toEpochMilli()),
                new java.sql.Date(moment.toEpochMilli()),
                Timestamp.from(moment),
                calendar,
                LocalDate.parse(moment.toString().substring(0, 10)),
                OffsetDateTime.parse(moment.toString()),
                new Timestamp[] {null, Timestamp.from(moment)},
                new Object[] {List.of(moment)},
            }) {
                assertThat(OldTimes.areIn(value)).as("%s", value).isEqualTo(moment == OLD);
            }
        }
        assertThat(OldTimes.areIn(LocalDate.of(10_000, 1, 1))).isTrue();
    }

    @Test
    void whatHasNoDateIsNone() {
        assertThat(OldTimes.areIn(null)).isFalse();
        assertThat(OldTimes.areIn(LocalTime.MIN)).isFalse();
        assertThat(OldTimes.areIn("1850-01-01")).isFalse();
    }
}
