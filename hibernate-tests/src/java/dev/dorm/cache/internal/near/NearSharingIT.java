package dev.dorm.cache.internal.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one session does to the values it was given, another that is given the same row does not see. */
class NearSharingIT {

    private static OwnRedis redis;

    /** Values that can be changed, of types that Hibernate copies. */
    @Entity(name = "Mutables")
    @Cacheable
    static class Mutables {

        @Id
        long id = 1;

        Date date = new Date(0);
        Calendar calendar = Calendar.getInstance();
        byte[] bytes = {1, 2};
        Integer[] numbers = {1, 2};
        Period period = new Period();
        Plain plain = new Plain();

        @ElementCollection(fetch = FetchType.EAGER)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<Period> periods = new ArrayList<>(List.of(new Period()));

        void change() {
            date.setTime(9);
            calendar.setTimeInMillis(9);
            bytes[0] = 9;
            numbers[0] = 9;
            period.start.setTime(9);
            plain.number = 9;
            periods.get(0).start.setTime(9);
        }

        String shown() {
            return date.getTime() + " " + (calendar.getTimeInMillis() == 9) + bytes[0] + numbers[0]
                    + period.start.getTime() + plain.number
                    + periods.get(0).start.getTime();
        }
    }

    /** Values that can be changed in an array, which Hibernate copies without them. */
    @Entity(name = "Zoned")
    @Cacheable
    static class Zoned {

        @Id
        long id = 1;

        TimeZone[] zones = {TimeZone.getTimeZone("Asia/Tokyo")};
    }

    /** An embeddable with a value that can be changed. */
    @Embeddable
    static class Period {

        Date start = new Date(0);
    }

    /** A class that Hibernate knows nothing of but that it is serializable. */
    static class Plain implements Serializable {

        private static final long serialVersionUID = 1L;

        public int number = 1;
    }

    /** A value that can be changed, and that Hibernate was told to hold for immutable. */
    @Entity(name = "Pinned")
    @Cacheable
    static class Pinned {

        @Id
        long id = 1;

        @Convert(converter = BoxConverter.class)
        Box box = new Box();
    }

    @Immutable
    static class Box implements Serializable {

        private static final long serialVersionUID = 1L;

        int number;
    }

    /** A box is its number. */
    @Converter
    static class BoxConverter implements AttributeConverter<Box, Integer> {

        @Override
        public Integer convertToDatabaseColumn(Box box) {
            return box == null ? null : box.number;
        }

        @Override
        public Box convertToEntityAttribute(Integer number) {
            Box box = new Box();
            box.number = number;
            return box;
        }
    }

    @BeforeAll
    static void start() {
        redis = RedisServer.startOwn();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static CachedFactory factory(boolean structured) {
        CachedFactory factory = CachedFactory.of(Mutables.class, Pinned.class, Zoned.class)
                .set("hibernate.cache.dorm.location", redis.url())
                .set("hibernate.cache.region_prefix", UUID.randomUUID().toString())
                .set("hibernate.cache.dorm.near", "all")
                .set("hibernate.cache.dorm.allowed_types", Plain.class.getName())
                .set("hibernate.cache.use_structured_entries", structured)
                .build();
        factory.inTransaction(session -> {
            session.persist(new Mutables());
            session.persist(new Pinned());
            session.persist(new Zoned());
        });
        return factory;
    }

    private static long keptOf(CachedFactory factory, Runnable reading) {
        long before = factory.count(Counter.NEAR_HIT);
        reading.run();
        return factory.count(Counter.NEAR_HIT) - before;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valuesThatCanBeChangedAreEachSessionsOwn(boolean structured) {
        try (CachedFactory factory = factory(structured)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> keptOf(factory, () -> factory.fromTransaction(s -> s.find(Mutables.class, 1L))) == 2);
            for (int i = 0; i < 3; i++) {
                Mutables mine = factory.fromTransaction(session -> session.find(Mutables.class, 1L));
                assertThat(mine.shown()).isEqualTo("0 false11010");
                mine.change();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHibernateWouldShareIsNotKept(boolean structured) {
        try (CachedFactory factory = factory(structured)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> keptOf(factory, () -> factory.fromTransaction(s -> s.find(Mutables.class, 1L))) == 2);
            for (int i = 0; i < 3; i++) {
                long kept = keptOf(factory, () -> {
                    Pinned pinned = factory.fromTransaction(session -> session.find(Pinned.class, 1L));
                    assertThat(pinned.box.number).isZero();
                    pinned.box.number = 9;
                });
                assertThat(kept).isZero();
                factory.inTransaction(session -> {
                    TimeZone zone = session.find(Zoned.class, 1L).zones[0];
                    assertThat(zone.getRawOffset()).isNotZero();
                    zone.setRawOffset(0);
                    session.clear();
                });
            }
        }
    }
}
