package dev.dorm.cache.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
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
import java.util.UUID;
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
final class RandomValues {

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

    private interface Make {
        Object of() throws Exception;
    }

    private static final Locale[] LOCALES = Locale.getAvailableLocales();
    private static final String[] ZONES = ZoneId.getAvailableZoneIds().toArray(String[]::new);

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
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

    Object leaf() {
        return pick(
                () -> text(),
                () -> (char) random.nextInt(0x10000),
                () -> random.nextBoolean(),
                () -> (byte) random.nextInt(),
                () -> (short) random.nextInt(),
                () -> extreme(),
                () -> random.nextLong() >> random.nextInt(64),
                () -> Float.intBitsToFloat(random.nextInt()),
                () -> Double.longBitsToDouble(random.nextLong()),
                () -> number(),
                () -> new BigInteger(random.nextInt(2000), random).negate(),
                () -> new UUID(random.nextLong(), random.nextLong()),
                () -> date(),
                () -> time(),
                () -> LocalDateTime.of(date(), time()),
                () -> instant(),
                () -> OffsetDateTime.of(LocalDateTime.of(date(), time()), offset()),
                () -> OffsetTime.of(time(), offset()),
                () -> ZonedDateTime.ofInstant(
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), zone()),
                () -> duration(),
                () -> Period.of(extreme(), extreme(), extreme()),
                () -> Year.of(random.nextInt(2 * Year.MAX_VALUE) - Year.MAX_VALUE),
                () -> YearMonth.of(random.nextInt(2 * Year.MAX_VALUE) - Year.MAX_VALUE, 1 + random.nextInt(12)),
                () -> YearMonth.of(random.nextInt(20_000), 1 + random.nextInt(12)),
                () -> MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28)),
                () -> offset(),
                () -> zone(),
                () -> DayOfWeek.of(1 + random.nextInt(7)),
                () -> Signal.values()[random.nextInt(2)],
                () -> new Date(random.nextLong() >> random.nextInt(64)),
                () -> timestamp(),
                () -> java.sql.Date.valueOf(LocalDate.ofEpochDay(random.nextInt(40_000))),
                () -> new java.sql.Date(random.nextLong() >> 16),
                () -> java.sql.Time.valueOf(LocalTime.ofSecondOfDay(random.nextInt(86_400))),
                () -> new java.sql.Time(random.nextLong() >> 20),
                () -> Currency.getAvailableCurrencies().stream()
                        .skip(random.nextInt(100))
                        .findFirst()
                        .orElseThrow(),
                () -> LOCALES[random.nextInt(LOCALES.length)],
                () -> TimeZone.getTimeZone(ZONES[random.nextInt(ZONES.length)]),
                () -> URI.create("https://example.org/" + random.nextInt() + "?q=%20" + random.nextInt(9) + "#f"),
                () -> URI.create("file:/tmp/" + random.nextInt()).toURL(),
                () -> InetAddress.getByAddress(bytes(random.nextBoolean() ? 4 : 16)),
                () -> InetAddress.getByAddress("host" + random.nextInt(9), bytes(random.nextBoolean() ? 4 : 16)),
                () -> java.net.Inet6Address.getByAddress(null, bytes(16), random.nextInt(3)),
                () -> bytes(random.nextInt(9)),
                () -> text().toCharArray(),
                () -> new int[] {random.nextInt(), extreme()},
                () -> new long[random.nextInt(3)],
                () -> new double[] {random.nextDouble(), Double.NaN},
                () -> new String[] {text(), null},
                () -> new LocalDate[] {date(), null, date()},
                () -> new Signal[] {Signal.GREEN, null},
                () -> new BigDecimal[][] {{number()}, {}, null},
                () -> new Point(random.nextInt(), text()),
                () -> bits());
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
                () -> Collections.nCopies(random.nextInt(5), part(depth, odd)),
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
                () -> new AbstractMap.SimpleEntry<>(text(), part(depth, odd)),
                () -> new AbstractMap.SimpleImmutableEntry<>(text(), part(depth, odd)));
    }

    /** What cannot be given back, or only by chance. */
    private Object odd(int depth) {
        return pick(
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
                () -> java.util.regex.Pattern.compile("."),
                () -> new java.util.SimpleTimeZone(1, "Europe/Berlin"),
                () -> new java.util.GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo")),
                () -> new java.util.concurrent.atomic.AtomicLong(1),
                () -> new Locale("no-such", "x_y", "a b"));
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

    private BitSet bits() {
        BitSet bits = random.nextBoolean() ? new BitSet() : new BitSet(random.nextInt(500));
        for (int i = random.nextInt(5); i > 0; i--) {
            bits.set(random.nextInt(300));
        }
        return bits;
    }

    @SuppressWarnings("unchecked")
    private Comparator<Object> order() {
        Comparator<?>[] orders = {
            null, Collections.reverseOrder(), Comparator.naturalOrder(), String.CASE_INSENSITIVE_ORDER
        };
        return (Comparator<Object>) orders[random.nextInt(orders.length)];
    }

    private String text() {
        int length = random.nextInt(6);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(20) == 0 ? (char) random.nextInt(0x10000) : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private int extreme() {
        int[] extremes = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt(), random.nextInt(100)};
        return extremes[random.nextInt(extremes.length)];
    }

    private BigDecimal number() {
        return new BigDecimal(
                new BigInteger(1 + random.nextInt(200), random),
                random.nextInt(4) == 0 ? extreme() : random.nextInt(40) - 20);
    }

    private LocalDate date() {
        return switch (random.nextInt(6)) {
            case 0 -> LocalDate.MIN.plusDays(random.nextInt(9));
            case 1 -> LocalDate.MAX.minusDays(random.nextInt(9));
            case 2 -> LocalDate.of(9_990 + random.nextInt(20), 1, 1);
            case 3 -> LocalDate.of(random.nextInt(10) - 5, 2, 28);
            default -> LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000);
        };
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400_000_000_000L) / (1L << random.nextInt(40)));
    }

    private Instant instant() {
        return switch (random.nextInt(4)) {
            case 0 -> Instant.MIN.plusNanos(random.nextInt());
            case 1 -> Instant.MAX.minusNanos(random.nextInt(Integer.MAX_VALUE));
            default -> Instant.ofEpochSecond(random.nextLong() >> 29, random.nextInt());
        };
    }

    private Timestamp timestamp() {
        Timestamp timestamp = new Timestamp(random.nextLong() >> random.nextInt(64));
        timestamp.setNanos(random.nextInt(1_000_000_000));
        return timestamp;
    }

    private Duration duration() {
        return switch (random.nextInt(5)) {
            case 0 -> Duration.ofSeconds(Long.MIN_VALUE, random.nextInt(1_000_000_000));
            case 1 -> Duration.ofSeconds(Long.MAX_VALUE, random.nextInt(1_000_000_000));
            case 2 -> Duration.ofNanos(random.nextInt());
            default -> Duration.ofSeconds(random.nextLong() >> random.nextInt(64), random.nextInt(1_000_000_000));
        };
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(2 * 64_800) - 64_800);
    }

    private ZoneId zone() {
        String[] some = {"UTC", "GMT", "UT", "GMT+05:30", "UTC-08:00", "Z", "+02:00", "Europe/Berlin", "America/Caracas"
        };
        return ZoneId.of(
                random.nextBoolean() ? some[random.nextInt(some.length)] : ZONES[random.nextInt(ZONES.length)]);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Object pick(Make... makes) {
        while (true) {
            try {
                return makes[random.nextInt(makes.length)].of();
            } catch (IllegalArgumentException | ClassCastException | java.time.DateTimeException e) {
                // No such value; another then.
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
