package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.CacheMode;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written is cached only if its column gives it back: a time, a number or a text may come back as another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactValuesIT {

    private static final Instant MICROS = Instant.parse("2024-05-06T07:08:09.123456Z");

    /** A value, and whether its column gives it back. */
    enum Case {
        INSTANT(true, v -> v.instant = MICROS),
        INSTANT_NANOS(false, v -> v.instant = MICROS.plusNanos(789)),
        LOCAL(true, v -> v.wall = LocalDateTime.parse("2024-05-06T07:08:09.123456")),
        LOCAL_NANOS(false, v -> v.wall = LocalDateTime.parse("2024-05-06T07:08:09.123456789")),
        BEFORE_THE_CALENDAR(false, v -> v.wall = LocalDateTime.parse("1500-05-06T07:08:09")),
        DATE(true, v -> v.birthday = LocalDate.parse("2024-05-06")),
        TIME(true, v -> v.clock = LocalTime.parse("07:08:09")),
        TIME_NANOS(false, v -> v.clock = LocalTime.parse("07:08:09.123456789")),
        OFFSET(false, v -> v.zoned = OffsetDateTime.parse("2024-05-06T07:08:09+05:00")),
        UTIL_DATE(true, v -> v.utilDate = Date.from(Instant.parse("2024-05-06T07:08:09.123Z"))),
        DECLARED(false, v -> v.declared = MICROS),
        AMOUNT(true, v -> v.amount = new BigDecimal("9.90")),
        AMOUNT_OF_ANOTHER_SCALE(false, v -> v.amount = new BigDecimal("9.9")),
        AMOUNT_TO_BE_ROUNDED(false, v -> v.amount = new BigDecimal("9.999")),
        WHOLE(true, v -> v.whole = new BigInteger("12345678901234567890")),
        FRACTION(true, v -> v.fraction = 0.1),
        MINUS_ZERO(false, v -> v.fraction = -0.0),
        TEXT(true, v -> v.text = "h\u00e9 \ud83d\ude00 "),
        LONG_TEXT(true, v -> v.longText = "long"),
        FIXED(true, v -> v.fixed = "0123456789"),
        FIXED_TO_BE_PADDED(false, v -> v.fixed = "012"),
        CONVERTED(true, v -> v.small = "abc"),
        CONVERTED_TO_ANOTHER(false, v -> v.small = "ABC"),
        TRANSFORMED(false, v -> v.transformed = "abc"),
        PART(true, v -> v.part = new Part("x")),
        EMPTY_PART(false, v -> v.part = new Part(null)),
        UNIQUE(true, v -> v.uuid = new UUID(1, 2)),
        NAMED(true, v -> v.named = DayOfWeek.FRIDAY),
        NUMBERED(true, v -> v.numbered = DayOfWeek.FRIDAY),
        BYTES(true, v -> v.bytes = new byte[] {1, 2}),
        FLAG(true, v -> v.flag = true),
        LETTER(true, v -> v.letter = 'x');

        private final boolean exact;
        private final Consumer<Valued> set;

        Case(boolean exact, Consumer<Valued> set) {
            this.exact = exact;
            this.set = set;
        }
    }

    @Entity(name = "Valued")
    @Cacheable
    static class Valued {
        @Id
        long id;

        Instant instant;
        LocalDateTime wall;
        LocalDate birthday;
        LocalTime clock;
        OffsetDateTime zoned;
        Date utilDate;

        @Column(columnDefinition = "timestamp(3) with time zone")
        Instant declared;

        @Column(precision = 10, scale = 2)
        BigDecimal amount;

        BigInteger whole;
        Double fraction;
        String text;

        @Column(columnDefinition = "varchar(1000)")
        String longText;

        @JdbcTypeCode(SqlTypes.CHAR)
        @Column(length = 10)
        String fixed;

        @Convert(converter = Lower.class)
        String small;

        @ColumnTransformer(write = "upper(?)")
        String transformed;

        @Embedded
        Part part;

        UUID uuid;

        @Enumerated(EnumType.STRING)
        DayOfWeek named;

        DayOfWeek numbered;
        byte[] bytes;
        boolean flag;
        Character letter;

        @Override
        public String toString() {
            return instant + " " + wall + " " + birthday + " " + clock + " " + zoned + " "
                    + (utilDate == null ? null : utilDate.toInstant()) + " " + declared + " " + amount + " " + whole
                    + " "
                    + fraction + " " + text + " " + longText + " " + fixed + "| " + small + " " + transformed + " "
                    + (part == null ? null : "part " + part.value) + " " + uuid + " " + named + " " + numbered + " "
                    + Arrays.toString(bytes) + " " + flag + " " + letter;
        }
    }

    @Embeddable
    static class Part {
        @Column(name = "part_value")
        String value;

        Part() {}

        Part(String value) {
            this.value = value;
        }
    }

    /** Forgets the case of letters. */
    static class Lower implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String value) {
            return value == null ? null : value.toLowerCase(Locale.ROOT);
        }

        @Override
        public String convertToEntityAttribute(String value) {
            return value;
        }
    }

    private CachedFactory factory;
    private long last;

    @BeforeAll
    void start() {
        factory = CachedFactory.on(CacheBackend.LOCMEM, Valued.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
    }

    @AfterAll
    void close() {
        factory.close();
    }

    @ParameterizedTest
    @EnumSource
    void anInsert(Case value) {
        long id = ++last;
        factory.inTransaction(session -> session.persist(valued(id, value)));
        showsTheDatabase(id, value);
    }

    @ParameterizedTest
    @EnumSource
    void anUpdate(Case value) {
        long id = ++last;
        factory.inTransaction(session -> {
            Valued plain = new Valued();
            plain.id = id;
            session.persist(plain);
        });
        factory.inTransaction(session -> value.set.accept(session.find(Valued.class, id)));
        showsTheDatabase(id, value);
    }

    private static Valued valued(long id, Case value) {
        Valued valued = new Valued();
        valued.id = id;
        value.set.accept(valued);
        return valued;
    }

    private void showsTheDatabase(long id, Case value) {
        if (value.exact) {
            assertThatCache(factory).readsWithoutSql(session -> session.find(Valued.class, id));
        }
        // A query reads its rows from the database, whatever a session's cache mode means to find.
        String database = factory.fromTransaction(session -> {
            session.setCacheMode(CacheMode.IGNORE);
            return session.createQuery("from " + Valued.class.getName() + " where id = :id", Valued.class)
                    .setParameter("id", id)
                    .getSingleResult()
                    .toString();
        });
        for (int pass = 0; pass < 2; pass++) {
            String shown = factory.fromTransaction(session -> String.valueOf(session.find(Valued.class, id)));
            assertThat(shown).isEqualTo(database);
        }
    }
}
