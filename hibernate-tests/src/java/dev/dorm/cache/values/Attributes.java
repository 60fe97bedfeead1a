package dev.dorm.cache.values;

import dev.dorm.cache.values.Attribute.Making;
import dev.dorm.cache.values.Attribute.Reference;
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
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Attributes of every kind that a mapping allows, each of a seed of its own. */
final class Attributes {

    private static final String SAMPLES = "dev.dorm.cache.values.Samples.";
    private static final List<BiFunction<Attributes, String, Attribute>> KINDS = List.of(
            Attributes::basic,
            Attributes::basic,
            Attributes::basic,
            Attributes::mappedOtherwise,
            Attributes::mappedOtherwise,
            Attributes::primitive,
            Attributes::array,
            Attributes::plural,
            Attributes::json,
            Attributes::json,
            Attributes::serializable,
            Attributes::serializable,
            Attributes::serializableDeclared,
            Attributes::converted,
            Attributes::converted,
            Attributes::convertedImmutably,
            Attributes::userType,
            Attributes::parameterized,
            Attributes::parameterized,
            Attributes::compositeUserType,
            Attributes::embeddable,
            Attributes::embeddableRecord,
            Attributes::genericEmbeddable,
            Attributes::inheritingEmbeddable,
            Attributes::any,
            Attributes::toOne,
            Attributes::elements,
            Attributes::elements,
            Attributes::embeddedElements,
            Attributes::map,
            Attributes::map);

    private final Random random;
    private final RandomValues values;
    private final AnyValues anything;

    private Attributes(long seed) {
        this.random = new Random(seed);
        this.values = new RandomValues(random);
        this.anything = new AnyValues(values);
    }

    static Attribute of(long seed, String name) {
        Attributes attributes = new Attributes(seed);
        return KINDS.get(attributes.random.nextInt(KINDS.size())).apply(attributes, name);
    }

    private static String column(Class<?> type, String name) {
        String more = type == byte[].class || type == String.class
                ? ", length = 1000"
                : type == java.math.BigDecimal.class
                        ? ", precision = 38, scale = 9"
                        : type == java.math.BigInteger.class ? ", precision = 38" : "";
        return "@Column(name = \"" + name + "\"" + more + ") ";
    }

    private static String name(Class<?> type) {
        return type.isArray() ? name(type.getComponentType()) + "[]" : type.getCanonicalName();
    }

    private Attribute basic(String name) {
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

    private Attribute mappedOtherwise(String name) {
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

    private Attribute primitive(String name) {
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

    private static final List<Class<?>> ELEMENTS = List.of(
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

    private Attribute array(String name) {
        Class<?> type = values.one(true, false)
                ? values.one(List.<Class<?>>of(int.class, long.class, short.class, double.class, boolean.class))
                : values.one(ELEMENTS);
        return new Attribute(
                "array of " + type.getSimpleName(),
                name,
                "@Column(name = \"" + name + "\") public " + name(type) + "[] " + name,
                () -> values.arrayOf(type));
    }

    private Attribute plural(String name) {
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

    private Attribute json(String name) {
        String type = values.one(
                "java.util.Map<String, Object>",
                "java.util.List<String>",
                "java.util.Set<String>",
                "java.util.List<" + SAMPLES + "Point>",
                "java.util.Map<String, " + SAMPLES + "Point>",
                SAMPLES + "Point");
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

    private Attribute serializable(String name) {
        return new Attribute(
                "serializable",
                name,
                "@Column(name = \"" + name + "\", length = 100000) public java.io.Serializable " + name,
                () -> anything.any(AnyValues.DEPTH));
    }

    private Attribute serializableDeclared(String name) {
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

    private static String arguments(Class<?> type) {
        return type == EnumMap.class
                ? "<" + SAMPLES + "Color, Object>"
                : type.getTypeParameters().length == 1 ? "<Object>" : "<Object, Object>";
    }

    private Object filled(Class<?> type) {
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
    private void add(Object made, Class<?> type, int index) {
        Object value = anything.any(AnyValues.DEPTH - 1);
        if (made instanceof Collection<?> collection) {
            ((Collection<Object>) collection).add(value);
        } else {
            Object key = type == EnumMap.class ? Samples.Color.values()[index % 2] : "key" + index;
            ((Map<Object, Object>) made).put(key, type == Properties.class ? "text" : value);
        }
    }

    private Attribute converted(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> converted(name, "Amounts", "Amount", () -> amount("EUR"), "");
            case 1 -> converted(name, "Labels", "Label", () -> new Label(values.of(String.class)), "");
            case 2 -> converted(name, "Points", "Point", () -> new Point(random.nextInt(), "p"), "");
            default ->
                converted(name, "Lines", "java.util.List<String>", () -> new ArrayList<>(List.of("a", "", "c")), "");
        };
    }

    private Attribute convertedImmutably(String name) {
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

    private Amount amount(String currency) {
        return new Amount(random.nextInt(1_000_000), currency);
    }

    private static Attribute converted(
            String name, String converter, String type, Supplier<Object> value, String annotation) {
        return new Attribute(
                "converted by " + converter + " " + annotation,
                name,
                annotation + "@Convert(converter = dev.dorm.cache.values.SampleConverters." + converter
                        + ".class) @Column(name = \"" + name + "\", length = 1000) public "
                        + (type.indexOf('.') < 0 ? SAMPLES : "") + type + " " + name,
                value);
    }

    private Attribute userType(String name) {
        return new Attribute(
                "user type",
                name,
                "@Type(dev.dorm.cache.values.SampleTypes.Labels.class) @Column(name = \"" + name
                        + "\", length = 1000) public " + SAMPLES + "Label " + name,
                () -> new Label(values.of(String.class)));
    }

    private Attribute parameterized(String name) {
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

    private Attribute compositeUserType(String name) {
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

    /** An attribute that stands in a class of its own. */
    private Attribute inner(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> mappedOtherwise(name);
            case 1 -> parameterized(name);
            case 2 -> converted(name);
            case 3 -> array(name);
            case 4 -> serializable(name);
            default -> basic(name);
        };
    }

    private Attribute embeddable(String name) {
        Attribute one = inner(name + "_one");
        Attribute other = random.nextInt(3) == 0 ? embeddable(name + "_in") : inner(name + "_two");
        String type = "Em" + name;
        return new Attribute(
                "embeddable of " + one.kind() + " and " + other.kind(),
                name,
                "@Embedded public " + type + " " + name,
                other.classes() + "@Embeddable public static class " + type + " { " + one.source() + "; "
                        + other.source() + "; }\n",
                () -> making(type, one, other));
    }

    private static Making making(String type, Attribute... attributes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            fields.put(attribute.name(), attribute.value().get());
        }
        return new Making(type, fields);
    }

    private Attribute embeddableRecord(String name) {
        Attribute one = basic(name + "_one");
        Attribute other = converted(name + "_two");
        String type = "Re" + name;
        return new Attribute(
                "record of " + one.kind(),
                name,
                "@Embedded public " + type + " " + name,
                "@Embeddable public record " + type + "(" + component(one) + ", " + component(other) + ") {}\n",
                () -> making(type, one, other));
    }

    private static String component(Attribute attribute) {
        return attribute.source().replace("public ", "");
    }

    private Attribute genericEmbeddable(String name) {
        Class<?> type = values.one(ELEMENTS);
        String made = "Ge" + name;
        return new Attribute(
                "generic embeddable of " + type.getSimpleName(),
                name,
                "@Embedded public " + made + " " + name,
                "@MappedSuperclass public static abstract class Base" + name + "<T> { @Column(name = \"" + name
                        + "_g\", length = 1000) public T generic; }\n@Embeddable public static class " + made
                        + " extends Base" + name + "<" + name(type) + "> { @Column(name = \"" + name
                        + "_n\") public Integer number; }\n",
                () -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("generic", values.of(type));
                    fields.put("number", random.nextInt());
                    return new Making(made, fields);
                });
    }

    private Attribute inheritingEmbeddable(String name) {
        Attribute one = inner(name + "_one");
        Attribute other = inner(name + "_two");
        String base = "In" + name;
        return new Attribute(
                "embeddable with subclasses",
                name,
                "@Embedded public " + base + " " + name,
                "@Embeddable @DiscriminatorColumn(name = \"" + name
                        + "_type\") @DiscriminatorValue(\"b\") public static"
                        + " class " + base + " { " + one.source() + "; }\n@Embeddable @DiscriminatorValue(\"s\") public"
                        + " static class Sub" + base + " extends " + base + " { " + other.source() + "; }\n",
                () -> random.nextBoolean() ? making(base, one) : making("Sub" + base, one, other));
    }

    private Attribute any(String name) {
        return new Attribute(
                "any",
                name,
                "@Any @AnyDiscriminator(DiscriminatorType.STRING) @AnyDiscriminatorValue(discriminator = \"t\", entity = "
                        + SAMPLES + "Target.class) @AnyKeyJavaClass(Long.class) @Column(name = \"" + name
                        + "_type\") @JoinColumn(name = \"" + name + "_id\") public Object " + name,
                () -> Reference.TARGET);
    }

    private Attribute toOne(String name) {
        return new Attribute(
                "to-one",
                name,
                "@ManyToOne(fetch = FetchType." + values.one("LAZY", "EAGER") + ") @JoinColumn(name = \"" + name
                        + "\") public " + SAMPLES + "Target " + name,
                () -> Reference.TARGET);
    }

    private Attribute elements(String name) {
        Class<?> type = values.one(ELEMENTS);
        String table = "@ElementCollection @CollectionTable(name = \"C" + name + "\") @Column(name = \"el\") ";
        return switch (random.nextInt(4)) {
            case 0 ->
                new Attribute(
                        "ordered elements, " + type.getSimpleName(),
                        name,
                        table + "@OrderColumn(name = \"at\") public java.util.List<" + name(type) + "> " + name
                                + " = new java.util.ArrayList<>()",
                        () -> values.listOf(type));
            case 1 ->
                new Attribute(
                        "bag of elements, " + type.getSimpleName(),
                        name,
                        table + "public java.util.Collection<" + name(type) + "> " + name
                                + " = new java.util.ArrayList<>()",
                        () -> values.listOf(type));
            case 2 ->
                new Attribute(
                        "sorted elements",
                        name,
                        table + "@SortNatural public java.util.SortedSet<String> " + name
                                + " = new java.util.TreeSet<>()",
                        () -> new java.util.TreeSet<>(List.of("b", "a")));
            default ->
                new Attribute(
                        "set of elements, " + type.getSimpleName(),
                        name,
                        table + "public java.util.Set<" + name(type) + "> " + name + " = new java.util.HashSet<>()",
                        () -> withoutNulls(values.listOf(type)));
        };
    }

    private static Set<Object> withoutNulls(List<?> list) {
        Set<Object> set = new HashSet<>(list);
        set.remove(null);
        return set;
    }

    private Attribute embeddedElements(String name) {
        Attribute one = inner(name + "_one");
        String type = "El" + name;
        return new Attribute(
                "elements that are embeddables of " + one.kind(),
                name,
                "@ElementCollection @CollectionTable(name = \"C" + name + "\") public java.util.List<" + type + "> "
                        + name + " = new java.util.ArrayList<>()",
                "@Embeddable public static class " + type + " { " + one.source() + "; @Column(name = \"" + name
                        + "_n\", nullable = false) public int number; }\n",
                () -> {
                    List<Object> list = new ArrayList<>();
                    for (int i = random.nextInt(3); i > 0; i--) {
                        Making making = making(type, one);
                        making.fields().put("number", i);
                        list.add(making);
                    }
                    return list;
                });
    }

    private Attribute map(String name) {
        Class<?> key = values.one(ELEMENTS);
        Class<?> type = values.one(ELEMENTS);
        return new Attribute(
                "map by " + key.getSimpleName() + " of " + type.getSimpleName(),
                name,
                "@ElementCollection @CollectionTable(name = \"C" + name
                        + "\") @MapKeyColumn(name = \"ke\") @Column(name ="
                        + " \"el\") public java.util.Map<" + name(key) + ", " + name(type) + "> " + name
                        + " = new java.util.HashMap<>()",
                () -> {
                    Map<Object, Object> map = new HashMap<>();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        map.put(values.of(key), values.of(type));
                    }
                    return map;
                });
    }
}
