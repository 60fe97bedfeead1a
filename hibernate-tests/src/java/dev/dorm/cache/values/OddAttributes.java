package dev.dorm.cache.values;

import dev.dorm.cache.values.Samples.Weight;
import java.util.List;
import java.util.function.Supplier;

/** Attributes whose values or types are out of the ordinary: extremes, beans, and types that are hard to cache. */
abstract class OddAttributes extends BasicAttributes {

    OddAttributes(long seed) {
        super(seed);
    }

    Attribute extreme(String name) {
        boolean number = random.nextBoolean();
        return new Attribute(
                "extreme " + (number ? "number" : "value"),
                name,
                "@Column(name = \"" + name + "\", length = 100000) public "
                        + (number ? "Number" : "java.io.Serializable") + " " + name,
                number ? anything::extremeNumber : anything::extreme);
    }

    /** Of classes that may be named in {@code allowed_types}. */
    Attribute bean(String name) {
        boolean simple = random.nextBoolean();
        return new Attribute(
                simple ? "bean" : "beans that Jackson may make others of",
                name,
                "@Column(name = \"" + name + "\", length = 10000) public java.io.Serializable " + name,
                simple ? anything::bean : anything::oddBean);
    }

    /** A collection of a class of its own, which the column's type makes. */
    Attribute declared(String name) {
        String type = values.one(List.of("LinkedList", "ArrayList", "TreeSet", "LinkedHashSet", "ArrayDeque"));
        return new Attribute(
                "json " + type,
                name,
                "@JdbcTypeCode(SqlTypes.JSON) @Column(name = \"" + name + "\", length = 4000) public java.util." + type
                        + "<String> " + name,
                () -> strings(type));
    }

    private Object strings(String type) {
        List<String> strings = values.listOf(String.class).stream()
                .map(each -> each == null ? "none" : each)
                .toList();
        return switch (type) {
            case "LinkedList" -> new java.util.LinkedList<>(strings);
            case "ArrayList" -> new java.util.ArrayList<>(strings);
            case "TreeSet" -> new java.util.TreeSet<>(strings);
            case "LinkedHashSet" -> new java.util.LinkedHashSet<>(strings);
            default -> new java.util.ArrayDeque<>(strings);
        };
    }

    /** A type that cannot assemble what it has taken apart, at least some of its values. */
    Attribute stubborn(String name) {
        String type = values.one("Owned", "Cast", "Forgetful");
        return new Attribute(
                "stubborn user type " + type,
                name,
                "@Type(dev.dorm.cache.values.StubbornTypes." + type + ".class) @Column(name = \"" + name
                        + "\", length = 1000) public " + SAMPLES + "Weight " + name,
                () -> new Weight(random.nextInt(1_000)));
    }

    /** With a mutability plan of the application's own. */
    Attribute planned(String name) {
        String plan = values.one("Wrapping", "Casting", "Casting");
        Attribute of = values.<Supplier<Attribute>>one(
                        () -> json(name, JSON_OBJECT),
                        () -> json(name, values.one("java.util.Set<String>", JSON_POINTS)),
                        () -> plural(name),
                        () -> array(name))
                .get();
        return new Attribute(
                "planned by " + plan + ", " + of.kind(),
                name,
                "@Mutability(dev.dorm.cache.values.StubbornTypes." + plan + ".class) " + of.source(),
                of.value());
    }

    /** Hibernate copies the array, and not what it holds, which can be changed. */
    Attribute zones(String name) {
        return array(name, java.util.TimeZone.class);
    }

    /** Text, of whose plan Hibernate takes note only with a Java type of the application's own. */
    Attribute described(String name) {
        String type = values.one("Wrapped", "CastText", "CastText");
        return new Attribute(
                "planned text of Java type " + type,
                name,
                "@JavaType(dev.dorm.cache.values.StubbornTypes." + type + ".class) " + column(String.class, name)
                        + "public String " + name,
                () -> values.of(String.class));
    }
}
