package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids of every kind, and the relations that refer to them. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class IdsIT extends CodecLines {

    /** What has parts, and equals what has equal ones. */
    abstract static class Parts implements Serializable {
        abstract List<Object> parts();

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && ((Parts) other).parts().equals(parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }
    }

    @Embeddable
    static class Place extends Parts {
        String series;
        LocalDate day;

        @Override
        List<Object> parts() {
            return List.of(series, day);
        }

        static Place of(String series) {
            Place id = new Place();
            id.series = series;
            id.day = LocalDate.of(2024, 2, 29);
            return id;
        }
    }

    static class Seat extends Parts {
        String row;
        Integer number;

        @Override
        List<Object> parts() {
            return List.of(row, number);
        }
    }

    @Embeddable
    static class Slot extends Parts {
        Long owner;
        int position;

        @Override
        List<Object> parts() {
            return List.of(Objects.requireNonNullElse(owner, 0L), position);
        }
    }

    @Entity(name = "ById")
    static class ById {
        @Id
        @GeneratedValue
        Long id;

        @Column(unique = true)
        String code;
    }

    @Entity(name = "ByText")
    static class ByText {
        @Id
        String id;
    }

    @Entity(name = "ByUuid")
    static class ByUuid {
        @Id
        UUID id;
    }

    @Entity(name = "ByInstant")
    static class ByInstant {
        @Id
        Instant id;
    }

    @Entity(name = "ByDecimal")
    static class ByDecimal {
        @Id
        @Column(precision = 20, scale = 4)
        BigDecimal id;
    }

    @Entity(name = "ByPlace")
    static class ByPlace {
        @EmbeddedId
        Place id;

        String name;

        @OneToMany(mappedBy = "place")
        List<Referring> referring = new ArrayList<>();
    }

    @Entity(name = "BySeat")
    @IdClass(Seat.class)
    static class BySeat {
        @Id
        @Column(name = "the_row")
        String row;

        @Id
        Integer number;
    }

    @Entity(name = "Shared")
    static class Shared {
        @Id
        Long id;

        @MapsId
        @OneToOne
        ById source;
    }

    @Entity(name = "Slotted")
    static class Slotted {
        @EmbeddedId
        Slot id = new Slot();

        @MapsId("owner")
        @ManyToOne
        ById owner;
    }

    @Entity(name = "Referring")
    static class Referring {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        ById byId;

        @ManyToOne
        ByText byText;

        @ManyToOne
        ByPlace place;

        @ManyToOne
        BySeat seat;

        @ManyToOne
        Slotted slotted;

        @ManyToOne
        @JoinColumn(name = "by_code", referencedColumnName = "code")
        ById byCode;

        @OneToOne
        Referring other;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {
            ById.class,
            ByText.class,
            ByUuid.class,
            ByInstant.class,
            ByDecimal.class,
            ByPlace.class,
            BySeat.class,
            Shared.class,
            Slotted.class,
            Referring.class
        };
    }

    private static ByText text(String id) {
        ByText entity = new ByText();
        entity.id = id;
        return entity;
    }

    private static ByPlace place(String series) {
        ByPlace entity = new ByPlace();
        entity.id = Place.of(series);
        entity.name = "named";
        return entity;
    }

    private static BySeat seat(String row) {
        BySeat entity = new BySeat();
        entity.row = row;
        entity.number = Integer.MIN_VALUE;
        return entity;
    }

    private static Slotted slotted(ById owner) {
        Slotted entity = new Slotted();
        entity.owner = owner;
        entity.id.position = 7;
        return entity;
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(ids(), relations());
    }

    private static Stream<Line> ids() {
        return Stream.of(
                Line.of("id, generated", () -> new Object[] {new ById()}),
                Line.of("id, text", () -> new Object[] {text("plain")}),
                Line.of("id, empty text", () -> new Object[] {text("")}),
                Line.of("id, text with marks", () -> new Object[] {text("a:b|c%{d}*\uD83D\uDE00\n")}),
                Line.of("id, long text", () -> new Object[] {text("x".repeat(250))}),
                Line.of("id, uuid", () -> {
                    ByUuid entity = new ByUuid();
                    entity.id = new UUID(-1, 1);
                    return new Object[] {entity};
                }),
                Line.of("id, instant", () -> {
                    ByInstant entity = new ByInstant();
                    entity.id = Instant.parse("2024-01-01T00:00:00.5Z");
                    return new Object[] {entity};
                }),
                Line.of("id, decimal", () -> {
                    ByDecimal entity = new ByDecimal();
                    entity.id = new BigDecimal("1.5000");
                    return new Object[] {entity};
                }),
                Line.of("embedded id", () -> new Object[] {place("s|:%")}),
                Line.of("id class", () -> new Object[] {seat("r")}),
                Line.of("derived id, whole", () -> {
                    Shared shared = new Shared();
                    shared.source = new ById();
                    return new Object[] {shared.source, shared};
                }),
                Line.of("derived id, part of an embedded one", () -> {
                    ById owner = new ById();
                    return new Object[] {owner, slotted(owner)};
                }));
    }

    private static Stream<Line> relations() {
        return Line.of(Referring::new)
                .line("to-one, null", e -> {})
                .withOthers("to-one", e -> List.of(e.byId = new ById()))
                .withOthers("to-one, text", e -> List.of(e.byText = text("a\uD83D\uDE00")))
                .withOthers("to-one, embedded id", e -> List.of(e.place = place("to-one")))
                .withOthers("to-one, id class", e -> List.of(e.seat = seat("to-one")))
                .withOthers("to-one, derived id", e -> {
                    ById owner = new ById();
                    e.slotted = slotted(owner);
                    return List.of(owner, e.slotted);
                })
                .withOthers("to-one, by another column than the id", e -> {
                    ById target = new ById();
                    target.code = "code|" + System.nanoTime();
                    e.byCode = target;
                    return List.of(target);
                })
                .withOthers("one-to-one", e -> List.of(e.other = new Referring()))
                .stream();
    }
}
