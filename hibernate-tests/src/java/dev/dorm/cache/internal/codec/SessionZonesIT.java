package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session with a JDBC time zone of its own reads and writes other values than the rest, and shares none with them. */
class SessionZonesIT {

    private static final Instant MOMENT = Instant.parse("2024-06-15T21:02:03Z");

    static Stream<Storing> everyWay() {
        return Storing.everyWay();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void sharesNothingWithTheOthers(Storing storing) {
        try (CachedFactory factory = storing.on(ClockChangesIT.Shift.class)
                .set("hibernate.globally_quoted_identifiers", false)
                .build()) {
            factory.inTransaction(session -> {
                ClockChangesIT.Shift shift = new ClockChangesIT.Shift();
                shift.stamped = Timestamp.from(MOMENT);
                session.persist(shift);
            });
            Instant inTokyo = in(factory, "Asia/Tokyo", SessionZonesIT::stamped);
            Instant inNewYork = in(factory, "America/New_York", SessionZonesIT::stamped);
            assertThat(inNewYork).isNotEqualTo(inTokyo);
            for (int pass = 0; pass < 5; pass++) {
                assertThat(factory.<Instant>fromTransaction(SessionZonesIT::stamped))
                        .isEqualTo(MOMENT);
                assertThat(in(factory, "Asia/Tokyo", SessionZonesIT::stamped)).isEqualTo(inTokyo);
                assertThat(in(factory, "America/New_York", SessionZonesIT::stamped))
                        .isEqualTo(inNewYork);
            }
            assertThat(assertThatCache(factory).<Instant>readsWithoutSql(SessionZonesIT::stamped))
                    .isEqualTo(MOMENT);
            in(factory, "Asia/Tokyo", session -> {
                session.find(ClockChangesIT.Shift.class, 1L).stamped = Timestamp.from(MOMENT);
                return null;
            });
            // The column holds what the clocks of Tokyo showed.
            Instant written =
                    factory.fromTransaction(session -> session.createQuery("select stamped from Shift", Timestamp.class)
                            .getSingleResult()
                            .toInstant());
            assertThat(written).isNotEqualTo(MOMENT);
            assertThat(factory.<Instant>fromTransaction(SessionZonesIT::stamped))
                    .isEqualTo(written);
        }
    }

    private static Instant stamped(Session session) {
        return session.find(ClockChangesIT.Shift.class, 1L).stamped.toInstant();
    }

    private static <T> T in(CachedFactory factory, String zone, Function<Session, T> work) {
        SessionFactory sessions = factory.get();
        try (Session session =
                sessions.withOptions().jdbcTimeZone(TimeZone.getTimeZone(zone)).openSession()) {
            session.beginTransaction();
            T result = work.apply(session);
            session.getTransaction().commit();
            return result;
        }
    }
}
