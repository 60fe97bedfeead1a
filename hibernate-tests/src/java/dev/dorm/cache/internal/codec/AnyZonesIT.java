package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import java.sql.Timestamp;
import java.util.stream.Stream;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reference to any entity is by its id, which is read in each process's own time zone where its column has none. */
class AnyZonesIT {

    @Entity(name = "Tick")
    static class Tick {
        @Id
        Timestamp id = Timestamp.valueOf("2024-06-15 21:02:03");

        String name = "tick";
    }

    @Entity(name = "Hand")
    static class Hand {
        @Id
        long id = 1;

        @Any(fetch = FetchType.LAZY)
        @AnyKeyJavaClass(Timestamp.class)
        @AnyDiscriminator
        @AnyDiscriminatorValue(discriminator = "T", entity = Tick.class)
        @JoinColumn(name = "subject_id")
        @Column(name = "subject_type")
        Object subject;
    }

    static Stream<Storing> everyWay() {
        return Storing.everyWay();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void refersToWhatTheDatabaseRefersTo(Storing storing) {
        CodecLines.Found hand = new CodecLines.Found(Hand.class, 1L);
        try (CachedFactory here = here(storing)) {
            try (InZone zone = new InZone("Europe/Berlin")) {
                for (int pass = 0; pass < 3; pass++) {
                    here.inTransaction(hand::in);
                }
                assertThatCache(here).readsWithoutSql(hand::in);
            }
            try (InZone zone = new InZone("America/New_York");
                    CachedFactory uncached = here.another(Tick.class, Hand.class)
                            .set("hibernate.cache.use_second_level_cache", "false")
                            .set("hibernate.cache.use_query_cache", "false")
                            .build();
                    CachedFactory there = here.another(Tick.class, Hand.class)
                            .cacheAll(AccessType.READ_WRITE)
                            .build()) {
                Object fromDatabase = uncached.fromTransaction(hand::in);
                for (int pass = 0; pass < 3; pass++) {
                    assertThat(there.<Object>fromTransaction(hand::in)).isEqualTo(fromDatabase);
                }
                assertThat(assertThatCache(there).<Object>readsWithoutSql(hand::in))
                        .isEqualTo(fromDatabase);
            }
        }
    }

    private static CachedFactory here(Storing storing) {
        try (InZone zone = new InZone("Europe/Berlin")) {
            CachedFactory here = storing.on(Tick.class, Hand.class).build();
            here.inTransaction(session -> {
                Hand hand = new Hand();
                hand.subject = new Tick();
                session.persist(hand.subject);
                session.persist(hand);
            });
            here.get().getCache().evictAllRegions();
            return here;
        }
    }
}
