package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dates and times in an embeddable that is one JSON column, which each version of Hibernate writes in its own way. */
class AggregateZonesIT {

    @Entity(name = "Sheet")
    static class Sheet {
        @Id
        long id = 1;

        @JdbcTypeCode(SqlTypes.JSON)
        Json json = new Json();
    }

    @Embeddable
    static class Json {
        Timestamp moment = Timestamp.from(Instant.parse("2024-06-15T21:02:03Z"));
        LocalDateTime wall = LocalDateTime.parse("2024-06-15T21:02:03");
    }

    static Stream<Storing> everyWay() {
        return Storing.everyWay();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void areReadAsTheDatabaseGivesThem(Storing storing) {
        CodecLines.Found sheet = new CodecLines.Found(Sheet.class, 1L);
        try (CachedFactory here = here(storing, sheet);
                InZone zone = new InZone("America/New_York");
                CachedFactory uncached = here.another(Sheet.class)
                        .set("hibernate.cache.use_second_level_cache", "false")
                        .set("hibernate.cache.use_query_cache", "false")
                        .build();
                CachedFactory there = here.another(Sheet.class)
                        .cacheAll(AccessType.READ_WRITE)
                        .build()) {
            Object fromDatabase = uncached.fromTransaction(sheet::in);
            for (int pass = 0; pass < 5; pass++) {
                assertThat(there.<Object>fromTransaction(sheet::in)).isEqualTo(fromDatabase);
            }
            assertThat(assertThatCache(there).<Object>readsWithoutSql(sheet::in))
                    .isEqualTo(fromDatabase);
        }
    }

    private static CachedFactory here(Storing storing, CodecLines.Found sheet) {
        try (InZone zone = new InZone("Europe/Berlin")) {
            CachedFactory here = storing.on(Sheet.class)
                    // Hibernate's JSON of quoted columns is malformed.
                    .set("hibernate.globally_quoted_identifiers", false)
                    .onPostgres()
                    .build();
            here.inTransaction(session -> session.persist(new Sheet()));
            for (int pass = 0; pass < 5; pass++) {
                here.inTransaction(sheet::in);
            }
            assertThatCache(here).readsWithoutSql(sheet::in);
            return here;
        }
    }
}
