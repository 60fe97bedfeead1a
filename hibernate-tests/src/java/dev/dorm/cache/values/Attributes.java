package dev.dorm.cache.values;

import dev.dorm.cache.values.Attribute.Making;
import dev.dorm.cache.values.Attribute.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Attributes of every kind that a mapping allows, each of a seed of its own. */
final class Attributes extends OddAttributes {

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
            Attributes::extreme,
            Attributes::extreme,
            Attributes::bean,
            Attributes::bean,
            Attributes::declared,
            Attributes::stubborn,
            Attributes::stubborn,
            Attributes::planned,
            Attributes::planned,
            Attributes::planned,
            Attributes::zones,
            Attributes::described,
            Attributes::described,
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

    private Attributes(long seed) {
        super(seed);
    }

    static Attribute of(long seed, String name) {
        Attributes attributes = new Attributes(seed);
        return KINDS.get(attributes.random.nextInt(KINDS.size())).apply(attributes, name);
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
        String fetch = "fetch = FetchType." + values.one("LAZY", "EAGER");
        boolean numbered = random.nextBoolean();
        return new Attribute(
                numbered ? "to-one persisted with it" : "to-one",
                name,
                "@ManyToOne(" + fetch + (numbered ? ", cascade = CascadeType.PERSIST" : "")
                        + ") @JoinColumn(name = \"" + name + "\") public " + SAMPLES
                        + (numbered ? "Numbered " : "Target ") + name,
                () -> numbered ? Reference.NUMBERED : Reference.TARGET);
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
