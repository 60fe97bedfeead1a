package dev.dorm.cache.internal.codec;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ColumnResult;
import jakarta.persistence.ConstructorResult;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityResult;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SqlResultSetMapping;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.CacheLayout;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.QueryCacheLayout;

/** What queries are asked over: two writers, one of whom has almost nothing, and what they wrote. */
final class Library {

    static final UUID KEY = UUID.fromString("6f1f4e0a-9c0b-4b7e-8a52-5d4f6e0c1a11");

    private Library() {}

    static Class<?>[] entities() {
        return new Class<?>[] {
            Writer.class,
            Novel.class,
            Piece.class,
            Song.class,
            Pointer.class,
            Leaf.class,
            FullNote.class,
            ShallowNote.class,
            AutoNote.class,
            Shape.class,
            Circle.class
        };
    }

    static void fill(Session session) {
        Piece song = new Song(1, "Ode", "D minor");
        session.persist(song);
        session.persist(new Piece(2, "Essay"));
        Writer ada = new Writer(1, "Ada");
        ada.born = LocalDate.of(1815, 12, 10);
        ada.seen = Instant.parse("2024-02-29T01:02:03.456Z");
        ada.genre = Genre.PROSE;
        ada.mood = Mood.GLAD;
        ada.fee = new Money(new BigDecimal("12.50"), "EUR");
        ada.salary = new BigDecimal("1234.5600");
        ada.token = KEY;
        ada.picture = new byte[] {1, 0, -1};
        ada.address = new Address("Main", new Town("London", 7));
        ada.pens.add("A.");
        ada.pens.add("Countess");
        ada.prizes.put("gold", 1);
        ada.prizes.put("tin", 2);
        session.persist(ada);
        session.persist(new Writer(2, "Bob"));
        session.persist(new Novel(1, "Emma", 1.5, ada));
        session.persist(new Novel(2, "Momo", null, ada));
        session.persist(new Novel(3, "Nana", 2.5, null));
        session.persist(new Pointer(1, song));
        session.persist(new Pointer(2, null));
        session.persist(new Leaf(new LeafId("oak", 1), "green"));
        session.persist(new Leaf(new LeafId("oak", 2), null));
        session.persist(new FullNote(1, "full"));
        session.persist(new ShallowNote(1, "shallow"));
        session.persist(new AutoNote(1, "auto"));
        session.persist(new Shape(1, "any"));
        session.persist(new Circle(2, "round", 5));
    }

    enum Genre {
        PROSE,
        VERSE
    }

    enum Mood {
        SAD,
        GLAD
    }

    record Money(BigDecimal amount, String currency) implements Serializable {}

    static class MoneyConverter implements AttributeConverter<Money, String> {
        @Override
        public String convertToDatabaseColumn(Money money) {
            return money == null ? null : money.amount() + " " + money.currency();
        }

        @Override
        public Money convertToEntityAttribute(String text) {
            if (text == null) {
                return null;
            }
            String[] parts = text.split(" ", -1);
            return new Money(new BigDecimal(parts[0]), parts[1]);
        }
    }

    @Embeddable
    static class Town {
        String town;
        Integer zip;

        Town() {}

        Town(String town, Integer zip) {
            this.town = town;
            this.zip = zip;
        }
    }

    @Embeddable
    static class Address {
        String street;

        @Embedded
        Town town;

        Address() {}

        Address(String street, Town town) {
            this.street = street;
            this.town = town;
        }
    }

    /** A projection by constructor. */
    static class Line {
        final String name;
        final LocalDate born;

        Line(String name, LocalDate born) {
            this.name = name;
            this.born = born;
        }
    }

    /** A projection by record. */
    record Card(String name, Genre genre, Money fee) {}

    @Entity(name = "Writer")
    @FilterDef(name = "bornBefore", parameters = @ParamDef(name = "year", type = LocalDate.class))
    @FilterDef(name = "named", parameters = @ParamDef(name = "name", type = String.class))
    @FilterDef(name = "other", parameters = @ParamDef(name = "name", type = String.class))
    @FilterDef(name = "glad")
    @Filter(name = "bornBefore", condition = "born < :year")
    @Filter(name = "named", condition = "name = :name")
    @Filter(name = "other", condition = "name <> :name")
    @Filter(name = "glad", condition = "mood is not null")
    @SqlResultSetMapping(
            name = "lines",
            classes =
                    @ConstructorResult(
                            targetClass = Line.class,
                            columns = {
                                @ColumnResult(name = "name"),
                                @ColumnResult(name = "born", type = LocalDate.class)
                            }))
    @SqlResultSetMapping(
            name = "writersAndCounts",
            entities = @EntityResult(entityClass = Writer.class),
            columns = @ColumnResult(name = "novels", type = Integer.class))
    static class Writer {
        @Id
        long id;

        String name;
        LocalDate born;
        Instant seen;

        @Enumerated(EnumType.STRING)
        Genre genre;

        @Enumerated(EnumType.ORDINAL)
        Mood mood;

        @Convert(converter = MoneyConverter.class)
        Money fee;

        @Column(precision = 12, scale = 4)
        BigDecimal salary;

        UUID token;
        byte[] picture;
        Address address;

        @ElementCollection
        List<String> pens = new ArrayList<>();

        @ElementCollection
        @MapKeyColumn(name = "prize")
        Map<String, Integer> prizes = new TreeMap<>();

        @OneToMany(mappedBy = "writer")
        @OrderBy("id")
        List<Novel> novels = new ArrayList<>();

        Writer() {}

        Writer(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Novel")
    static class Novel {
        @Id
        long id;

        String title;
        Double price;

        @ManyToOne(fetch = FetchType.LAZY)
        Writer writer;

        Novel() {}

        Novel(long id, String title, Double price, Writer writer) {
            this.id = id;
            this.title = title;
            this.price = price;
            this.writer = writer;
        }
    }

    @Entity(name = "Piece")
    @Cacheable
    static class Piece {
        @Id
        long id;

        String title;

        Piece() {}

        Piece(long id, String title) {
            this.id = id;
            this.title = title;
        }
    }

    @Entity(name = "Song")
    @Cacheable
    static class Song extends Piece {
        String scale;

        Song() {}

        Song(long id, String title, String scale) {
            super(id, title);
            this.scale = scale;
        }
    }

    @Entity(name = "Pointer")
    static class Pointer {
        @Id
        long id;

        @Any(fetch = FetchType.LAZY)
        @AnyKeyJavaClass(Long.class)
        @AnyDiscriminator
        @AnyDiscriminatorValue(discriminator = "P", entity = Piece.class)
        @AnyDiscriminatorValue(discriminator = "S", entity = Song.class)
        @AnyDiscriminatorValue(discriminator = "L", entity = Novel.class)
        @JoinColumn(name = "subject_id")
        @Column(name = "subject_type")
        Object subject;

        Pointer() {}

        Pointer(long id, Object subject) {
            this.id = id;
            this.subject = subject;
        }
    }

    @Embeddable
    record LeafId(String tree, int number) {}

    @Entity(name = "Leaf")
    static class Leaf {
        @EmbeddedId
        LeafId id;

        String colour;

        Leaf() {}

        Leaf(LeafId id, String colour) {
            this.id = id;
            this.colour = colour;
        }
    }

    @Entity(name = "FullNote")
    @QueryCacheLayout(layout = CacheLayout.FULL)
    static class FullNote {
        @Id
        long id;

        String text;

        FullNote() {}

        FullNote(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    @Entity(name = "ShallowNote")
    @QueryCacheLayout(layout = CacheLayout.SHALLOW)
    static class ShallowNote {
        @Id
        long id;

        String text;

        ShallowNote() {}

        ShallowNote(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    @Entity(name = "AutoNote")
    @QueryCacheLayout(layout = CacheLayout.AUTO)
    static class AutoNote {
        @Id
        long id;

        String text;

        AutoNote() {}

        AutoNote(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    @Entity(name = "Shape")
    @Cacheable
    @QueryCacheLayout(layout = CacheLayout.SHALLOW_WITH_DISCRIMINATOR)
    static class Shape {
        @Id
        long id;

        String text;

        Shape() {}

        Shape(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    @Entity(name = "Circle")
    @Cacheable
    static class Circle extends Shape {
        int radius;

        Circle() {}

        Circle(long id, String text, int radius) {
            super(id, text);
            this.radius = radius;
        }
    }
}
