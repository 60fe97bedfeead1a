package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Tuple;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two processes whose default time zones differ do not share the result of a query: a parameter is compared with another
 * local time, and what is read is another moment.
 */
class ZonedQueriesIT {

    private static final Instant MOMENT = Instant.parse("2024-06-15T21:02:03Z");

    /** A date or time of the kinds that depend on the time zone. */
    @Entity(name = "Note")
    static class Note {
        @Id
        String name;

        Date dated;
        Timestamp stamped;
        Calendar calendar;

        @JdbcTypeCode(SqlTypes.TIMESTAMP)
        Instant localInstant;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
        OffsetDateTime normalized;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
        OffsetTime normalizedTime;

        Instant instant;
        Time sqlTime;
        LocalDateTime wallDateTime;
        Timestamp[] timestamps;
        Diary.Span span;

        @Convert(converter = Diary.MomentOfText.class)
        String converted;
    }

    record Seen(Date date, LocalDateTime wall) {}

    private static final Map<String, Function<Session, List<?>>> QUERIES = new TreeMap<>(Map.of(
            "entities", session -> hql(session, "from Note order by name", Note.class),
            "a column", session -> hql(session, "select d.stamped from Note d order by d.name", Timestamp.class),
            "columns",
                    session -> hql(
                            session,
                            "select d.dated, d.calendar, d.localInstant, d.normalized, d.normalizedTime, d.instant,"
                                    + " d.sqlTime, d.timestamps, d.span, d.converted from Note d order by d.name",
                            Object[].class),
            "a record",
                    session -> hql(
                            session,
                            "select new " + Seen.class.getName()
                                    + "(d.dated, d.wallDateTime) from Note d order by d.name",
                            Seen.class),
            "a tuple",
                    session ->
                            hql(session, "select d.localInstant as a from Note d order by d.name", Tuple.class).stream()
                                    .map(tuple -> tuple.get("a"))
                                    .toList(),
            "SQL",
                    session -> session.createNativeQuery("select stamped from Note order by name", Object.class)
                            .addSynchronizedEntityClass(Note.class)
                            .setCacheable(true)
                            .list(),
            "by a parameter",
                    session -> session.createQuery("select name from Note where stamped < :before", String.class)
                            .setParameter("before", Timestamp.from(MOMENT.plusSeconds(3_600)))
                            .setCacheable(true)
                            .list()));

    private static <T> List<T> hql(Session session, String hql, Class<T> type) {
        return session.createQuery(hql, type).setCacheable(true).list();
    }

    static Stream<Storing> everyWay() {
        return Storing.everyWay();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void eachIsServedWhatItsOwnDatabaseAnswers(Storing storing) {
        try (CachedFactory here = here(storing);
                CachedFactory there = there(here)) {
            QUERIES.forEach((name, query) -> {
                try (InZone zone = new InZone("Europe/Berlin")) {
                    isServed(name, here, query);
                }
                try (InZone zone = new InZone("America/New_York")) {
                    isServed(name, there, query);
                }
            });
        }
    }

    private static void isServed(String name, CachedFactory process, Function<Session, List<?>> query) {
        Object fromDatabase;
        try (CachedFactory uncached = process.another(Note.class)
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false")
                .build()) {
            fromDatabase = uncached.fromTransaction(
                    session -> query.apply(session).stream().map(Snapshot::of).toList());
        }
        for (int pass = 0; pass < 3; pass++) {
            assertThat(process.<Object>fromTransaction(session ->
                            query.apply(session).stream().map(Snapshot::of).toList()))
                    .as(name)
                    .isEqualTo(fromDatabase);
        }
        assertThat(assertThatCache(process)
                        .<Object>readsWithoutSql(session ->
                                query.apply(session).stream().map(Snapshot::of).toList()))
                .as(name)
                .isEqualTo(fromDatabase);
    }

    private static CachedFactory here(Storing storing) {
        try (InZone zone = new InZone("Europe/Berlin")) {
            CachedFactory here = storing.on(Note.class)
                    .set("hibernate.globally_quoted_identifiers", false)
                    .build();
            here.inTransaction(session -> {
                session.persist(note("1", MOMENT));
                // Between this zone's and the other's.
                session.persist(note("2", MOMENT.minusSeconds(2 * 3_600)));
            });
            return here;
        }
    }

    private static CachedFactory there(CachedFactory here) {
        try (InZone zone = new InZone("America/New_York")) {
            return here.another(Note.class).cacheAll(AccessType.READ_WRITE).build();
        }
    }

    private static Note note(String name, Instant moment) {
        Note note = new Note();
        note.name = name;
        note.dated = Date.from(moment);
        note.stamped = Timestamp.from(moment);
        note.calendar = Calendar.getInstance();
        note.calendar.setTimeInMillis(moment.toEpochMilli());
        note.localInstant = moment;
        note.normalized = OffsetDateTime.parse("2024-06-15T21:02:03+05:00");
        note.normalizedTime = OffsetTime.parse("21:02:03+05:00");
        note.instant = moment;
        note.sqlTime = Time.valueOf("21:02:03");
        note.wallDateTime = LocalDateTime.parse("2024-06-15T21:02:03");
        note.timestamps = new Timestamp[] {Timestamp.from(moment)};
        note.span = new Diary.Span(Timestamp.from(moment), note.normalized);
        note.converted = moment.toString();
        return note;
    }
}
