package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.ManyToAny;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** References to an entity of one of several classes. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class AnyIT extends CodecLines {

    /** What all the entities below can be. */
    interface Thing {}

    @Entity(name = "Stone")
    static class Stone implements Thing {
        @Id
        UUID id = UUID.randomUUID();

        String name;

        Stone() {}

        Stone(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Gem")
    static class Gem extends Stone {
        Integer carat = 7;
    }

    @Entity(name = "Plant")
    static class Plant implements Thing {
        @Id
        UUID id = UUID.randomUUID();

        String name = "plant";
    }

    @Entity(name = "Shelf")
    static class Shelf {
        @Id
        @GeneratedValue
        Long id;

        @Any
        @AnyKeyJavaClass(UUID.class)
        @AnyDiscriminator
        @AnyDiscriminatorValue(discriminator = "S", entity = Stone.class)
        @AnyDiscriminatorValue(discriminator = "G", entity = Gem.class)
        @AnyDiscriminatorValue(discriminator = "P", entity = Plant.class)
        @JoinColumn(name = "any_id")
        @Column(name = "any_type")
        Thing thing;
    }

    @Entity(name = "Chest")
    static class Chest {
        @Id
        @GeneratedValue
        Long id;

        @ManyToAny
        @AnyKeyJavaClass(UUID.class)
        @AnyDiscriminator
        @AnyDiscriminatorValue(discriminator = "S", entity = Stone.class)
        @AnyDiscriminatorValue(discriminator = "P", entity = Plant.class)
        @JoinTable(
                name = "things",
                joinColumns = @JoinColumn(name = "chest_id"),
                inverseJoinColumns = @JoinColumn(name = "thing_id"))
        @Column(name = "thing_type")
        List<Thing> things = new ArrayList<>();
    }

    @Override
    Class<?>[] entities() {
        return onHibernate6()
                ? new Class<?>[] {Stone.class, Gem.class, Plant.class, Shelf.class}
                : new Class<?>[] {Stone.class, Gem.class, Plant.class, Shelf.class, Chest.class};
    }

    @Override
    Stream<Line> lines() {
        // Hibernate 6.6 fails when it loads a many-to-any collection that is cached:
        // ResultsHelper.addCollectionToCache.
        return onHibernate6() ? any() : Stream.concat(any(), manyToAny());
    }

    private static Stream<Line> any() {
        return Line.of(Shelf::new)
                .line("any, null", e -> {})
                .withOthers("any", e -> List.of(e.thing = new Stone("a")))
                .withOthers("any, another class", e -> List.of(e.thing = new Plant()))
                .withOthers("any, a subclass", e -> List.of(e.thing = new Gem()))
                .stream();
    }

    private static Stream<Line> manyToAny() {
        return Line.of(Chest::new)
                .line("many-to-any, empty", e -> {})
                .withOthers("many-to-any", e -> {
                    e.things.addAll(List.of(new Stone("b"), new Plant(), new Stone("c")));
                    return e.things;
                })
                .stream();
    }
}
