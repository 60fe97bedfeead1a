package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A type that is not of the closed set costs its entity the cache and one warning, and nothing else. */
class UnsupportedTypesIT {

    /** What Hibernate maps to its serialized form. */
    public static final class Badge implements Serializable {
        /** Bound by Jackson when allowed. */
        public String text;

        @Override
        public boolean equals(Object other) {
            return other instanceof Badge badge && badge.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    @Entity(name = "Badged")
    @Cacheable
    static class Badged {
        @Id
        Long id;

        Badge badge;
        String name;

        Badged() {}

        Badged(long id, String text) {
            this.id = id;
            this.name = "name " + id;
            if (text != null) {
                badge = new Badge();
                badge.text = text;
            }
        }
    }

    @Entity(name = "Ordinary")
    @Cacheable
    static class Ordinary {
        @Id
        Long id = 1L;

        String name = "ordinary";
    }

    private static void persistAll(CachedFactory factory) {
        factory.inTransaction(session -> {
            session.persist(new Badged(1, "gold"));
            session.persist(new Badged(2, "silver"));
            session.persist(new Badged(3, null));
            session.persist(new Ordinary());
        });
        factory.get().getCache().evictAllRegions();
        for (int pass = 0; pass < 3; pass++) {
            for (long id = 1; id <= 3; id++) {
                assertThat(badge(factory, id)).isEqualTo(id == 1 ? "gold" : id == 2 ? "silver" : "none");
            }
            factory.inTransaction(session -> session.find(Ordinary.class, 1L));
        }
    }

    private static String badge(CachedFactory factory, long id) {
        return factory.fromTransaction(session -> {
            Badged badged = session.find(Badged.class, id);
            return badged.badge == null ? "none" : badged.badge.text;
        });
    }

    private static List<String> warningsOf(Runnable work) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return Arrays.stream(log.toString(UTF_8).split("\n"))
                .filter(line -> line.contains("Not cached"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void isWarnedOfOnceAndLeavesTheRestCached(CacheBackend on) {
        try (CachedFactory factory =
                CachedFactory.on(on, Badged.class, Ordinary.class).build()) {
            List<String> warnings = warningsOf(() -> persistAll(factory));
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0))
                    .containsOnlyOnce("Not cached")
                    .contains(Badged.class.getName() + ".badge")
                    .contains(Badge.class.getName())
                    .contains("hibernate.cache.dorm.allowed_types");
            assertThat(factory.count(Counter.PUT_REFUSED_UNSUPPORTED)).isPositive();
            assertThat(factory.get().getCache().contains(Badged.class, 1L)).isFalse();
            assertThatCache(factory).readsWithoutSql(session -> session.find(Ordinary.class, 1L));
            assertThatCache(factory).readsWithoutSql(session -> session.find(Badged.class, 3L));

            factory.inTransaction(session -> session.find(Badged.class, 1L).name = "renamed");
            factory.inTransaction(session -> session.remove(session.find(Badged.class, 2L)));
            String name = factory.fromTransaction(session -> session.find(Badged.class, 1L).name);
            assertThat(name).isEqualTo("renamed");
            Badged gone = factory.fromTransaction(session -> session.find(Badged.class, 2L));
            assertThat(gone).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void isCachedWhenItIsAllowed(CacheBackend on) {
        try (CachedFactory factory = CachedFactory.on(on, Badged.class, Ordinary.class)
                .set("hibernate.cache.dorm.allowed_types", Badge.class.getName())
                .build()) {
            List<String> warnings = warningsOf(() -> persistAll(factory));
            assertThat(warnings).isEmpty();
            Object fromCache =
                    assertThatCache(factory).readsWithoutSql(session -> Snapshot.of(session.find(Badged.class, 1L)));
            assertThat(fromCache).isEqualTo(Snapshot.of(new Badged(1, "gold")));
        }
    }
}
