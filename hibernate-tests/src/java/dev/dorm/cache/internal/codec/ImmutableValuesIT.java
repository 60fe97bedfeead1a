package dev.dorm.cache.internal.codec;

import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.annotations.Type;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is declared immutable, at its converter, at its attribute or by a plan, is put as it is, and cached. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class ImmutableValuesIT extends CodecLines {

    @Immutable
    @Converter
    static final class ImmutablyWritten implements jakarta.persistence.AttributeConverter<Price, String> {
        @Override
        public String convertToDatabaseColumn(Price price) {
            return price == null ? null : price.toString();
        }

        @Override
        public Price convertToEntityAttribute(String text) {
            return text == null ? null : Price.of(text);
        }
    }

    @Mutability(Immutability.class)
    @Converter
    static final class PlannedWritten implements jakarta.persistence.AttributeConverter<Price, String> {
        @Override
        public String convertToDatabaseColumn(Price price) {
            return price == null ? null : price.toString();
        }

        @Override
        public Price convertToEntityAttribute(String text) {
            return text == null ? null : Price.of(text);
        }
    }

    /** From text to text, which its class does not tell apart. */
    @Immutable
    @Converter
    static final class Reversed implements jakarta.persistence.AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String text) {
            return text == null ? null : new StringBuilder(text).reverse().toString();
        }

        @Override
        public String convertToEntityAttribute(String text) {
            return convertToDatabaseColumn(text);
        }
    }

    @Entity(name = "Unchanging")
    static class Unchanging {
        @Id
        @GeneratedValue
        Long id;

        @Convert(converter = ImmutablyWritten.class)
        Price atTheConverter;

        @Convert(converter = PlannedWritten.class)
        Price byThePlanAtTheConverter;

        @Convert(converter = PriceType.Written.class)
        @Immutable
        Price atTheAttribute;

        @Convert(converter = PriceType.Written.class)
        @Mutability(Immutability.class)
        Price byThePlan;

        @Convert(converter = Reversed.class)
        String text;

        @Mutability(Immutability.class)
        String[] array;

        @Mutability(Immutability.class)
        @JdbcTypeCode(SqlTypes.VARBINARY)
        byte[] bytes;

        @Mutability(Immutability.class)
        Serializable serializable;

        @Mutability(Immutability.class)
        Timestamp timestamp;

        @Immutable
        java.util.Date date;

        @Type(PriceType.class)
        Price userType;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Unchanging.class};
    }

    @Override
    Stream<Line> lines() {
        Price price = new Price(7, "EUR");
        return Line.of(Unchanging::new)
                .line("all null", e -> {})
                .line("at the converter", e -> e.atTheConverter = price)
                .line("by a plan at the converter", e -> e.byThePlanAtTheConverter = price)
                .line("at the attribute", e -> e.atTheAttribute = price)
                .line("by a plan at the attribute", e -> e.byThePlan = price)
                .line("text of text", e -> e.text = "abc")
                .line("an array", e -> e.array = new String[] {"a", null})
                .line("bytes", e -> e.bytes = new byte[] {1})
                .line("what is serialized", e -> e.serializable = "text")
                .line("a timestamp", e -> e.timestamp = Timestamp.valueOf("2024-02-29 01:02:03"))
                .line("a date", e -> e.date = new java.util.Date(1_700_000_000_000L))
                .line("a user type", e -> e.userType = price)
                .stream();
    }
}
