package dev.dorm.cache.benchmark;

import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** An id and twelve attributes, as a shop's article might have them: what every entity of the benchmark is. */
@MappedSuperclass
public abstract class Goods {

    /** What kind of article it is. */
    public enum Kind {
        /** A book. */
        BOOK,
        /** A record. */
        RECORD,
        /** A film. */
        FILM
    }

    @Id
    long id;

    String name;
    String description;
    String maker;
    BigDecimal price;
    int stock;
    long sold;
    double weight;
    boolean active;
    LocalDate introduced;
    Instant touched;

    @Enumerated(EnumType.STRING)
    Kind kind;

    @Version
    int version;

    /** For Hibernate. */
    protected Goods() {}

    /**
     * Makes an article whose values depend on its id only.
     *
     * @param id its id
     */
    protected Goods(long id) {
        this.id = id;
        name = "Article " + id;
        description = "A description of article " + id + ", of about the length that a short one has in a shop";
        maker = new UUID(id, id).toString();
        price = BigDecimal.valueOf(1000 + id, 2);
        stock = (int) (id % 97);
        sold = id * 31;
        weight = id / 8.0;
        active = id % 3 != 0;
        introduced = LocalDate.of(2020, 1, 1).plusDays(id % 2000);
        touched = Instant.parse("2026-01-01T00:00:00Z").plus(id, ChronoUnit.MINUTES);
        kind = Kind.values()[(int) (id % 3)];
    }

    /** Changes it. */
    void sell() {
        sold++;
        touched = touched.plusSeconds(1);
    }
}
