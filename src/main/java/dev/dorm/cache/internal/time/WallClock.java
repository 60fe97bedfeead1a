package dev.dorm.cache.internal.time;

import dev.dorm.cache.internal.value.DateCodecs;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What the clocks of a time zone show, as far as all JDBC drivers agree on it. They reckon with {@code java.util} or with
 * {@code java.time}, which differ before 1900, and of a local time that comes twice, or never, each makes what it likes.
 */
public final class WallClock {

    /** {@code java.util} knows local mean time, and all changes of clocks, since 1900. */
    private static final long AGREED_SINCE =
            Instant.parse("1900-01-03T00:00:00Z").getEpochSecond();

    private static volatile @Nullable Here here;

    private final TimeZone zone;
    private final ZoneRules rules;

    private record Here(ZoneId zone, Locale locale, String text) {}

    public WallClock(TimeZone zone) {
        this.zone = zone;
        this.rules = zone.toZoneId().getRules();
    }

    /** The clock of the zone that an application has set for its connections, or else of the JVM's. */
    public static WallClock of(@Nullable TimeZone ofConnections) {
        return new WallClock(ofConnections == null ? TimeZone.getDefault() : ofConnections);
    }

    /**
     * Says in which time zones this process reads what has none, and which week it gives to a calendar that it reads.
     *
     * @param ofConnections the setting {@code hibernate.jdbc.time_zone}, or null
     * @return the zones' ids, and the week
     */
    public static String zones(@Nullable TimeZone ofConnections) {
        String own = zonesOf(ZoneId.systemDefault(), Locale.getDefault(Locale.Category.FORMAT));
        return ofConnections == null ? own : own + " " + ofConnections.getID();
    }

    /** The week is the locale's; a calendar is made again only where either has changed. */
    private static String zonesOf(ZoneId zone, Locale locale) {
        Here known = here;
        if (known == null || !known.zone.equals(zone) || !known.locale.equals(locale)) {
            known = new Here(
                    zone,
                    locale,
                    zone.getId() + " " + DateCodecs.week(new GregorianCalendar(TimeZone.getTimeZone(zone), locale)));
            here = known;
        }
        return known.text;
    }

    /** How far the JVM's clock is from UTC just now: Hibernate reads an {@code OffsetTime} at that offset. */
    public static String offset() {
        return ZoneId.systemDefault().getRules().getOffset(Instant.now()).getId();
    }

    public String id() {
        return zone.getID();
    }

    /** What the clock shows at a moment; null where drivers may disagree, or where it may have skipped what a column holds. */
    @Nullable
    public LocalDateTime at(Instant moment) {
        ZoneOffset offset = rules.getOffset(moment);
        if (!agreed(moment, offset) || skippedTo(moment, offset)) {
            return null;
        }
        return LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), offset);
    }

    /** When the clock shows this; null where it does so never or twice, or drivers may disagree. */
    @Nullable
    public Instant when(LocalDateTime local) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.size() != 1) {
            return null;
        }
        Instant moment = local.toInstant(offsets.get(0));
        return agreed(moment, offsets.get(0)) ? moment : null;
    }

    /** Whether the clock shows this twice, having been put back. */
    public boolean showsTwice(LocalDateTime local) {
        return rules.getValidOffsets(local).size() > 1;
    }

    /** Whether a column that holds this local date-time is read as it is. */
    public boolean shows(LocalDateTime local) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            return false;
        }
        Instant moment = local.toInstant(offsets.get(0));
        return agreed(moment, offsets.get(0)) && !skippedTo(moment, offsets.get(0));
    }

    /** Where drivers disagree about the day before or after, one may have read as this what another reads as that. */
    private boolean agreed(Instant moment, ZoneOffset offset) {
        return agrees(moment, offset)
                && (moment.getEpochSecond() >= AGREED_SINCE
                        || (agrees(moment.minus(1, ChronoUnit.DAYS)) && agrees(moment.plus(1, ChronoUnit.DAYS))));
    }

    private boolean agrees(Instant moment) {
        return agrees(moment, rules.getOffset(moment));
    }

    private boolean agrees(Instant moment, ZoneOffset offset) {
        return zone.getOffset(Math.multiplyExact(moment.getEpochSecond(), 1_000L)) == offset.getTotalSeconds() * 1_000;
    }

    /** A column that holds a local time that was skipped is read as one that comes as much later. */
    private boolean skippedTo(Instant moment, ZoneOffset offset) {
        if (rules.isFixedOffset()
                || rules.getOffset(moment.minus(1, ChronoUnit.DAYS)).equals(offset)) {
            return false;
        }
        @Nullable ZoneOffsetTransition last = rules.previousTransition(moment.plusNanos(1));
        return last != null && last.isGap() && moment.isBefore(last.getInstant().plus(last.getDuration()));
    }
}
