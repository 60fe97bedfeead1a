package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Natural ids, simple, composite, with a relation, and mutable, resolved without SQL. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class NaturalIdsIT {

    enum Sort {
        BOOK,
        DISC
    }

    @Entity(name = "Simple")
    @NaturalIdCache
    static class Simple {
        @Id
        UUID id = UUID.randomUUID();

        @NaturalId
        String code;
    }

    @Entity(name = "Changing")
    @NaturalIdCache
    static class Changing {
        @Id
        @GeneratedValue
        Long id;

        @NaturalId(mutable = true)
        Sort sort = Sort.BOOK;

        @NaturalId(mutable = true)
        LocalDate day;
    }

    @Entity(name = "Composite")
    @NaturalIdCache
    static class Composite {
        @Id
        @GeneratedValue
        Long id;

        @NaturalId
        String series;

        @NaturalId
        Integer number;

        @NaturalId
        @ManyToOne
        Simple simple;
    }

    private static final Class<?>[] ENTITIES = {Simple.class, Changing.class, Composite.class};

    private final Storing storing;
    private CachedFactory factory;
    private CachedFactory uncached;

    NaturalIdsIT(Storing storing) {
        this.storing = storing;
    }

    @BeforeEach
    void build() {
        factory = storing.on(ENTITIES).build();
        uncached = factory.another(ENTITIES).uncached().build();
    }

    @AfterEach
    void close() {
        uncached.close();
        factory.close();
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static Object load(Session session, Class<?> type, Map<String, ?> values) {
        var access = session.byNaturalId(type);
        values.forEach(access::using);
        Object found = access.load();
        return found == null ? null : Snapshot.of(found);
    }

    private void readsAlike(Class<?> type, Map<String, ?> values) {
        Object fromDatabase = uncached.fromTransaction(session -> load(session, type, values));
        assertThat(fromDatabase).isNotNull();
        for (int pass = 0; pass < 3; pass++) {
            factory.inTransaction(session -> load(session, type, values));
        }
        Object fromCache = assertThatCache(factory).readsWithoutSql(session -> load(session, type, values));
        assertThat(fromCache).isEqualTo(fromDatabase);
    }

    private Simple simple(String code) {
        Simple simple = new Simple();
        simple.code = code;
        factory.inTransaction(session -> session.persist(simple));
        return simple;
    }

    @Test
    void simple() {
        for (String code : List.of("plain", "", "a|b:c%{d}", "\uD83D\uDE00", "x".repeat(250))) {
            simple(code);
            readsAlike(Simple.class, Map.of("code", code));
        }
    }

    @Test
    void composite() {
        Composite composite = new Composite();
        composite.series = "s";
        composite.number = Integer.MIN_VALUE;
        composite.simple = simple("of a composite");
        factory.inTransaction(session -> session.persist(composite));
        readsAlike(Composite.class, Map.of("series", "s", "number", Integer.MIN_VALUE, "simple", composite.simple));
    }

    @Test
    void mutable() {
        Changing changing = new Changing();
        changing.day = LocalDate.of(2024, 2, 29);
        factory.inTransaction(session -> session.persist(changing));
        Map<String, Object> before = Map.of("sort", Sort.BOOK, "day", changing.day);
        readsAlike(Changing.class, before);

        factory.inTransaction(session -> session.find(Changing.class, changing.id).sort = Sort.DISC);
        readsAlike(Changing.class, Map.of("sort", Sort.DISC, "day", changing.day));
        Object gone = factory.fromTransaction(session -> load(session, Changing.class, before));
        assertThat(gone).isNull();
    }
}
