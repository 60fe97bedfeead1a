package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Arrays;
import org.hibernate.Length;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An attribute of 20 MB is cached; one that makes an entry of more than 32 MiB costs its row the cache, and no more. */
class LargeValuesIT {

    private static final int LARGE = 20_000_000;
    private static final int TOO_LARGE = 40_000_000;

    @Entity(name = "Scan")
    @Cacheable
    static class Scan {
        @Id
        long id;

        @Column(length = Length.LONG32)
        String text;

        @Column(length = Length.LONG32)
        byte[] image;

        Scan() {}

        Scan(long id, int characters, int bytes) {
            this.id = id;
            this.text = "x".repeat(characters);
            this.image = new byte[bytes];
            Arrays.fill(image, (byte) id);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void areCachedUpToABound(Format format) {
        try (CachedFactory factory = CachedFactory.on(dev.dorm.cache.testing.CacheBackend.REDIS, Scan.class)
                .set("hibernate.cache.dorm.format", format.name())
                .set("hibernate.cache.dorm.timeout", "30s")
                .set("hibernate.cache.dorm.max_entry_size", "32MiB")
                .build()) {
            factory.inTransaction(session -> {
                session.persist(new Scan(1, LARGE, 0));
                session.persist(new Scan(2, 0, LARGE));
                session.persist(new Scan(3, TOO_LARGE, 0));
            });
            factory.get().getCache().evictAllRegions();
            for (int pass = 0; pass < 2; pass++) {
                for (long id = 1; id <= 3; id++) {
                    long read = id;
                    factory.inTransaction(session -> session.find(Scan.class, read));
                }
            }
            int text = assertThatCache(factory)
                    .readsWithoutSql(
                            session -> session.find(Scan.class, 1L).text.length());
            assertThat(text).isEqualTo(LARGE);
            byte[] image = assertThatCache(factory).readsWithoutSql(session -> session.find(Scan.class, 2L).image);
            assertThat(image).isEqualTo(new Scan(2, 0, LARGE).image);
            assertThat(factory.get().getCache().contains(Scan.class, 3L)).isFalse();
            assertThat(factory.count(Counter.PUT_REFUSED_UNSUPPORTED)).isPositive();
            assertThat(factory.count(Counter.OUTAGE)).isZero();
        }
    }
}
