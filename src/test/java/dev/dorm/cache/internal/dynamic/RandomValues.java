package dev.dorm.cache.internal.dynamic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Month;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;

/** Random values of the JDK, of records and of enums, in each other. */
final class RandomValues extends RandomLeaves {

    /** Bound by Jackson, and what it holds is no more than Jackson tells. */
    record Point(int x, String name) implements java.io.Serializable {}

    /** Of Object Jackson knows nothing: some of what it holds would come back as something else. */
    record Holder(Object held) implements java.io.Serializable {}

    enum Signal {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "go";
            }
        }
    }

    RandomValues(Random random) {
        super(random);
    }

    /** A value that must be cached. */
    Object exact(int depth) {
        return depth <= 0 || random.nextInt(4) == 0 ? leaf() : container(depth - 1, false);
    }

    /** A value that may hold what cannot be cached. */
    Object any(int depth) {
        return random.nextInt(12) == 0
                ? pick(() -> odd(depth))
                : depth <= 0 || random.nextInt(4) == 0 ? leaf() : container(depth - 1, true);
    }

    private Object part(int depth, boolean odd) {
        return random.nextInt(15) == 0 ? null : value(depth, odd);
    }

    private Object value(int depth, boolean odd) {
        return odd ? any(depth) : exact(depth);
    }

    private Object container(int depth, boolean odd) {
        return pick(
                () -> fill(new ArrayList<>(), depth, odd),
                () -> fill(new LinkedList<>(), depth, odd),
                () -> fill(new Vector<>(1 + random.nextInt(20)), depth, odd),
                () -> fill(new Stack<>(), depth, odd),
                () -> fill(new CopyOnWriteArrayList<>(), depth, odd),
                () -> Arrays.asList(fill(new ArrayList<>(), depth, odd).toArray()),
                () -> Arrays.asList(text(), null),
                () -> fill(new ArrayList<>(), depth, odd).toArray(),
                () -> filled(new ArrayDeque<>(), depth, odd),
                () -> filled(new ConcurrentLinkedQueue<>(), depth, odd),
                () -> filled(new ConcurrentLinkedDeque<>(), depth, odd),
                () -> hashed(new HashSet<>(), depth, odd),
                () -> hashed(new HashSet<>(random.nextInt(100)), depth, odd),
                () -> hashed(new LinkedHashSet<>(), depth, odd),
                () -> hashed(new CopyOnWriteArraySet<>(), depth, odd),
                () -> sorted(new TreeSet<>(order())),
                () -> sorted(new ConcurrentSkipListSet<>(order())),
                () -> sorted(new PriorityQueue<>(order())),
                () -> pairs(new HashMap<>(), depth, odd),
                () -> pairs(new HashMap<>(random.nextInt(100)), depth, odd),
                () -> pairs(new LinkedHashMap<>(), depth, odd),
                () -> present(new Hashtable<>(), depth, odd),
                () -> present(new ConcurrentHashMap<>(), depth, odd),
                () -> sortedPairs(new TreeMap<>(order()), depth, odd),
                () -> sortedPairs(new ConcurrentSkipListMap<>(order()), depth, odd),
                () -> properties(),
                () -> enumMap(depth, odd),
                () -> EnumSet.noneOf(TimeUnit.class),
                () -> EnumSet.range(Month.MARCH, Month.values()[2 + random.nextInt(10)]),
                () -> EnumSet.of(Character.UnicodeScript.LATIN, Character.UnicodeScript.values()[random.nextInt(99)]),
                () -> List.of(),
                () -> List.of(value(depth, odd)),
                () -> List.of(value(depth, odd), value(depth, odd), value(depth, odd)),
                () -> List.copyOf(filled(new ArrayDeque<>(), depth, odd)),
                () -> fill(new ArrayList<>(), depth, odd).stream().toList(),
                () -> Set.copyOf(hashed(new HashSet<>(), 0, odd)),
                () -> Map.copyOf(present(new HashMap<>(), depth, odd)),
                () -> Collections.emptyList(),
                () -> Collections.emptySet(),
                () -> Collections.emptyMap(),
                () -> Collections.emptySortedSet(),
                () -> Collections.emptySortedMap(),
                () -> Collections.singletonList(part(depth, odd)),
                () -> Collections.singleton(part(depth, odd)),
                () -> Collections.singletonMap(text(), part(depth, odd)),
                () -> Collections.nCopies(1 + random.nextInt(4), part(depth, odd)),
                () -> Collections.nCopies(0, leaf()),
                () -> Collections.unmodifiableList(fill(new ArrayList<>(), depth, odd)),
                () -> Collections.unmodifiableList(fill(new LinkedList<>(), depth, odd)),
                () -> Collections.unmodifiableCollection(fill(new ArrayList<>(), depth, odd)),
                () -> Collections.unmodifiableSet(hashed(new HashSet<>(), depth, odd)),
                () -> Collections.unmodifiableSortedSet(sorted(new TreeSet<>())),
                () -> Collections.unmodifiableNavigableSet(sorted(new TreeSet<>())),
                () -> Collections.unmodifiableMap(pairs(new HashMap<>(), depth, odd)),
                () -> Collections.unmodifiableSortedMap(sortedPairs(new TreeMap<>(), depth, odd)),
                () -> Collections.unmodifiableNavigableMap(sortedPairs(new TreeMap<>(), depth, odd)),
                () -> Collections.synchronizedList(fill(new ArrayList<>(), depth, odd)),
                () -> Collections.synchronizedList(fill(new LinkedList<>(), depth, odd)),
                () -> Collections.synchronizedCollection(filled(new ArrayDeque<>(), depth, odd)),
                () -> Collections.synchronizedSet(hashed(new LinkedHashSet<>(), depth, odd)),
                () -> Collections.synchronizedSortedSet(sorted(new TreeSet<>())),
                () -> Collections.synchronizedNavigableSet(sorted(new TreeSet<>())),
                () -> Collections.synchronizedMap(pairs(new LinkedHashMap<>(), depth, odd)),
                () -> Collections.synchronizedSortedMap(sortedPairs(new TreeMap<>(), depth, odd)),
                () -> Collections.synchronizedNavigableMap(sortedPairs(new TreeMap<>(), depth, odd)),
                () -> Collections.unmodifiableCollection(Collections.unmodifiableList(fill(list(), depth, odd))),
                () -> Collections.unmodifiableCollection(Collections.synchronizedList(fill(list(), depth, odd))),
                () -> Collections.synchronizedCollection(Collections.unmodifiableList(fill(list(), depth, odd))),
                () -> Collections.nCopies(0, Collections.unmodifiableList(fill(list(), depth, odd))),
                () -> Collections.nCopies(0, Collections.synchronizedList(fill(list(), depth, odd))),
                () -> new AbstractMap.SimpleEntry<>(text(), part(depth, odd)),
                () -> new AbstractMap.SimpleImmutableEntry<>(text(), part(depth, odd)));
    }

    private List<Object> list() {
        return random.nextBoolean() ? new ArrayList<>() : new LinkedList<>();
    }

    /** What cannot be given back, or only by chance. */
    private Object odd(int depth) {
        return pick(
                () -> Collections.synchronizedCollection(List.of(value(depth - 1, true))),
                () -> Collections.unmodifiableSet(Set.copyOf(hashed(new HashSet<>(), 0, true))),
                () -> Collections.nCopies(0, List.of(value(depth - 1, true))),
                () -> pairs(new IdentityHashMap<>(), 0, false),
                () -> pairs(new HashMap<>(16, 0.5f), 0, false),
                () -> pairs(new LinkedHashMap<>(16, 0.75f, true), 0, false),
                () -> hashed(new HashSet<>(16, 2f), 0, false),
                () -> present(new Hashtable<>(37, 1f), 0, false),
                () -> new Properties(new Properties()),
                () -> new Vector<>(3, 7),
                () -> new Vector<>(3, -7),
                () -> new Vector<>(5_000),
                () -> Collections.newSetFromMap(new HashMap<>()),
                () -> Collections.checkedList(new ArrayList<>(), String.class),
                () -> new TreeSet<>(Comparator.<Object, Integer>comparing(value -> 1)),
                () -> new TreeMap<>(Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER)),
                () -> new ArrayList<>(List.of("own")) {},
                () -> twice(depth),
                () -> new Number[] {1, 2L},
                () -> new HashSet<>(Set.of(URI.create("https://example.org/").toURL())),
                () -> new Holder(value(Math.max(0, depth - 1), true)),
                () -> new BigInteger(40_000, random),
                () -> new BigDecimal(BigInteger.TEN.pow(9_050 + random.nextInt(2_000)), random.nextInt()),
                () -> new StringBuilder("text"),
                () -> new Point(1, text()),
                () -> java.util.regex.Pattern.compile("."),
                () -> new java.util.SimpleTimeZone(1, "Europe/Berlin"),
                () -> calendar(),
                () -> new java.util.concurrent.atomic.AtomicLong(1),
                () -> new Locale("no-such", "x_y", "a b"));
    }

    private Object calendar() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
        calendar.setLenient(random.nextBoolean());
        calendar.setMinimalDaysInFirstWeek(1 + random.nextInt(3));
        return calendar;
    }

    private Object twice(int depth) {
        Object shared = pick(
                () -> fill(new ArrayList<>(), depth - 1, false),
                () -> Collections.unmodifiableList(fill(new LinkedList<>(), depth - 1, false)),
                () -> new Date(),
                () -> new int[1],
                () -> pairs(new HashMap<>(), depth - 1, false));
        return fill(new ArrayList<>(Arrays.asList(shared, shared)), 0, false);
    }

    private <T extends Collection<Object>> T fill(T empty, int depth, boolean odd) {
        for (int i = random.nextInt(4); i > 0; i--) {
            empty.add(part(depth, odd));
        }
        return empty;
    }

    private <T extends Collection<Object>> T filled(T empty, int depth, boolean odd) {
        for (int i = random.nextInt(4); i > 0; i--) {
            empty.add(value(depth, odd));
        }
        return empty;
    }

    /** Elements whose hash is the same in every JVM, and of which no name server is asked. */
    private <T extends Collection<Object>> T hashed(T empty, int depth, boolean odd) {
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 60 : 6); i > 0; i--) {
            Object element = random.nextInt(3) == 0 ? value(Math.min(depth, 1), odd) : key();
            if (SameValue.hashesByContent(element)) {
                empty.add(element);
            }
        }
        return empty;
    }

    private Object key() {
        return pick(() -> text(), () -> random.nextInt(200), () -> random.nextLong(), () -> number(), () -> date());
    }

    private <T extends Collection<Object>> T sorted(T empty) {
        for (int i = random.nextInt(6); i > 0; i--) {
            empty.add(text());
        }
        return empty;
    }

    private <T extends Map<Object, Object>> T pairs(T empty, int depth, boolean odd) {
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 60 : 6); i > 0; i--) {
            empty.put(key(), part(i > 2 ? 0 : depth, odd));
        }
        return empty;
    }

    private <T extends Map<Object, Object>> T present(T empty, int depth, boolean odd) {
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 60 : 6); i > 0; i--) {
            empty.put(key(), value(i > 2 ? 0 : depth, odd));
        }
        return empty;
    }

    private <T extends Map<Object, Object>> T sortedPairs(T empty, int depth, boolean odd) {
        for (int i = random.nextInt(6); i > 0; i--) {
            empty.put(text(), value(depth, odd));
        }
        return empty;
    }

    private Object enumMap(int depth, boolean odd) {
        EnumMap<Signal, Object> map = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            if (random.nextBoolean()) {
                map.put(signal, part(depth, odd));
            }
        }
        return map;
    }

    private Properties properties() {
        Properties properties = new Properties();
        for (int i = random.nextInt(20); i > 0; i--) {
            properties.setProperty(text(), text());
        }
        return properties;
    }

    @SuppressWarnings("unchecked")
    private Comparator<Object> order() {
        Comparator<?>[] orders = {
            null, Collections.reverseOrder(), Comparator.naturalOrder(), String.CASE_INSENSITIVE_ORDER
        };
        return (Comparator<Object>) orders[random.nextInt(orders.length)];
    }
}
