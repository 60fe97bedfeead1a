package dev.dorm.cache.internal.codec;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.Formula;
import org.hibernate.type.YesNoConverter;

/** Ships, their crews and their logs: every way of inheriting, of identifying, and values of every kind. */
final class Fleet {

    private Fleet() {}

    static Class<?>[] entities() {
        return new Class<?>[] {
            Vessel.class, Ferry.class, Tug.class, Person.class, Sailor.class, Post.class, Log.class, Harbour.class
        };
    }

    static void fill(Session session) {
        Harbour bergen = new Harbour(1, "Bergen", "NO");
        session.persist(bergen);
        session.persist(new Harbour(2, "Oban", null));
        Ferry ferry = new Ferry(1, "Astra", 120);
        ferry.home = bergen;
        Tug tug = new Tug(2, "Bold", 3.5f);
        session.persist(ferry);
        session.persist(tug);
        session.persist(new Vessel(3, "Cog"));
        Person clerk = new Person(1, "Ann");
        Sailor mate = new Sailor(2, "Bo", "mate");
        mate.skills.add("knots");
        mate.skills.add("maps");
        mate.vessels.add(ferry);
        mate.vessels.add(tug);
        mate.friend = clerk;
        session.persist(clerk);
        session.persist(mate);
        session.persist(new Post(1, "a", "Astra, aft"));
        session.persist(new Post(1, "b", null));
        Log log = new Log(1);
        log.whole = new BigInteger("123456789012345678901234567890");
        log.exact = new BigDecimal("0.0100");
        log.small = 7;
        log.tiny = -1;
        log.real = 1.5f;
        log.letter = 'x';
        log.day = LocalDate.of(2024, 2, 29);
        log.time = LocalTime.of(1, 2, 3);
        log.moment = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_000_000);
        log.at = Instant.parse("2024-02-29T01:02:03.456Z");
        log.offset = OffsetDateTime.of(log.moment, ZoneOffset.UTC);
        log.length = Duration.ofMillis(90_061_001);
        log.year = Year.of(1999);
        log.number = UUID.fromString("6f1f4e0a-9c0b-4b7e-8a52-5d4f6e0c1a11");
        log.flag = true;
        log.counts = new int[] {1, -2, 3};
        log.words = new ArrayList<>(List.of("a", "", "b, c"));
        log.winds = new Wind[] {Wind.WEST, Wind.EAST};
        session.persist(log);
        session.persist(new Log(2));
    }

    /** What a query may ask for without knowing who has one. */
    interface Named {}

    enum Wind {
        EAST,
        WEST
    }

    @Entity(name = "Harbour")
    @SecondaryTable(name = "Harbour_land")
    static class Harbour implements Named {
        @Id
        long id;

        String name;

        @Column(table = "Harbour_land")
        String land;

        @Formula("upper(name)")
        String called;

        @Version
        int version;

        Harbour() {}

        Harbour(long id, String name, String land) {
            this.id = id;
            this.name = name;
            this.land = land;
        }
    }

    @Entity(name = "Vessel")
    @Cacheable
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Vessel implements Named {
        @Id
        long id;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Harbour home;

        Vessel() {}

        Vessel(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Ferry")
    @Cacheable
    static class Ferry extends Vessel {
        int seats;

        Ferry() {}

        Ferry(long id, String name, int seats) {
            super(id, name);
            this.seats = seats;
        }
    }

    @Entity(name = "Tug")
    @Cacheable
    static class Tug extends Vessel {
        float pull;

        Tug() {}

        Tug(long id, String name, float pull) {
            super(id, name);
            this.pull = pull;
        }
    }

    @Entity(name = "Person")
    @Cacheable
    @Inheritance(strategy = InheritanceType.JOINED)
    @NamedNativeQuery(name = "people", query = "select p.id, p.name from Person p order by p.id")
    static class Person {
        @Id
        long id;

        String name;

        Person() {}

        Person(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Sailor")
    @Cacheable
    static class Sailor extends Person {
        String trade;

        @ElementCollection
        @OrderColumn
        List<String> skills = new ArrayList<>();

        @ManyToMany
        @OrderBy("id")
        List<Vessel> vessels = new ArrayList<>();

        @OneToOne(fetch = FetchType.LAZY)
        Person friend;

        Sailor() {}

        Sailor(long id, String name, String trade) {
            super(id, name);
            this.trade = trade;
        }
    }

    @Embeddable
    static class PostId implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        long vessel;
        String deck;

        PostId() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof PostId that && vessel == that.vessel && Objects.equals(deck, that.deck);
        }

        @Override
        public int hashCode() {
            return Objects.hash(vessel, deck);
        }
    }

    @Entity(name = "Post")
    @IdClass(PostId.class)
    static class Post {
        @Id
        long vessel;

        @Id
        String deck;

        String note;

        Post() {}

        Post(long vessel, String deck, String note) {
            this.vessel = vessel;
            this.deck = deck;
            this.note = note;
        }
    }

    @Entity(name = "Log")
    static class Log {
        @Id
        long id;

        @Column(precision = 38, scale = 0)
        BigInteger whole;

        @Column(precision = 10, scale = 4)
        BigDecimal exact;

        short small;
        byte tiny;

        @Column(name = "ratio")
        float real;

        char letter = ' ';

        @Column(name = "on_day")
        LocalDate day;

        @Column(name = "at_time")
        LocalTime time;

        LocalDateTime moment;

        @Column(name = "at_instant")
        Instant at;

        @Column(name = "at_offset")
        OffsetDateTime offset;

        Duration length;

        @Column(name = "in_year")
        Year year;

        @Column(name = "is_number")
        UUID number;

        @Convert(converter = YesNoConverter.class)
        Boolean flag;

        int[] counts;
        List<String> words;
        Wind[] winds;

        Log() {}

        Log(long id) {
            this.id = id;
        }
    }
}
