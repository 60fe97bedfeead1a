package dev.dorm.cache.values;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Values of anything that can be serialized, nested: what stands in an attribute of which only that is known. */
final class AnyValues {

    /** How deep values are nested. */
    static final int DEPTH = 4;

    private final RandomValues values;

    AnyValues(RandomValues values) {
        this.values = values;
    }

    Serializable any(int depth) {
        int choice = values.random().nextInt(depth <= 0 ? 3 : 12);
        Object value =
                switch (choice) {
                    case 0, 1 -> leaf();
                    case 2 -> extreme();
                    case 3 -> new Samples.Point(values.random().nextInt(), String.valueOf(leaf()));
                    case 4 -> array(depth);
                    case 5, 6 -> collection(depth);
                    case 7 -> twice(depth);
                    case 8 -> values.one(true, false) ? bean() : oddBean();
                    default -> map(depth);
                };
        return value instanceof Serializable serializable ? serializable : "not serializable";
    }

    private Object leaf() {
        return values.of(values.one(values.types()));
    }

    /** Numbers at the ends of what their class can hold, and beyond what others can. */
    Number extremeNumber() {
        return values.<Supplier<Number>>one(
                        () -> new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
                        () -> new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
                        () -> new BigDecimal("9".repeat(9_050)),
                        () -> new BigDecimal("-1E+1000000000"),
                        () -> BigInteger.TEN.pow(12_000),
                        () -> BigInteger.TWO.pow(values.one(53, 63, 64, 4_000)).add(BigInteger.ONE),
                        () -> (1L << 53) + 1,
                        () -> Long.MIN_VALUE,
                        () -> Double.NaN,
                        () -> -0.0,
                        () -> Double.MIN_VALUE,
                        () -> Float.NEGATIVE_INFINITY,
                        () -> Float.MIN_NORMAL)
                .get();
    }

    private Object extremeTime() {
        return values.one(
                Instant.MIN,
                Instant.MAX,
                LocalDate.MIN,
                LocalDate.MAX,
                LocalDateTime.MAX,
                OffsetDateTime.MIN,
                Year.of(Year.MAX_VALUE),
                YearMonth.of(10_000, 1),
                YearMonth.of(Year.MAX_VALUE, 12),
                YearMonth.of(Year.MIN_VALUE, 1),
                Duration.ofSeconds(Long.MIN_VALUE),
                Period.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    }

    Serializable extreme() {
        return values.<Supplier<Serializable>>one(
                        this::extremeNumber,
                        this::extremeNumber,
                        () -> (Serializable) extremeTime(),
                        () -> "\uD800",
                        () -> new Object[] {"a", 1},
                        () -> new AtomicLong(7),
                        () -> new Samples.Opaque("o"),
                        () -> new StringBuilder("b"))
                .get();
    }

    /** What Jackson gives back as it is. */
    Serializable bean() {
        return new Samples.Note(
                values.of(String.class), values.of(Long.class), new ArrayList<>(List.of(values.of(String.class))));
    }

    /** Jackson does not know of which class the parts are. */
    Serializable oddBean() {
        Samples.Tagged tagged = new Samples.Tagged();
        tagged.any = values.one(null, "text", 1, 1L, 1.5, 1.5f, Samples.Color.RED, new ArrayList<>(List.of(1)), bean());
        tagged.shape = values.one(null, new Samples.Shape(), new Samples.Square());
        return values.one(tagged, tagged, new Samples.Square(), new Samples.Shape());
    }

    /** One object at two places. */
    private Object twice(int depth) {
        Object shared = values.<Supplier<Object>>one(
                        () -> new ArrayList<>(several(depth - 1)),
                        () -> new HashMap<>(Map.of("k", "v")),
                        () -> values.of(Date.class),
                        () -> new int[] {1, 2},
                        () -> Collections.unmodifiableList(new ArrayList<>(List.of(1))))
                .get();
        return values.<Supplier<Object>>one(
                        () -> new ArrayList<>(List.of(shared, "between", shared)),
                        () -> new HashMap<>(Map.of("a", shared, "b", shared)),
                        () -> new Object[] {shared, shared},
                        () -> new LinkedList<>(List.of(shared, new ArrayList<>(List.of(shared)))))
                .get();
    }

    private Object array(int depth) {
        return switch (values.random().nextInt(4)) {
            case 0 -> values.arrayOf(values.one(int.class, double.class, boolean.class, char.class));
            case 1 -> values.arrayOf(values.one(values.types()));
            case 2 -> new Object[] {any(depth - 1), any(depth - 1)};
            default -> new String[][] {{"a", null}, {}};
        };
    }

    private List<Object> several(int depth) {
        List<Object> several = new ArrayList<>();
        for (int i = values.one(0, 1, 2, 3, 12); i > 0; i--) {
            several.add(i > 3 ? (Object) ("e" + i) : any(depth - 1));
        }
        return several;
    }

    private Collection<?> collection(int depth) {
        List<Object> all = several(depth);
        List<String> texts = all.stream().map(String::valueOf).toList();
        EnumSet<Samples.Color> colors = EnumSet.noneOf(Samples.Color.class);
        if (all.size() > 1) {
            colors.add(Samples.Color.GREEN);
        }
        return values.<Supplier<Collection<?>>>one(
                        () -> new ArrayList<>(all),
                        () -> new LinkedList<>(all),
                        () -> new Vector<>(all),
                        () -> new CopyOnWriteArrayList<>(all),
                        () -> new CopyOnWriteArraySet<>(texts),
                        () -> new ArrayDeque<>(all),
                        () -> {
                            Stack<Object> stack = new Stack<>();
                            stack.addAll(all);
                            return stack;
                        },
                        () -> Arrays.asList(all.toArray()),
                        () -> List.of(all.toArray()),
                        () -> Collections.unmodifiableList(all),
                        () -> Collections.synchronizedList(all),
                        () -> Collections.singletonList(all),
                        () -> Collections.nCopies(3, "n"),
                        () -> Collections.emptySet(),
                        () -> all.subList(0, 0),
                        () -> new HashSet<>(texts),
                        () -> new LinkedHashSet<>(all),
                        () -> Set.copyOf(texts),
                        () -> Collections.unmodifiableSet(new HashSet<>(texts)),
                        () -> new TreeSet<>(texts),
                        () -> sorted(Comparator.reverseOrder(), texts),
                        () -> colors,
                        () -> EnumSet.allOf(Samples.Color.class),
                        () -> new PriorityQueue<>(texts),
                        () -> new Samples.OwnList(all))
                .get();
    }

    private static Collection<?> sorted(Comparator<String> order, List<String> texts) {
        TreeSet<String> set = new TreeSet<>(order);
        set.addAll(texts);
        return set;
    }

    private Map<?, ?> map(int depth) {
        Map<Object, Object> all = new LinkedHashMap<>();
        Map<String, Object> named = new LinkedHashMap<>();
        for (Object value : several(depth)) {
            all.put(values.one(true, false) ? leaf() : "k" + all.size(), value);
            named.put("n" + named.size(), value);
        }
        return values.<Supplier<Map<?, ?>>>one(
                        () -> new HashMap<>(named),
                        () -> new LinkedHashMap<>(all),
                        () -> accessOrdered(named),
                        () -> new TreeMap<>(named),
                        () -> reversed(named),
                        () -> new Hashtable<>(named),
                        () -> new ConcurrentHashMap<>(named),
                        () -> new ConcurrentSkipListMap<>(named),
                        () -> Map.copyOf(named),
                        () -> Collections.unmodifiableMap(named),
                        () -> Collections.synchronizedMap(new HashMap<>(named)),
                        () -> Collections.singletonMap(
                                "k", Optional.ofNullable(named.get("n0")).orElse("v")),
                        this::properties,
                        this::constants,
                        this::identical)
                .get();
    }

    private static Map<?, ?> accessOrdered(Map<String, Object> all) {
        Map<String, Object> map = new LinkedHashMap<>(16, 0.75f, true);
        map.putAll(all);
        return map;
    }

    private static Map<?, ?> reversed(Map<String, Object> all) {
        Map<String, Object> map = new TreeMap<>(Collections.reverseOrder());
        map.putAll(all);
        return map;
    }

    private Properties properties() {
        Properties properties = values.random().nextBoolean() ? new Properties(defaults()) : new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    private static Properties defaults() {
        Properties defaults = new Properties();
        defaults.setProperty("d", "e");
        return defaults;
    }

    private Map<?, ?> constants() {
        EnumMap<Samples.Color, Object> map = new EnumMap<>(Samples.Color.class);
        if (values.random().nextBoolean()) {
            map.put(Samples.Color.RED, leaf());
        }
        return map;
    }

    private Map<?, ?> identical() {
        Map<Object, Object> map = new IdentityHashMap<>();
        map.put(new String("k"), 1);
        map.put(new String("k"), 2);
        return map;
    }
}
