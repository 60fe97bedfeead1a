package dev.dorm.cache.values;

import dev.dorm.cache.values.Samples.Amount;
import dev.dorm.cache.values.Samples.Label;
import dev.dorm.cache.values.Samples.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Vector;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Attributes of one value: basic, or of a type or converter of the application's own. */
abstract class BasicAttributes {

    static final String SAMPLES = "dev.dorm.cache.values.Samples.";
    final Random random;
    final RandomValues values;
    final AnyValues anything;

    BasicAttributes(long seed) {
        this.random = new Random(seed);
        this.values = new RandomValues(random);
        this.anything = new AnyValues(values);
    }

    static String column(Class<?> type, String name) {
        String more = type == byte[].class || type == String.class
                ? ", length = 1000"
                : type == java.math.BigDecimal.class
                        ? ", precision = 38, scale = 9"
                        : type == java.math.BigInteger.class ? ", precision = 38" : "";
        return "@Column(name = \"" + name + "\"" + more + ") ";
    }

    static String name(Class<?> type) {
        return type.isArray() ? name(type.getComponentType()) + "[]" : type.getCanonicalName();
    }

    Attribute basic(String name) {
        Class<?> type = values.one(values.types());
        String column = type == java.net.InetAddress.class ? "@JdbcTypeCode(SqlTypes.VARBINARY) " : "";
        String temporal = type == java.util.Date.class || type == java.util.Calendar.class
                ? "@Temporal(TemporalType." + values.one("DATE", "TIME", "TIMESTAMP") + ") "
                : "";
        return new Attribute(
                "basic " + type.getSimpleName() + " " + temporal,
                name,
                column + temporal + column(type, name) + "public " + name(type) + " " + name,
                () -> values.of(type));
    }

    private record Otherwise(Class<?> type, String annotation) {}

    Attribute mappedOtherwise(String name) {
        Otherwise chosen = values.one(
                new Otherwise(java.time.Instant.class, "@JdbcTypeCode(SqlTypes.TIMESTAMP)"),
                new Otherwise(java.time.OffsetDateTime.class, "@TimeZoneStorage(TimeZoneStorageType.NORMALIZE)"),
                new Otherwise(java.time.OffsetDateTime.class, "@TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)"),
                new Otherwise(java.time.OffsetDateTime.class, "@TimeZoneStorage(TimeZoneStorageType.COLUMN)"),
                new Otherwise(java.time.ZonedDateTime.class, "@TimeZoneStorage(TimeZoneStorageType.NORMALIZE)"),
                new Otherwise(java.time.ZonedDateTime.class, "@TimeZoneStorage(TimeZoneStorageType.COLUMN)"),
                new Otherwise(java.time.OffsetTime.class, "@TimeZoneStorage(TimeZoneStorageType.NORMALIZE)"),
                new Otherwise(java.util.UUID.class, "@JdbcTypeCode(SqlTypes.CHAR)"),
                new Otherwise(java.util.UUID.class, "@JdbcTypeCode(SqlTypes.BINARY)"),
                new Otherwise(String.class, "@JdbcTypeCode(SqlTypes.CHAR)"),
                new Otherwise(String.class, "@Nationalized"),
                new Otherwise(String.class, "@Lob"),
                new Otherwise(byte[].class, "@Lob"),
                new Otherwise(Samples.Color.class, "@Enumerated(EnumType.STRING)"),
                new Otherwise(Samples.Color.class, "@Enumerated(EnumType.ORDINAL)"),
                new Otherwise(Boolean.class, "@Convert(converter = org.hibernate.type.YesNoConverter.class)"),
                new Otherwise(java.time.Duration.class, "@JdbcTypeCode(SqlTypes.BIGINT)"));
        return new Attribute(
                "basic " + chosen.type().getSimpleName() + " " + chosen.annotation(),
                name,
                chosen.annotation() + " "
                        + (chosen.annotation().endsWith("COLUMN)") ? "" : column(chosen.type(), name))
                        + "public " + name(chosen.type()) + " " + name,
                () -> values.of(chosen.type()));
    }

    Attribute primitive(String name) {
        Class<?> type = values.one(List.<Class<?>>of(
                boolean.class, byte.class, short.class, int.class, long.class, float.class, double.class, char.class));
        Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
        String initial = type == char.class ? " = 'x'" : "";
        return new Attribute(
                "primitive",
                name,
                column(type, name) + "public " + type.getName() + " " + name + initial,
                () -> values.of(boxed));
    }

    static final List<Class<?>> ELEMENTS = List.of(
            Boolean.class,
            Short.class,
            Integer.class,
            Long.class,
            Double.class,
            java.math.BigDecimal.class,
            String.class,
            java.util.UUID.class,
            java.time.LocalDate.class,
            java.time.LocalDateTime.class,
            java.time.Instant.class,
            java.util.Date.class,
            java.sql.Timestamp.class,
            java.util.TimeZone.class,
            java.util.Locale.class,
            java.util.Currency.class,
            java.time.Duration.class,
            Samples.Color.class);

    Attribute array(String name) {
        return array(
                name,
                values.one(true, false)
                        ? values.one(List.<Class<?>>of(int.class, long.class, short.class, double.class, boolean.class))
                        : values.one(ELEMENTS));
    }

    Attribute array(String name, Class<?> type) {
        return new Attribute(
                "array of " + type.getSimpleName(),
                name,
                "@Column(name = \"" + name + "\") public " + name(type) + "[] " + name,
                () -> values.arrayOf(type));
    }

    Attribute plural(String name) {
        Class<?> type = values.one(ELEMENTS);
        boolean set = random.nextBoolean();
        return new Attribute(
                (set ? "set" : "list") + " as basic of " + type.getSimpleName(),
                name,
                "@Column(name = \"" + name + "\") public java.util." + (set ? "Set<" : "List<") + name(type) + "> "
                        + name,
                () -> {
                    List<?> list = values.listOf(type);
                    return set ? new HashSet<>(list) : list;
                });
    }

    static final String JSON_OBJECT = "java.util.Map<String, Object>";
    static final String JSON_POINTS = "java.util.List<" + SAMPLES + "Point>";

    Attribute json(String name) {
        return json(
                name,
                values.one(
                        JSON_OBJECT,
                        "java.util.List<String>",
                        "java.util.Set<String>",
                        JSON_POINTS,
                        "java.util.Map<String, " + SAMPLES + "Point>",
                        SAMPLES + "Point"));
    }

    Attribute json(String name, String type) {
        Supplier<Object> points = () -> new Point(random.nextInt(), values.of(String.class));
        Supplier<Object> value = type.contains("Map<String, Object")
                ? () -> new LinkedHashMap<>(Map.of("a", 1, "b", List.of(1.5, "x"), "c", Map.of("d", true)))
                : type.contains("Map")
                        ? () -> new HashMap<>(Map.of("p", points.get()))
                        : type.contains("List<String")
                                ? () -> values.listOf(String.class)
                                : type.contains("Set")
                                        ? () -> new HashSet<>(values.listOf(String.class))
                                        : type.contains("List")
                                                ? () -> new ArrayList<>(List.of(points.get(), points.get()))
                                                : points;
        return new Attribute(
                "json " + type.replace(SAMPLES, ""),
                name,
                "@JdbcTypeCode(SqlTypes.JSON) @Column(name = \"" + name + "\", length = 4000) public " + type + " "
                        + name,
                value);
    }

    Attribute serializable(String name) {
        return new Attribute(
                "serializable",
                name,
                "@Column(name = \"" + name + "\", length = 100000) public java.io.Serializable " + name,
                () -> anything.any(AnyValues.DEPTH));
    }

    Attribute serializableDeclared(String name) {
        Class<?> type = values.one(List.<Class<?>>of(
                ArrayList.class,
                LinkedList.class,
                Vector.class,
                CopyOnWriteArrayList.class,
                HashMap.class,
                LinkedHashMap.class,
                Hashtable.class,
                Properties.class,
                EnumMap.class,
                HashSet.class,
                LinkedHashSet.class,
                ArrayDeque.class));
        return new Attribute(
                "serializable " + type.getSimpleName(),
                name,
                "@JdbcTypeCode(SqlTypes.VARBINARY) @Column(name = \"" + name + "\", length = 100000) public "
                        + type.getName() + (type == Properties.class ? "" : arguments(type)) + " " + name,
                () -> filled(type));
    }

    static String arguments(Class<?> type) {
        return type == EnumMap.class
                ? "<" + SAMPLES + "Color, Object>"
                : type.getTypeParameters().length == 1 ? "<Object>" : "<Object, Object>";
    }

    Object filled(Class<?> type) {
        try {
            Object made = type == EnumMap.class
                    ? new EnumMap<Samples.Color, Object>(Samples.Color.class)
                    : type.getConstructor().newInstance();
            int size = random.nextInt(4);
            for (int i = 0; i < size; i++) {
                add(made, type, i);
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    void add(Object made, Class<?> type, int index) {
        Object value = anything.any(AnyValues.DEPTH - 1);
        if (made instanceof Collection<?> collection) {
            ((Collection<Object>) collection).add(value);
        } else {
            Object key = type == EnumMap.class ? Samples.Color.values()[index % 2] : "key" + index;
            ((Map<Object, Object>) made).put(key, type == Properties.class ? "text" : value);
        }
    }

    Attribute converted(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> converted(name, "Amounts", "Amount", () -> amount("EUR"), "");
            case 1 -> converted(name, "Labels", "Label", () -> new Label(values.of(String.class)), "");
            case 2 -> converted(name, "Points", "Point", () -> new Point(random.nextInt(), "p"), "");
            default ->
                converted(name, "Lines", "java.util.List<String>", () -> new ArrayList<>(List.of("a", "", "c")), "");
        };
    }

    Attribute convertedImmutably(String name) {
        return switch (random.nextInt(5)) {
            case 0 -> converted(name, "ImmutableAmounts", "Amount", () -> amount("EUR"), "");
            case 1 -> converted(name, "Dollars", "Amount", () -> amount("USD"), "");
            case 2 -> converted(name, "Amounts", "Amount", () -> amount("CHF"), "@Immutable ");
            case 3 ->
                converted(
                        name,
                        "Amounts",
                        "Amount",
                        () -> amount("JPY"),
                        "@Mutability(org.hibernate.type.descriptor.java.Immutability.class) ");
            default -> converted(name, "Points", "Point", () -> new Point(1, "q"), "@Immutable ");
        };
    }

    Amount amount(String currency) {
        return new Amount(random.nextInt(1_000_000), currency);
    }

    static Attribute converted(String name, String converter, String type, Supplier<Object> value, String annotation) {
        return new Attribute(
                "converted by " + converter + " " + annotation,
                name,
                annotation + "@Convert(converter = dev.dorm.cache.values.SampleConverters." + converter
                        + ".class) @Column(name = \"" + name + "\", length = 1000) public "
                        + (type.indexOf('.') < 0 ? SAMPLES : "") + type + " " + name,
                value);
    }

    Attribute userType(String name) {
        return new Attribute(
                "user type",
                name,
                "@Type(dev.dorm.cache.values.SampleTypes.Labels.class) @Column(name = \"" + name
                        + "\", length = 1000) public " + SAMPLES + "Label " + name,
                () -> new Label(values.of(String.class)));
    }

    Attribute parameterized(String name) {
        String currency = values.one("USD", "EUR", "GBP");
        return new Attribute(
                "user type with parameters",
                name,
                "@Type(value = dev.dorm.cache.values.SampleTypes.Cents.class, parameters = @Parameter(name = \"currency\","
                        + " value = \"" + currency + "\")) @Column(name = \"" + name + "\") public " + SAMPLES
                        + "Amount "
                        + name,
                () -> amount(currency));
    }

    Attribute compositeUserType(String name) {
        return new Attribute(
                "composite user type",
                name,
                "@CompositeType(dev.dorm.cache.values.SampleTypes.Amounts.class)"
                        + " @AttributeOverride(name = \"cents\", column = @Column(name = \"" + name + "_c\"))"
                        + " @AttributeOverride(name = \"currency\", column = @Column(name = \"" + name
                        + "_u\")) public "
                        + SAMPLES + "Amount " + name,
                () -> amount("NOK"));
    }
}
