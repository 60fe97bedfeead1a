package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An {@code Instant} that the driver itself reads from a column without a time zone ({@code InstantJdbcType}). */
class DirectInstantsIT {

    @Entity(name = "Beat")
    static class Beat {
        @Id
        long id = 1;

        @JdbcTypeCode(SqlTypes.INSTANT)
        Instant moment = Instant.parse("2024-06-15T21:02:03Z");
    }

    static Stream<Storing> everyWay() {
        return Storing.everyWay();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void areReadInTheTimeZoneOfEachProcess(Storing storing) {
        CodecLines.Found beat = new CodecLines.Found(Beat.class, 1L);
        try (CachedFactory here = here(storing, beat);
                InZone zone = new InZone("America/New_York");
                CachedFactory uncached = here.another(Beat.class)
                        .set("hibernate.cache.use_second_level_cache", "false")
                        .set("hibernate.cache.use_query_cache", "false")
                        .build();
                CachedFactory there =
                        here.another(Beat.class).cacheAll(AccessType.READ_WRITE).build()) {
            Object fromDatabase = uncached.fromTransaction(beat::in);
            for (int pass = 0; pass < 5; pass++) {
                assertThat(there.<Object>fromTransaction(beat::in)).isEqualTo(fromDatabase);
            }
            assertThat(assertThatCache(there).<Object>readsWithoutSql(beat::in)).isEqualTo(fromDatabase);
        }
    }

    private static CachedFactory here(Storing storing, CodecLines.Found beat) {
        try (InZone zone = new InZone("Europe/Berlin")) {
            CachedFactory here = storing.on(Beat.class).build();
            here.inTransaction(session -> session.persist(new Beat()));
            for (int pass = 0; pass < 5; pass++) {
                here.inTransaction(beat::in);
            }
            assertThatCache(here).readsWithoutSql(beat::in);
            return here;
        }
    }
}
