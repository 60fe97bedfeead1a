package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.relational.SchemaManager;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When Hibernate makes the schema anew, nothing is served that was cached before: rows, collections, natural ids, results. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class NewSchemaIT {

    private static final String AUTO = "hibernate.hbm2ddl.auto";
    private static final String ACTION = "jakarta.persistence.schema-generation.database.action";

    @Parameter
    CacheBackend backend;

    private CachedFactory.Builder first() {
        return CachedFactory.on(backend, Plant.class).cacheAll(AccessType.READ_WRITE);
    }

    private static CachedFactory.Builder another(CachedFactory one) {
        return one.another(Plant.class).cacheAll(AccessType.READ_WRITE);
    }

    private static void plant(CachedFactory factory, String name, String leaf) {
        factory.inTransaction(session -> session.persist(new Plant(1, name, leaf)));
        for (int pass = 0; pass < 2; pass++) {
            shows(factory, name + " [" + leaf + "] true 1");
        }
        assertThatCache(factory).readsWithoutSql(session -> described(session, name));
    }

    private static String described(Session session, String name) {
        Plant plant = session.find(Plant.class, 1L);
        boolean resolved = session.byNaturalId(Plant.class).using("name", name).load() != null;
        List<Long> count = session.createQuery("select count(*) from Plant", Long.class)
                .setCacheable(true)
                .list();
        return (plant == null ? "none" : plant.name + " " + new TreeSet<>(plant.leaves)) + " " + resolved + " "
                + count.get(0);
    }

    private static void shows(CachedFactory factory, String expected) {
        assertThat(factory.<String>fromTransaction(session -> described(session, "fern")))
                .isEqualTo(expected);
    }

    private static void isEmptyAndGrowsAgain(CachedFactory... factories) {
        for (CachedFactory factory : factories) {
            shows(factory, "none false 0");
        }
        factories[0].inTransaction(session -> session.persist(new Plant(1, "fern", "new")));
        for (int pass = 0; pass < 2; pass++) {
            for (CachedFactory factory : factories) {
                shows(factory, "fern [new] true 1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-drop"})
    void atTheStart(String auto) {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            try (CachedFactory two = another(one).set(AUTO, auto).build()) {
                isEmptyAndGrowsAgain(two, one);
            }
        }
    }

    /** Redis stays when a database is replaced by an empty one. */
    @ParameterizedTest
    @CsvSource({AUTO + ", create-only", ACTION + ", create"})
    void atTheStartInADatabaseThatIsEmpty(String setting, String value) {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            one.inTransaction(session ->
                    session.doWork(connection -> connection.createStatement().execute("drop all objects")));
            try (CachedFactory two =
                    another(one).without(AUTO).set(setting, value).build()) {
                isEmptyAndGrowsAgain(two, one);
            }
        }
    }

    @Test
    void whenItIsDroppedAtTheStart() {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            another(one).set(AUTO, "drop").build().close();
            try (CachedFactory two = another(one).set(AUTO, "update").build()) {
                isEmptyAndGrowsAgain(two, one);
            }
        }
    }

    @Test
    void atTheStartAsJpaSaysIt() {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            try (CachedFactory two =
                    another(one).without(AUTO).set(ACTION, "drop-and-create").build()) {
                isEmptyAndGrowsAgain(two, one);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "validate", "update"})
    void notWhenItStays(String auto) {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            try (CachedFactory two = another(one).set(AUTO, auto).build()) {
                assertThatCache(one).readsWithoutSql(session -> described(session, "fern"));
                shows(two, "fern [old] true 1");
                assertThat(one.cache().modelVersion(Plant.class))
                        .isEqualTo(two.cache().modelVersion(Plant.class));
            }
        }
    }

    @Test
    void jpasSettingHasTheLastWord() {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            try (CachedFactory two =
                    another(one).set(AUTO, "create").set(ACTION, "none").build()) {
                assertThatCache(one).readsWithoutSql(session -> described(session, "fern"));
                shows(two, "fern [old] true 1");
            }
        }
    }

    @Test
    void whenItIsDroppedAtTheEnd() {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            another(one).set(AUTO, "create-drop").build().close();
            try (CachedFactory two = another(one).set(AUTO, "update").build()) {
                isEmptyAndGrowsAgain(two, one);
            }
        }
    }

    static Stream<Named<Consumer<SchemaManager>>> calls() {
        return Stream.of(
                Named.of("truncate", SchemaManager::truncateMappedObjects), Named.of("drop and export", manager -> {
                    manager.dropMappedObjects(false);
                    manager.exportMappedObjects(false);
                }));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void atRunTime(Consumer<SchemaManager> call) {
        try (CachedFactory one = first().build();
                CachedFactory two = another(one).build()) {
            plant(one, "fern", "old");
            shows(two, "fern [old] true 1");
            call.accept(one.get().getSchemaManager());
            isEmptyAndGrowsAgain(two, one);
        }
    }

    @Test
    void byOneWhomHibernateDoesNotSee() {
        try (CachedFactory one = first().build();
                CachedFactory two = another(one).build()) {
            plant(one, "fern", "old");
            shows(two, "fern [old] true 1");
            one.inTransaction(session -> session.doWork(connection -> {
                connection.createStatement().execute("delete from Plant_leaves");
                connection.createStatement().execute("delete from Plant");
            }));
            one.cache().evictAll();
            isEmptyAndGrowsAgain(two, one);
        }
    }

    @Test
    void aLookAtTheSchemaCostsNothing() {
        try (CachedFactory one = first().build()) {
            plant(one, "fern", "old");
            one.get().getSchemaManager().validateMappedObjects();
            assertThatCache(one).readsWithoutSql(session -> described(session, "fern"));
        }
    }

    @Entity(name = "Plant")
    @Cacheable
    @NaturalIdCache
    static class Plant {
        @Id
        long id;

        @NaturalId
        String name;

        @ElementCollection
        Set<String> leaves;

        Plant() {}

        Plant(long id, String name, String leaf) {
            this.id = id;
            this.name = name;
            this.leaves = Set.of(leaf);
        }
    }
}
