package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays, and collections that Hibernate maps to one array column. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class ArraysIT extends CodecLines {

    enum Suit {
        CLUBS,
        HEARTS
    }

    @Entity(name = "Arrayed")
    static class Arrayed {
        @Id
        @GeneratedValue
        Long id;

        @Column(length = 2_000_000)
        byte[] bytes;

        @Lob
        byte[] blob;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        Byte[] boxedBytes;

        Character[] boxedChars;
        boolean[] booleans;
        short[] shorts;
        int[] ints;
        long[] longs;
        float[] floats;
        double[] doubles;
        Boolean[] boxedBooleans;
        Integer[] boxedInts;
        Long[] boxedLongs;
        Double[] boxedDoubles;
        String[] strings;
        BigDecimal[] decimals;
        UUID[] uuids;
        LocalDate[] dates;
        Instant[] instants;
        Suit[] suits;
        List<String> list;
        List<Integer> numbers;
        Set<Suit> set;
        SortedSet<String> sorted;

        @JdbcTypeCode(SqlTypes.ARRAY)
        @Column(length = 1_000) // Hibernate stores it serialized, with the names of its classes
        EnumSet<Suit> enumSet;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Arrayed.class};
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(bytes(), Stream.concat(arrays(), collections()));
    }

    private static Stream<Line> bytes() {
        return Line.of(Arrayed::new)
                .line("all null", e -> {})
                .line("bytes", e -> e.bytes = new byte[] {0, 1, -1, 127, -128})
                .line("bytes, none", e -> e.bytes = new byte[0])
                .line("bytes, 1 MB", e -> e.bytes = new byte[1 << 20])
                .line("bytes, Blob", e -> e.blob = new byte[] {5, 6})
                .line("bytes, boxed", e -> e.boxedBytes = new Byte[] {3, 4})
                .line("chars, boxed", e -> e.boxedChars = new Character[] {'x', '\uD800'})
                .stream();
    }

    private static Stream<Line> arrays() {
        return Line.of(Arrayed::new)
                .line("booleans", e -> e.booleans = new boolean[] {true, false})
                .line("shorts", e -> e.shorts = new short[] {Short.MIN_VALUE, 1})
                .line("ints", e -> e.ints = new int[] {Integer.MIN_VALUE, 2})
                .line("ints, none", e -> e.ints = new int[0])
                .line("longs", e -> e.longs = new long[] {Long.MAX_VALUE, -2})
                .line("floats", e -> e.floats = new float[] {Float.NaN, 1.5f})
                .line("doubles", e -> e.doubles = new double[] {Double.NEGATIVE_INFINITY, -0.0})
                .line("booleans, boxed", e -> e.boxedBooleans = new Boolean[] {true, null})
                .line("ints, boxed", e -> e.boxedInts = new Integer[] {null, Integer.MAX_VALUE})
                .line("longs, boxed", e -> e.boxedLongs = new Long[] {1L, null})
                .line("longs, boxed, only null", e -> e.boxedLongs = new Long[] {null})
                .line("doubles, boxed", e -> e.boxedDoubles = new Double[] {Double.NaN, null})
                .line("strings", e -> e.strings = new String[] {"a", null, "", "\uD83D\uDE00", "\uD83D"})
                .line("strings, none", e -> e.strings = new String[0])
                .line("decimals", e -> e.decimals = new BigDecimal[] {new BigDecimal("1.50"), null})
                .line("uuids", e -> e.uuids = new UUID[] {new UUID(1, 2), null})
                .line("dates", e -> e.dates = new LocalDate[] {LocalDate.of(2024, 2, 29), null})
                .line("instants", e -> e.instants = new Instant[] {Instant.EPOCH, null})
                .line("enums", e -> e.suits = new Suit[] {Suit.HEARTS, null})
                .stream();
    }

    private static Stream<Line> collections() {
        return Line.of(Arrayed::new)
                .line("list in a column", e -> e.list = List.of("p", "q"))
                .line("list in a column, empty", e -> e.list = List.of())
                .line("list of numbers in a column", e -> e.numbers = List.of(1, Integer.MIN_VALUE))
                .line("set of enums in a column", e -> e.set = Set.of(Suit.HEARTS))
                .line("sorted set in a column", e -> e.sorted = new TreeSet<>(List.of("b", "a")))
                .line("enum set in a column", e -> e.enumSet = EnumSet.of(Suit.CLUBS))
                .stream();
    }
}
