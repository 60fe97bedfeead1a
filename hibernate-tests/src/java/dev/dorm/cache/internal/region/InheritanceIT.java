package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hierarchy is cached in its root's region, whatever its tables, and each row comes back as what it is. */
@ParameterizedClass
@MethodSource("cases")
class InheritanceIT {

    interface Animal {
        String name();

        void rename(String to);
    }

    @Entity(name = "SingleAnimal")
    @Cacheable
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class SingleAnimal implements Animal {
        @Id
        long id;

        String name;

        @Override
        public String name() {
            return name;
        }

        @Override
        public void rename(String to) {
            name = to;
        }
    }

    @Entity(name = "SingleCat")
    static class SingleCat extends SingleAnimal {
        int lives;
    }

    @Entity(name = "JoinedAnimal")
    @Cacheable
    @Inheritance(strategy = InheritanceType.JOINED)
    static class JoinedAnimal implements Animal {
        @Id
        long id;

        String name;

        @Override
        public String name() {
            return name;
        }

        @Override
        public void rename(String to) {
            name = to;
        }
    }

    @Entity(name = "JoinedCat")
    static class JoinedCat extends JoinedAnimal {
        int lives;
    }

    @Entity(name = "EachAnimal")
    @Cacheable
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class EachAnimal implements Animal {
        @Id
        long id;

        String name;

        @Override
        public String name() {
            return name;
        }

        @Override
        public void rename(String to) {
            name = to;
        }
    }

    @Entity(name = "EachCat")
    static class EachCat extends EachAnimal {
        int lives;
    }

    private record Hierarchy(Class<? extends Animal> root, Class<? extends Animal> leaf) {}

    private static final List<Hierarchy> HIERARCHIES = List.of(
            new Hierarchy(SingleAnimal.class, SingleCat.class),
            new Hierarchy(JoinedAnimal.class, JoinedCat.class),
            new Hierarchy(EachAnimal.class, EachCat.class));

    private final Class<? extends Animal> root;
    private final Class<? extends Animal> leaf;
    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    InheritanceIT(Class<? extends Animal> root, Class<? extends Animal> leaf, CacheBackend backend) {
        this.root = root;
        this.leaf = leaf;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return HIERARCHIES.stream().flatMap(h -> Arrays.stream(CacheBackend.values())
                .map(backend -> Arguments.of(h.root, h.leaf, backend)));
    }

    @BeforeEach
    void anAnimalAndACat() {
        one = CachedFactory.on(backend, root, leaf)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        one.inTransaction(session -> {
            session.persist(made(root, 1, "Rex"));
            session.persist(made(leaf, 2, "Tom"));
        });
        two = one.another(root, leaf).cacheAll(AccessType.READ_WRITE).build();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static Animal made(Class<? extends Animal> type, long id, String name) {
        if (type == SingleAnimal.class || type == SingleCat.class) {
            SingleAnimal animal = type == SingleCat.class ? new SingleCat() : new SingleAnimal();
            animal.id = id;
            animal.name = name;
            return animal;
        }
        if (type == JoinedAnimal.class || type == JoinedCat.class) {
            JoinedAnimal animal = type == JoinedCat.class ? new JoinedCat() : new JoinedAnimal();
            animal.id = id;
            animal.name = name;
            return animal;
        }
        EachAnimal animal = type == EachCat.class ? new EachCat() : new EachAnimal();
        animal.id = id;
        animal.name = name;
        return animal;
    }

    @Test
    void eachComesBackAsWhatItIs() {
        Animal rex = assertThatCache(two).readsWithoutSql(session -> session.find(root, 1L));
        assertThat(rex).isExactlyInstanceOf(root);
        Animal tom = assertThatCache(two).readsWithoutSql(session -> session.find(root, 2L));
        assertThat(tom).isExactlyInstanceOf(leaf);
        Animal cat = assertThatCache(two).readsWithoutSql(session -> session.find(leaf, 2L));
        assertThat(cat.name()).isEqualTo("Tom");
    }

    @Test
    void anAnimalIsNoCat() {
        assertThat(two.<Animal>fromTransaction(session -> session.find(leaf, 1L)))
                .isNull();
    }

    @Test
    void theyShareTheRootsNamespace() {
        assertThat(one.cache().cacheNamespace(leaf)).isEqualTo(one.cache().cacheNamespace(root));
        one.cache().bumpModelVersion(leaf);
        assertThat(two.get().getCache().contains(root, 1L)).isFalse();
    }

    @Test
    void aChangeIsSeenThroughRootAndLeaf() {
        one.inTransaction(session -> session.find(leaf, 2L).rename("Kitty"));
        for (CachedFactory factory : List.of(two, one)) {
            for (Class<? extends Animal> type : List.of(root, leaf)) {
                Animal cat = factory.fromTransaction(session -> session.find(type, 2L));
                assertThat(cat.name()).isEqualTo("Kitty");
            }
        }
        one.inTransaction(session -> session.find(root, 2L).rename("Puss"));
        Animal cat = two.fromTransaction(session -> session.find(leaf, 2L));
        assertThat(cat.name()).isEqualTo("Puss");
    }

    @Test
    void aBulkChangeOfTheRootReachesTheLeaf() {
        one.inTransaction(
                session -> session.createMutationQuery("update " + root.getSimpleName() + " set name = 'bulk'")
                        .executeUpdate());
        Animal cat = two.fromTransaction(session -> session.find(leaf, 2L));
        assertThat(cat.name()).isEqualTo("bulk");
    }

    @Test
    void aBulkChangeOfTheLeafReachesTheRoot() {
        one.inTransaction(
                session -> session.createMutationQuery("update " + leaf.getSimpleName() + " set name = 'bulk'")
                        .executeUpdate());
        Animal cat = two.fromTransaction(session -> session.find(root, 2L));
        assertThat(cat.name()).isEqualTo("bulk");
        Animal rex = two.fromTransaction(session -> session.find(root, 1L));
        assertThat(rex.name()).isEqualTo("Rex");
    }
}
