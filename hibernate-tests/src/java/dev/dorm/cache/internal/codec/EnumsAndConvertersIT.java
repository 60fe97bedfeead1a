package dev.dorm.cache.internal.codec;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Enums in each of their mappings, and attributes that a converter turns into something else. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class EnumsAndConvertersIT extends CodecLines {

    enum Light {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    /** A domain class that nobody can encode. */
    record Money(BigDecimal amount, String currency) implements Serializable {}

    /** The same, and mutable, so that Hibernate copies it. */
    static final class Purse {
        private Money content;

        @Override
        public boolean equals(Object other) {
            return other instanceof Purse purse && purse.content.equals(content);
        }

        @Override
        public int hashCode() {
            return content.hashCode();
        }
    }

    static final class MoneyConverter implements AttributeConverter<Money, String> {
        @Override
        public String convertToDatabaseColumn(Money money) {
            return money == null ? null : money.amount() + " " + money.currency();
        }

        @Override
        public Money convertToEntityAttribute(String text) {
            return text == null ? null : new Money(new BigDecimal(text.split(" ")[0]), text.split(" ")[1]);
        }
    }

    static final class PurseConverter implements AttributeConverter<Purse, String> {
        @Override
        public String convertToDatabaseColumn(Purse purse) {
            return purse == null ? null : new MoneyConverter().convertToDatabaseColumn(purse.content);
        }

        @Override
        public Purse convertToEntityAttribute(String text) {
            if (text == null) {
                return null;
            }
            Purse purse = new Purse();
            purse.content = new MoneyConverter().convertToEntityAttribute(text);
            return purse;
        }
    }

    /** Null is something to it. */
    static final class NeverNull implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String text) {
            return "none".equals(text) ? null : text;
        }

        @Override
        public String convertToEntityAttribute(String text) {
            return text == null ? "none" : text;
        }
    }

    static final class Minutes implements AttributeConverter<Duration, Long> {
        @Override
        public Long convertToDatabaseColumn(Duration duration) {
            return duration == null ? null : duration.toMinutes();
        }

        @Override
        public Duration convertToEntityAttribute(Long minutes) {
            return minutes == null ? null : Duration.ofMinutes(minutes);
        }
    }

    static final class Months implements AttributeConverter<YearMonth, Integer> {
        @Override
        public Integer convertToDatabaseColumn(YearMonth month) {
            return month == null ? null : month.getYear() * 12 + month.getMonthValue() - 1;
        }

        @Override
        public YearMonth convertToEntityAttribute(Integer months) {
            return months == null ? null : YearMonth.of(months / 12, months % 12 + 1);
        }
    }

    static final class Words implements AttributeConverter<List<String>, String> {
        @Override
        public String convertToDatabaseColumn(List<String> words) {
            return words == null ? null : String.join(",", words);
        }

        @Override
        public List<String> convertToEntityAttribute(String text) {
            return text == null ? null : Arrays.asList(text.split(",", -1));
        }
    }

    static final class Pairs implements AttributeConverter<Map<String, Integer>, String> {
        @Override
        public String convertToDatabaseColumn(Map<String, Integer> pairs) {
            return pairs == null
                    ? null
                    : pairs.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining(","));
        }

        @Override
        public Map<String, Integer> convertToEntityAttribute(String text) {
            if (text == null) {
                return null;
            }
            return new TreeMap<>(Arrays.stream(text.split(","))
                    .collect(
                            Collectors.toMap(pair -> pair.split("=")[0], pair -> Integer.valueOf(pair.split("=")[1]))));
        }
    }

    static final class Bytes implements AttributeConverter<String, byte[]> {
        @Override
        public byte[] convertToDatabaseColumn(String text) {
            return text == null ? null : text.getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
        }

        @Override
        public String convertToEntityAttribute(byte[] bytes) {
            return bytes == null ? null : new String(bytes, java.nio.charset.StandardCharsets.UTF_16BE);
        }
    }

    @Entity(name = "Converted")
    static class Converted {
        @Id
        @GeneratedValue
        Long id;

        Light ordinal;

        @Enumerated(EnumType.STRING)
        Light named;

        @JdbcTypeCode(SqlTypes.VARCHAR)
        Light text;

        @JdbcTypeCode(SqlTypes.ENUM)
        Light databaseEnum;

        TimeUnit ofTheJdk;

        @Convert(converter = MoneyConverter.class)
        Money money;

        @Convert(converter = MoneyConverter.class)
        @Immutable
        Money immutableMoney;

        @Convert(converter = PurseConverter.class)
        Purse purse;

        @Convert(converter = NeverNull.class)
        String neverNull = "none";

        @Convert(converter = Minutes.class)
        Duration minutes;

        @Convert(converter = Months.class)
        YearMonth month;

        @Convert(converter = Words.class)
        List<String> words;

        @Convert(converter = Pairs.class)
        Map<String, Integer> pairs;

        @Convert(converter = Bytes.class)
        String bytes;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Converted.class};
    }

    @Override
    Stream<Line> lines() {
        Money money = new Money(new BigDecimal("1.50"), "EUR");
        return Line.of(Converted::new)
                .line("all null", e -> {})
                .line("enum, ordinal", e -> e.ordinal = Light.RED)
                .line("enum, ordinal, with a body", e -> e.ordinal = Light.GREEN)
                .line("enum, name", e -> e.named = Light.RED)
                .line("enum, name, with a body", e -> e.named = Light.GREEN)
                .line("enum, varchar", e -> e.text = Light.GREEN)
                .line("enum, of the database", e -> e.databaseEnum = Light.GREEN)
                .line("enum, of the JDK", e -> e.ofTheJdk = TimeUnit.DAYS)
                .line("converter of a record", e -> e.money = money)
                .line("converter of a record, immutable", e -> e.immutableMoney = money)
                .line("converter of a mutable class", e -> {
                    e.purse = new Purse();
                    e.purse.content = money;
                })
                .line("converter that knows null", e -> e.neverNull = "none")
                .line("converter that knows null, of something", e -> e.neverNull = "some")
                .line("converter of a basic type", e -> e.minutes = Duration.ofSeconds(119))
                .line("converter of what Hibernate does not map", e -> e.month = YearMonth.of(2024, 2))
                .line("converter of a list", e -> e.words = List.of("a", "", "c"))
                .line("converter of a map", e -> e.pairs = Map.of("a", 1, "b", 2))
                .line("converter to bytes", e -> e.bytes = "a\uD83Db")
                .stream();
    }
}
