package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Nationalized;
import org.hibernate.type.NumericBooleanConverter;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.TrueFalseConverter;
import org.hibernate.type.YesNoConverter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers, booleans, characters and strings, to their ends. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class NumbersAndTextIT extends CodecLines {

    private static final int LONG = 1 << 20;

    @Entity(name = "Plain")
    static class Plain {
        @Id
        @GeneratedValue
        Long id;

        byte primitiveByte;
        short primitiveShort;
        int primitiveInt;
        long primitiveLong;
        float primitiveFloat;
        double primitiveDouble;
        boolean primitiveBoolean;
        char primitiveChar = 'c';

        Byte octet;
        Short small;
        Integer integer;
        Long big;
        Float single;
        Double twice;
        Boolean flag;

        @jakarta.persistence.Convert(converter = YesNoConverter.class)
        Boolean yesNo;

        @jakarta.persistence.Convert(converter = TrueFalseConverter.class)
        Boolean trueFalse;

        @jakarta.persistence.Convert(converter = NumericBooleanConverter.class)
        Boolean numeric;

        Character letter;

        @Column(precision = 30, scale = 5)
        BigDecimal decimal;

        @JdbcTypeCode(SqlTypes.VARCHAR)
        @Column(length = 300)
        BigDecimal decimalAsText;

        @Column(precision = 38, scale = 0)
        BigInteger bigInteger;

        @JdbcTypeCode(SqlTypes.VARCHAR)
        Long longAsText;

        String string;

        @Column(length = 2 * LONG)
        String wide;

        @Lob
        String clob;

        @Nationalized
        String nationalized;

        @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
        String text;

        char[] chars;

        @Lob
        char[] charClob;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Plain.class};
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(numbers(), Stream.concat(booleans(), text()));
    }

    private static Stream<Line> numbers() {
        return Line.of(Plain::new)
                .line("all null", e -> {})
                .line("byte, primitive", e -> e.primitiveByte = Byte.MIN_VALUE)
                .line("byte, least", e -> e.octet = Byte.MIN_VALUE)
                .line("byte, greatest", e -> e.octet = Byte.MAX_VALUE)
                .line("short, primitive", e -> e.primitiveShort = Short.MIN_VALUE)
                .line("short, least", e -> e.small = Short.MIN_VALUE)
                .line("short, greatest", e -> e.small = Short.MAX_VALUE)
                .line("int, primitive", e -> e.primitiveInt = Integer.MIN_VALUE)
                .line("int, least", e -> e.integer = Integer.MIN_VALUE)
                .line("int, greatest", e -> e.integer = Integer.MAX_VALUE)
                .line("int, zero", e -> e.integer = 0)
                .line("long, primitive", e -> e.primitiveLong = Long.MIN_VALUE)
                .line("long, least", e -> e.big = Long.MIN_VALUE)
                .line("long, greatest", e -> e.big = Long.MAX_VALUE)
                .line("long, small", e -> e.big = 1L)
                .line("long, as text", e -> e.longAsText = -7L)
                .line("float, primitive", e -> e.primitiveFloat = Float.MIN_VALUE)
                .line("float, not a number", e -> e.single = Float.NaN)
                .line("float, infinite", e -> e.single = Float.NEGATIVE_INFINITY)
                .line("float, greatest", e -> e.single = Float.MAX_VALUE)
                .line("float, minus zero", e -> e.single = -0.0f)
                .line("float, not exact", e -> e.single = 0.1f)
                .line("float, whole", e -> e.single = 16_777_216f)
                .line("double, primitive", e -> e.primitiveDouble = Double.MIN_VALUE)
                .line("double, not a number", e -> e.twice = Double.NaN)
                .line("double, infinite", e -> e.twice = Double.POSITIVE_INFINITY)
                .line("double, greatest", e -> e.twice = Double.MAX_VALUE)
                .line("double, subnormal", e -> e.twice = Double.MIN_VALUE)
                .line("double, minus zero", e -> e.twice = -0.0)
                .line("double, not exact", e -> e.twice = 0.1 + 0.2)
                .line("double, whole", e -> e.twice = 1e15)
                .line("decimal, scaled by the column", e -> e.decimal = new BigDecimal("1.5"))
                .line("decimal, zero", e -> e.decimal = BigDecimal.ZERO)
                .line("decimal, negative", e -> e.decimal = new BigDecimal("-12345678901234567890.00001"))
                .line("decimal as text, scale kept", e -> e.decimalAsText = new BigDecimal("1.500"))
                .line("decimal as text, negative scale", e -> e.decimalAsText = new BigDecimal("1E+7"))
                .line("decimal as text, long", e -> e.decimalAsText = new BigDecimal("1." + "3".repeat(200)))
                .line("big integer", e -> e.bigInteger = BigInteger.TWO.pow(100).negate())
                .line("big integer, small", e -> e.bigInteger = BigInteger.ONE)
                .stream();
    }

    private static Stream<Line> booleans() {
        return Line.of(Plain::new)
                .line("boolean, primitive", e -> e.primitiveBoolean = true)
                .line("boolean, true", e -> e.flag = true)
                .line("boolean, false", e -> e.flag = false)
                .line("boolean, Y or N", e -> e.yesNo = true)
                .line("boolean, T or F", e -> e.trueFalse = false)
                .line("boolean, 1 or 0", e -> e.numeric = true)
                .stream();
    }

    private static Stream<Line> text() {
        return Line.of(Plain::new)
                .line("char, primitive", e -> e.primitiveChar = '\uFFFD')
                .line("char", e -> e.letter = 'ß')
                .line("char, unpaired surrogate", e -> e.letter = '\uD800')
                .line("string", e -> e.string = "text")
                .line("string, empty", e -> e.string = "")
                .line("string, of spaces", e -> e.string = "  ")
                .line("string, emoji", e -> e.string = "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69")
                .line("string, combining", e -> e.string = "e\u0301 \u00e9 \u202e")
                .line("string, control characters", e -> e.string = "\u0001\t\r\n\u001f\u007f\u0085\u2028")
                .line("string, U+0000", e -> e.string = "a\u0000b")
                .line("string, unpaired high surrogate", e -> e.string = "a\uD83Db")
                .line("string, unpaired low surrogate", e -> e.string = "\uDE00")
                .line("string, surrogates the wrong way round", e -> e.string = "\uDE00\uD83D")
                .line("string, JSON", e -> e.string = "{\"class\":\"\\u0000\"}")
                .line("string, an entry's own marks", e -> e.string = "dormsig1:v1|k|{}|")
                .line("string, 1 MB", e -> e.wide = "x".repeat(LONG))
                .line("string, 1 MB of emoji", e -> e.wide = "\uD83D\uDE00".repeat(LONG / 2))
                .line("string, Clob", e -> e.clob = "y".repeat(LONG))
                .line("string, empty Clob", e -> e.clob = "")
                .line("string, nationalized", e -> e.nationalized = "日本語")
                .line("string, long32varchar", e -> e.text = "z\n".repeat(1000))
                .line("chars", e -> e.chars = "chars".toCharArray())
                .line("chars, none", e -> e.chars = new char[0])
                .line("chars, unpaired surrogate", e -> e.chars = new char[] {'\uD83D', 'a'})
                .line("chars, Clob", e -> e.charClob = "y".repeat(LONG).toCharArray())
                .stream();
    }
}
