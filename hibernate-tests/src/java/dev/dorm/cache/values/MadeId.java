package dev.dorm.cache.values;

import dev.dorm.cache.values.Attribute.Making;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * A random kind of id: simple, of several parts, or given by the database. A number has an id; each time it is asked for,
 * in any form.
 */
final class MadeId {

    private record Part(String annotation, String type, LongFunction<Object> value) {}

    private final Random random;
    private final List<Part> kinds;
    private final Part part;
    private final boolean composite;
    private final boolean generated;
    /** Beyond what a double holds exactly, and at the ends of a long. */
    private final long from;

    MadeId(long seed) {
        this.random = new Random(seed);
        this.from = List.of(0L, 0L, 1L << 53, Long.MAX_VALUE - 1_000, Long.MIN_VALUE)
                .get(random.nextInt(5));
        this.kinds = List.of(
                new Part("", "long", number -> from + number),
                new Part("", "Integer", number -> (int) number),
                new Part("@Column(precision = 38) ", "java.math.BigInteger", number -> BigInteger.valueOf(from)
                        .multiply(BigInteger.TEN)
                        .add(BigInteger.valueOf(number))),
                new Part("", "String", number -> "id|" + number),
                new Part("", "java.util.UUID", number -> new UUID(0, number)),
                new Part("", "Double", number -> number / 2.0),
                new Part("", "java.time.LocalDate", LocalDate::ofEpochDay),
                new Part("", "java.time.Instant", number -> Instant.ofEpochSecond(number * 3_600)),
                new Part(
                        "",
                        "java.time.OffsetDateTime",
                        number -> OffsetDateTime.ofInstant(
                                Instant.ofEpochSecond(number * 86_400), ZoneOffset.ofHours(random.nextInt(9)))),
                new Part("@Column(precision = 20, scale = 4) ", "java.math.BigDecimal", number -> new BigDecimal(number)
                        .setScale(random.nextInt(4))),
                new Part("@Column(columnDefinition = \"char(6)\") ", "String", number -> "c%05d".formatted(number)),
                new Part("@Temporal(TemporalType.DATE) ", "java.util.Date", this::day));
        this.part = kinds.get(random.nextInt(kinds.size()));
        this.composite = random.nextInt(3) == 0;
        this.generated = random.nextInt(4) == 0;
    }

    /** A time of a day, as the clock of the JVM shows it. */
    private Date day(long number) {
        long start = number * 86_400_000 - TimeZone.getDefault().getOffset(number * 86_400_000);
        return new Date(start + random.nextInt(3_600_000));
    }

    /** Whether the entity shows the id as it was asked for, whatever the row has. */
    String source() {
        if (generated) {
            return "@Id @GeneratedValue(strategy = GenerationType.IDENTITY) public " + generatedType() + " id";
        }
        return composite ? "@EmbeddedId public Key id" : "@Id " + part.annotation() + "public " + part.type() + " id";
    }

    String classes() {
        return composite && !generated
                ? "@Embeddable public record Key(@Column(name = \"k_one\") long one, "
                        + (part.annotation().isEmpty() ? "@Column(name = \"k_two\") " : part.annotation())
                        + part.type() + " two) implements java.io.Serializable {}\n"
                : "";
    }

    /** Whether only the database knows it. */
    boolean isGenerated() {
        return generated;
    }

    private String generatedType() {
        return from == 0 ? "Integer" : "Long";
    }

    /** Has the database begin with a number of many digits. */
    List<String> statements(String table) {
        return generated && from > 0
                ? List.of("alter table " + table + " alter column id restart with " + from)
                : List.of();
    }

    Object value(long number) {
        if (!composite) {
            return part.value().apply(number);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("one", number);
        fields.put("two", part.value().apply(number));
        return new Making("Key", fields);
    }

    @Override
    public String toString() {
        return generated
                ? "id given by the database, " + generatedType()
                : (composite ? "composite id of " : "id ") + part.annotation() + part.type();
    }
}
