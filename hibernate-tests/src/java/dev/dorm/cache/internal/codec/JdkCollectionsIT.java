package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's collections as values of one column, with the class that the database gives them. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class JdkCollectionsIT extends CodecLines {

    @Entity(name = "Collected")
    static class Collected {
        @Id
        @GeneratedValue
        Long id;

        @Column(length = 4000)
        Serializable any;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        ArrayList<Object> list;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        LinkedList<String> linked;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        Vector<String> vector;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        CopyOnWriteArrayList<String> copied;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        Hashtable<String, Object> table;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        Properties properties;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        EnumMap<DayOfWeek, String> days;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        @Column(length = 4000)
        HashMap<String, Object> map;

        Set<String> texts;
        Set<LocalDate> dates;
        Set<DayOfWeek> enums;
        Collection<String> bag;
        SortedSet<String> sorted;
        LinkedHashSet<String> inOrder;

        @JdbcTypeCode(SqlTypes.JSON)
        Set<String> textsInJson;

        @JdbcTypeCode(SqlTypes.JSON)
        Set<Integer> json;

        /** Behind the one before: Hibernate has one Java type for all attributes of a generic class, that of the first. */
        Set<Integer> numbers;

        @JdbcTypeCode(SqlTypes.JSON)
        List<String> jsonList;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Collected.class};
    }

    @Override
    Stream<Line> lines() {
        return Stream.of(inAnything(), declared(), inArrays()).flatMap(lines -> lines);
    }

    private static Stream<Line> inAnything() {
        Map<String, Serializable> values = new LinkedHashMap<>();
        for (Serializable value : new Serializable[] {
            new ArrayList<>(List.of("a", 1, 2L)),
            new LinkedList<>(List.of("a")),
            new Vector<>(List.of("a", "b")),
            stack(),
            new ArrayDeque<>(List.of("a")),
            new CopyOnWriteArrayList<>(List.of("a")),
            new HashSet<>(List.of(1, 2, 1000, 17)),
            new LinkedHashSet<>(List.of("b", "a")),
            new TreeSet<>(List.of("b", "a")),
            new PriorityQueue<>(List.of("c", "b", "a")),
            new HashMap<>(Map.of("a", 1, "b", List.of())),
            new LinkedHashMap<>(Map.of("a", new Properties())),
            new TreeMap<>(Map.of("a", new ArrayDeque<>())),
            new Hashtable<>(Map.of("a", "b", "c", "d")),
            new ConcurrentHashMap<>(Map.of("a", "b")),
            properties(),
            new EnumMap<>(Map.of(DayOfWeek.MONDAY, "a")),
            new EnumMap<>(DayOfWeek.class),
            EnumSet.of(TimeUnit.DAYS),
            EnumSet.noneOf(TimeUnit.class),
            BitSet.valueOf(new long[] {5, 9}),
            (Serializable) List.of(),
            (Serializable) List.of("a", "b"),
            (Serializable) List.of("a", "b", "c"),
            (Serializable) Set.of("a", "b", "c"),
            (Serializable) Map.of("a", "b"),
            (Serializable) Map.of("a", "b", "c", "d"),
            (Serializable) Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
            (Serializable) Collections.unmodifiableSet(new LinkedHashSet<>(List.of("a"))),
            (Serializable) Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 1))),
            (Serializable) Collections.synchronizedMap(new HashMap<>(Map.of("a", 1))),
            (Serializable) Collections.synchronizedList(new LinkedList<>(List.of("a"))),
            (Serializable) Collections.emptyList(),
            (Serializable) Collections.singletonMap("a", null),
            (Serializable) Collections.nCopies(3, "a"),
            (Serializable) Arrays.asList("a", null),
            new Object[] {"a", 1, List.of(2), new Object[0]},
            YearMonth.of(10_000, 1),
            YearMonth.of(-999_999_999, 1),
            new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
            new BigDecimal(BigInteger.TEN.pow(9_500), 7)
                    .setScale(0, java.math.RoundingMode.DOWN)
                    .ulp(),
        }) {
            values.put("any, " + values.size() + " " + value.getClass().getName(), value);
        }
        Line.Lines<Collected> lines = Line.of(Collected::new);
        values.forEach((name, value) -> lines.line(name, e -> e.any = value));
        values.forEach((name, value) ->
                lines.line("in a list: " + name, e -> e.list = new ArrayList<>(Arrays.asList(value, null))));
        return lines.stream();
    }

    private static Stream<Line> declared() {
        return Line.of(Collected::new)
                .line("linked list", e -> e.linked = new LinkedList<>(List.of("a", "b")))
                .line("vector", e -> e.vector = new Vector<>(List.of("a", "b")))
                .line("vector, empty", e -> e.vector = new Vector<>())
                .line("copy on write", e -> e.copied = new CopyOnWriteArrayList<>(List.of("a")))
                .line("table", e -> e.table = new Hashtable<>(Map.of("a", 1, "b", List.of(2))))
                .line("properties", e -> e.properties = properties())
                .line("enum map", e -> e.days = new EnumMap<>(Map.of(DayOfWeek.FRIDAY, "a")))
                .line("enum map, empty", e -> e.days = new EnumMap<>(DayOfWeek.class))
                .line("map", e -> e.map = new HashMap<>(Map.of("a", new LinkedList<>(List.of(1)))))
                .stream();
    }

    private static Stream<Line> inArrays() {
        return Line.of(Collected::new)
                .line("set", e -> e.texts = new LinkedHashSet<>(List.of("z", "y", "x", "w", "a")))
                .line("set, empty", e -> e.texts = new HashSet<>())
                .line("set of dates", e -> e.dates = Set.of(LocalDate.EPOCH, LocalDate.of(2024, 2, 29)))
                .line("set of enums", e -> e.enums = EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY))
                .line("bag", e -> e.bag = new ArrayList<>(List.of("a", "a")))
                .line("sorted set", e -> e.sorted = new TreeSet<>(List.of("b", "a")))
                .line("set in order", e -> e.inOrder = new LinkedHashSet<>(List.of("b", "a")))
                .line("set in json", e -> e.textsInJson = new LinkedHashSet<>(List.of("z", "y", "x", "w", "a")))
                .line("set in json alone", e -> e.json = new LinkedHashSet<>(List.of(1000, 17, 2, 1)))
                .line("set that became json", e -> e.numbers = new LinkedHashSet<>(List.of(1000, 17, 2, 1)))
                .line("list in json", e -> e.jsonList = new ArrayList<>(List.of("b", "a")))
                .stream();
    }

    private static Stack<String> stack() {
        Stack<String> stack = new Stack<>();
        stack.push("a");
        return stack;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        for (String name : new String[] {"one", "two", "three", "four"}) {
            properties.setProperty(name, name + " value");
        }
        return properties;
    }
}
