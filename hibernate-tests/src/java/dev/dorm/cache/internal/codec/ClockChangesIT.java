package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Printed;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Local times that come twice where the clock is put back, or never where it is put forward. */
class ClockChangesIT {

    /** One column, as whatever Hibernate reads it. */
    @Entity(name = "Shift")
    static class Shift {
        @Id
        long id = 1;

        String name = "old";
        Date dated;
        Timestamp stamped;
        LocalDateTime wall;

        @JdbcTypeCode(SqlTypes.TIMESTAMP)
        Instant moment;
    }

    private static final String BERLIN = "Europe/Berlin";
    private static final String NEW_YORK = "America/New_York";

    record Database(Storing storing, boolean postgres) {
        CachedFactory.Builder build() {
            CachedFactory.Builder builder = storing.on(Shift.class).set("hibernate.globally_quoted_identifiers", false);
            return postgres ? builder.onPostgres() : builder;
        }
    }

    static Stream<Database> databases() {
        List<Storing> ways = Storing.everyWay().toList();
        return Stream.of(
                new Database(ways.get(0), false),
                new Database(ways.get(1), true),
                new Database(ways.get(2), true),
                new Database(ways.get(3), false));
    }

    /** 02:30 was skipped in Berlin, and comes in New York; drivers read it an hour later in Berlin. */
    @ParameterizedTest
    @MethodSource("databases")
    void aLocalTimeThatIsSkippedIsReadAsTheDriverReadsIt(Database database) {
        try (CachedFactory here = build(database);
                CachedFactory there = another(here)) {
            for (String skipped : List.of("2024-03-31 02:30:00", "2024-03-10 02:30:00", "2024-03-31 03:30:00")) {
                insert(here, skipped);
                for (int turn = 0; turn < 2; turn++) {
                    eachIsServed(here, BERLIN);
                    eachIsServed(there, NEW_YORK);
                }
            }
        }
    }

    /** 02:30 came twice in Berlin; which of the two a column means, only its driver knows. */
    @ParameterizedTest
    @MethodSource("databases")
    void aLocalTimeThatComesTwiceIsNotCached(Database database) {
        try (CachedFactory here = build(database);
                CachedFactory there = another(here);
                Printed printed = Printed.onStandardError()) {
            for (String moment : List.of("2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z")) {
                try (InZone zone = new InZone(BERLIN)) {
                    here.inTransaction(session -> {
                        session.createMutationQuery("delete from Shift").executeUpdate();
                        Shift shift = new Shift();
                        shift.stamped = Timestamp.from(Instant.parse(moment));
                        session.persist(shift);
                    });
                    for (int pass = 0; pass < 3; pass++) {
                        assertThat(seen(here)).isEqualTo(uncached(here));
                    }
                    here.inTransaction(session -> session.find(Shift.class, 1L).name = "new");
                    assertThat(seen(here)).isEqualTo(uncached(here));
                }
                // There it comes once.
                eachIsServed(there, NEW_YORK);
                try (InZone zone = new InZone(BERLIN)) {
                    assertThat(seen(here)).isEqualTo(uncached(here));
                }
            }
            assertThat(printed.lines("Not cached")).singleElement().asString().contains("Shift.stamped", BERLIN);
        }
    }

    /** What the column holds is the same wherever it is read. */
    @ParameterizedTest
    @MethodSource("databases")
    void aLocalDateTimeThatComesTwiceIsCached(Database database) {
        try (CachedFactory here = build(database);
                CachedFactory there = another(here)) {
            try (InZone zone = new InZone(BERLIN)) {
                here.inTransaction(session -> {
                    Shift shift = new Shift();
                    shift.wall = LocalDateTime.parse("2024-10-27T02:30:00");
                    session.persist(shift);
                });
            }
            eachIsServed(here, BERLIN);
            eachIsServed(there, NEW_YORK);
        }
    }

    private static void insert(CachedFactory factory, String local) {
        try (InZone zone = new InZone("UTC")) {
            factory.inTransaction(session -> {
                session.createMutationQuery("delete from Shift").executeUpdate();
                session.doWork(connection -> {
                    try (PreparedStatement sql = connection.prepareStatement(
                            "insert into Shift (id, name, dated, stamped, wall, moment) values (1, 'old', "
                                    + value(local) + ", " + value(local) + ", " + value(local) + ", " + value(local)
                                    + ")")) {
                        sql.executeUpdate();
                    }
                });
            });
            factory.get().getCache().evictAllRegions();
        }
    }

    private static String value(String local) {
        return "timestamp '" + local + "'";
    }

    private static CachedFactory build(Database database) {
        try (InZone zone = new InZone(BERLIN)) {
            return database.build().build();
        }
    }

    private static CachedFactory another(CachedFactory here) {
        try (InZone zone = new InZone(NEW_YORK)) {
            return here.another(Shift.class).cacheAll(AccessType.READ_WRITE).build();
        }
    }

    private static void eachIsServed(CachedFactory process, String zoneId) {
        try (InZone zone = new InZone(zoneId)) {
            Object fromDatabase = uncached(process);
            for (int pass = 0; pass < 3; pass++) {
                assertThat(seen(process)).isEqualTo(fromDatabase);
            }
            assertThat(assertThatCache(process)
                            .<Object>readsWithoutSql(session -> Snapshot.of(session.find(Shift.class, 1L))))
                    .isEqualTo(fromDatabase);
        }
    }

    private static Object seen(CachedFactory process) {
        return process.fromTransaction(session -> Snapshot.of(session.find(Shift.class, 1L)));
    }

    /** Asks the database in a process of its own, in this time zone: {@code find} knows no cache mode but the factory's. */
    private static Object uncached(CachedFactory process) {
        try (CachedFactory uncached = process.another(Shift.class)
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false")
                .build()) {
            return seen(uncached);
        }
    }
}
