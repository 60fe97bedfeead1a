package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Printed;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Queries that Hibernate's own keys do not tell apart are not served each other's results, and writes of which Hibernate
 * tells no table make results stale.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class CoarseKeysIT {

    @Entity(name = "Shape")
    @Inheritance(strategy = InheritanceType.JOINED)
    @Cacheable
    static class Shape {
        @Id
        long id;

        @Version
        long version;

        String name = "old";

        @ElementCollection
        List<String> corners = new ArrayList<>();

        @ManyToOne(fetch = FetchType.LAZY)
        Shape within;

        Shape() {}

        Shape(long id) {
            this.id = id;
            corners.addAll(List.of("a" + id, "b" + id));
        }
    }

    @Entity(name = "Disc")
    static class Disc extends Shape {
        long radius = 7;

        Disc() {}

        Disc(long id) {
            super(id);
        }
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    CoarseKeysIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void fill() {
        build("FULL");
    }

    private void build(String layout) {
        factory = CachedFactory.on(backend, Shape.class, Disc.class)
                .set("hibernate.cache.query_cache_layout", layout)
                .build();
        factory.inTransaction(session -> {
            session.persist(new Shape(1));
            session.persist(new Disc(2));
            session.persist(new Shape(3));
            session.persist(new Disc(4));
        });
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void thePagesOfAFetchJoin() {
        try (Printed printed = Printed.onStandardError()) {
            for (int pass = 0; pass < 2; pass++) {
                for (int page = 0; page < 4; page++) {
                    int first = page;
                    List<Shape> found = factory.fromTransaction(session -> session.createQuery(
                                    "select s from Shape s left join fetch s.corners order by s.id", Shape.class)
                            .setFirstResult(first)
                            .setMaxResults(1)
                            .setCacheable(true)
                            .list());
                    assertThat(found).singleElement().satisfies(shape -> {
                        assertThat(shape.id).isEqualTo(first + 1L);
                        assertThat(shape.corners).containsExactly("a" + shape.id, "b" + shape.id);
                    });
                }
            }
            assertThat(printed.lines("Not cached: a page"))
                    .hasSize(org.hibernate.Version.getVersionString().startsWith("7.4") ? 1 : 0);
        }
    }

    @Test
    void literalsOfSeveralClasses() {
        List<String> literals = List.of("1", "1L", "java.time.DayOfWeek.TUESDAY", "1000000", "1000000L");
        for (int pass = 0; pass < 2; pass++) {
            for (String literal : literals) {
                String hql = "select " + literal + " from Shape where id = 1";
                Object uncached = factory.fromTransaction(
                        session -> session.createQuery(hql, Object.class).getSingleResult());
                Object cached = factory.fromTransaction(session -> session.createQuery(hql, Object.class)
                        .setCacheable(true)
                        .getSingleResult());
                assertThat(cached).as(literal).isEqualTo(uncached).hasSameClassAs(uncached);
            }
        }
    }

    @Test
    void shallowResultsOfAHierarchy() {
        for (String layout : List.of("SHALLOW", "SHALLOW_WITH_DISCRIMINATOR", "AUTO")) {
            factory.close();
            build(layout);
            for (int pass = 0; pass < 3; pass++) {
                List<Shape> shapes = factory.fromTransaction(session ->
                        session.createQuery("from Shape order by id", Shape.class).setCacheable(true).list().stream()
                                .map(Hibernate::unproxy)
                                .map(Shape.class::cast)
                                .toList());
                assertThat(shapes)
                        .as(layout)
                        .extracting(shape -> (Object) shape.getClass())
                        .containsExactly(Shape.class, Disc.class, Shape.class, Disc.class);
                assertThat(((Disc) shapes.get(1)).radius).isEqualTo(7);
            }
        }
    }

    private static List<Long> versions(Session session) {
        return session.createQuery("select version from Shape where id = 1", Long.class)
                .setCacheable(true)
                .list();
    }

    @Test
    void aVersionThatIsIncrementedByForce() {
        // Hibernate 6.6 tells no cache of the optimistic one.
        boolean told = !org.hibernate.Version.getVersionString().startsWith("6.");
        for (LockModeType mode : told
                ? List.of(LockModeType.OPTIMISTIC_FORCE_INCREMENT, LockModeType.PESSIMISTIC_FORCE_INCREMENT)
                : List.of(LockModeType.PESSIMISTIC_FORCE_INCREMENT)) {
            long before = factory.fromTransaction(CoarseKeysIT::versions).get(0);
            factory.fromTransaction(CoarseKeysIT::versions);
            factory.inTransaction(session -> session.find(Shape.class, 1L, mode));
            assertThat(factory.fromTransaction(CoarseKeysIT::versions))
                    .as(mode.name())
                    .containsExactly(before + 1);
        }
    }

    private static List<String> names(StatelessSession session) {
        return session.createQuery("select name from Shape where id = 1", String.class)
                .setCacheable(true)
                .list();
    }

    private static List<String> names(Session session) {
        return session.createQuery("select name from Shape where id = 1", String.class)
                .setCacheable(true)
                .list();
    }

    @Test
    void whatAStatelessSessionWritesInBulk() {
        for (int pass = 0; pass < 2; pass++) {
            assertThat(factory.<List<String>>fromTransaction(CoarseKeysIT::names))
                    .containsExactly("old");
        }
        try (StatelessSession session = factory.get().openStatelessSession()) {
            session.beginTransaction();
            assertThat(names(session)).containsExactly("old");
            session.createMutationQuery("update Shape set name = 'new'").executeUpdate();
            assertThat(names(session)).containsExactly("new");
            session.getTransaction().commit();
        }
        assertThat(factory.<List<String>>fromTransaction(CoarseKeysIT::names)).containsExactly("new");
    }
}
