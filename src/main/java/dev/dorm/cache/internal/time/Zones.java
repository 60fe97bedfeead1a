package dev.dorm.cache.internal.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The time zones that JDBC takes a time through: the JVM's, and that of {@code hibernate.jdbc.time_zone}. Where clocks are
 * set forward or back, a local time is none, or two.
 *
 * @param jdbc the zone of the setting, or null
 */
public record Zones(@Nullable TimeZone jdbc) {

    public boolean keep(LocalDateTime time) {
        ZoneRules rules = ZoneId.systemDefault().getRules();
        if (!isOne(rules, time)) {
            return false;
        }
        return jdbc == null || keepsThere(time.toInstant(rules.getOffset(time)));
    }

    public boolean keep(Instant instant) {
        return jdbc == null ? keeps(ZoneId.systemDefault(), instant) : keepsThere(instant);
    }

    private boolean keepsThere(Instant instant) {
        return jdbc != null && keeps(jdbc.toZoneId(), instant);
    }

    private static boolean keeps(ZoneId zone, Instant instant) {
        return zone.getRules().isFixedOffset() || isOne(zone.getRules(), LocalDateTime.ofInstant(instant, zone));
    }

    private static boolean isOne(ZoneRules rules, LocalDateTime time) {
        return rules.isFixedOffset() || rules.getValidOffsets(time).size() == 1;
    }
}
