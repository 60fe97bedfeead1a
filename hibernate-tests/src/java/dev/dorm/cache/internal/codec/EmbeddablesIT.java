package dev.dorm.cache.internal.codec;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.annotations.Parent;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Embeddables: nested, partly or wholly null, with relations, converters and collections, as records, and inherited. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class EmbeddablesIT extends CodecLines {

    @Entity(name = "Land")
    static class Land {
        @Id
        String code;

        Land() {}

        Land(String code) {
            this.code = code;
        }
    }

    @Embeddable
    static class Town {
        String name;
        Integer zip;

        @ManyToOne
        Land land;

        @Convert(converter = EnumsAndConvertersIT.MoneyConverter.class)
        EnumsAndConvertersIT.Money tax;
    }

    @Embeddable
    static class Place {
        String street;

        @Embedded
        Town town;

        @ElementCollection
        List<String> floors = new ArrayList<>();
    }

    @Embeddable
    record Span(LocalDate since, LocalDate until) {}

    @Embeddable
    static class Knowing {
        @Parent
        House house;

        String name;

        // Hibernate 6.6 finds the parent by its getter.
        House getHouse() {
            return house;
        }

        void setHouse(House house) {
            this.house = house;
        }
    }

    @Embeddable
    static class Roof {
        String colour;
    }

    @Embeddable
    static class FlatRoof extends Roof {
        Integer area;
    }

    @Entity(name = "House")
    static class House {
        @Id
        @GeneratedValue
        Long id;

        Place place;

        Span span;

        @AttributeOverride(name = "name", column = @Column(name = "knowing_name"))
        Knowing knowing;
    }

    @Entity(name = "Roofed")
    static class Roofed {
        @Id
        @GeneratedValue
        Long id;

        Roof roof;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {House.class, Roofed.class, Land.class, Roof.class, FlatRoof.class};
    }

    @Override
    CachedFactory.Builder describe(Storing how) {
        // Hibernate 6.6 does not find the discriminator of an embeddable again when it is quoted.
        return super.describe(how).without("hibernate.globally_quoted_identifiers");
    }

    private static Place place(House house) {
        house.place = new Place();
        return house.place;
    }

    private static Town town(House house) {
        place(house).town = new Town();
        return house.place.town;
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(single(), inherited());
    }

    private static Stream<Line> single() {
        return Line.of(House::new)
                .line("all null", e -> {})
                .line("embeddable", e -> place(e).street = "Main")
                .line("embeddable, all null", EmbeddablesIT::place)
                .line("embeddable in an embeddable", e -> town(e).zip = 12345)
                .line("embeddable in an embeddable, all null", EmbeddablesIT::town)
                .withOthers("embeddable with a to-one", e -> {
                    Land land = new Land("DE-" + System.nanoTime());
                    town(e).land = land;
                    return List.of(land);
                })
                .line(
                        "embeddable with a converter",
                        e -> town(e).tax = new EnumsAndConvertersIT.Money(java.math.BigDecimal.TEN, "EUR"))
                .line("embeddable with a collection", e -> place(e).floors.addAll(List.of("1st", "2nd")))
                .line("embeddable record", e -> e.span = new Span(LocalDate.of(2024, 1, 1), null))
                .line("embeddable with its parent", e -> {
                    e.knowing = new Knowing();
                    e.knowing.house = e;
                    e.knowing.name = "n";
                })
                .stream();
    }

    private static Stream<Line> inherited() {
        return Line.of(Roofed::new)
                .line("embeddable, base class", e -> {
                    e.roof = new Roof();
                    e.roof.colour = "red";
                })
                .line("embeddable, subclass", e -> {
                    FlatRoof roof = new FlatRoof();
                    roof.area = 7;
                    e.roof = roof;
                })
                .stream();
    }
}
