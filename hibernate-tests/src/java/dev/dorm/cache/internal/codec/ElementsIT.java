package dev.dorm.cache.internal.codec;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.CollectionId;
import org.hibernate.annotations.CollectionIdJavaType;
import org.hibernate.annotations.SortComparator;
import org.hibernate.annotations.SortNatural;
import org.hibernate.type.descriptor.java.LongJavaType;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections of values: every kind of collection, every kind of key. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class ElementsIT extends CodecLines {

    /** Not the natural order. */
    public static final class Backwards implements Comparator<String> {
        @Override
        public int compare(String one, String other) {
            return other.compareTo(one);
        }

        @Override
        public String toString() {
            return "backwards";
        }
    }

    enum Side {
        LEFT,
        RIGHT
    }

    @Embeddable
    record Point(Integer x, Integer y) {}

    @Embeddable
    record Cell(String column, int line) {}

    @Entity(name = "Holding")
    static class Holding {
        @Id
        @GeneratedValue
        Long id;

        @ElementCollection
        Collection<String> bag = new ArrayList<>();

        @ElementCollection
        @OrderBy
        List<Integer> ordered = new ArrayList<>();

        @ElementCollection
        @OrderColumn
        List<String> list = new ArrayList<>();

        @ElementCollection
        Set<BigDecimal> set = new HashSet<>();

        @ElementCollection
        @Enumerated(EnumType.STRING)
        Set<Side> enums = new HashSet<>();

        @ElementCollection
        @SortNatural
        SortedSet<LocalDate> sorted = new TreeSet<>();

        @ElementCollection
        @SortComparator(Backwards.class)
        SortedSet<String> backwards = new TreeSet<>(new Backwards());

        @ElementCollection
        @OrderColumn
        String[] array;

        @ElementCollection
        @OrderColumn
        int[] ints;

        @ElementCollection
        @CollectionId(column = @Column(name = "element_id"), generator = "increment")
        @CollectionIdJavaType(LongJavaType.class)
        List<String> idBag = new ArrayList<>();

        @ElementCollection
        List<Point> points = new ArrayList<>();

        @ElementCollection
        @OrderColumn
        List<byte[]> bytes = new ArrayList<>();

        @ElementCollection
        Map<String, String> map = new HashMap<>();

        @ElementCollection
        @MapKeyEnumerated(EnumType.STRING)
        Map<Side, Integer> byEnum = new HashMap<>();

        @ElementCollection
        @MapKeyColumn(name = "map_key")
        @SortNatural
        SortedMap<LocalDate, BigDecimal> sortedMap = new TreeMap<>();

        @ElementCollection
        @SortComparator(Backwards.class)
        SortedMap<String, UUID> backwardsMap = new TreeMap<>(new Backwards());

        @ElementCollection
        @CollectionTable(name = "by_cell")
        Map<Cell, Point> byCell = new HashMap<>();
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Holding.class};
    }

    @Override
    Stream<Line> lines() {
        return Stream.concat(collections(), maps());
    }

    private static Stream<Line> collections() {
        return Line.of(Holding::new)
                .line("all empty", e -> {})
                .line("bag", e -> e.bag.addAll(List.of("b", "a", "a", "")))
                .line("bag, ordered", e -> e.ordered.addAll(List.of(3, Integer.MIN_VALUE, 2)))
                .line("list", e -> e.list.addAll(List.of("b", "a", "b")))
                .line("list, with a hole", e -> {
                    e.list.add("first");
                    e.list.add(null);
                    e.list.add("third");
                })
                .line("set", e -> e.set.addAll(List.of(BigDecimal.ONE, BigDecimal.ZERO)))
                .line("set of enums", e -> e.enums.addAll(List.of(Side.values())))
                .line("set, sorted", e -> e.sorted.addAll(List.of(LocalDate.EPOCH, LocalDate.of(1, 1, 1))))
                .line("set, sorted by a comparator", e -> e.backwards.addAll(List.of("a", "c", "b")))
                .line("array", e -> e.array = new String[] {"x", "y"})
                .line("array of a primitive", e -> e.ints = new int[] {1, -1})
                .line("id bag", e -> e.idBag.addAll(List.of("i", "j", "i")))
                .line("bag of embeddables", e -> e.points.addAll(List.of(new Point(1, 2), new Point(3, null))))
                .line("list of bytes", e -> e.bytes.add(new byte[] {1, 2}))
                .line("1000 elements", e -> {
                    for (int i = 0; i < 1000; i++) {
                        e.list.add("element " + i);
                    }
                })
                .stream();
    }

    private static Stream<Line> maps() {
        return Line.of(Holding::new)
                .line("map", e -> e.map.putAll(Map.of("k", "v", "", "empty", "\uD83D\uDE00", "")))
                .line("map, by enum", e -> e.byEnum.putAll(Map.of(Side.LEFT, 1, Side.RIGHT, 2)))
                .line("map, sorted", e -> e.sortedMap.putAll(Map.of(LocalDate.EPOCH, BigDecimal.ONE)))
                .line(
                        "map, sorted by a comparator",
                        e -> e.backwardsMap.putAll(Map.of("a", new UUID(1, 1), "b", new UUID(2, 2))))
                .line(
                        "map, by embeddable, of embeddables",
                        e -> e.byCell.putAll(
                                Map.of(new Cell("a", 1), new Point(3, null), new Cell("b", 2), new Point(6, 7))))
                .stream();
    }
}
