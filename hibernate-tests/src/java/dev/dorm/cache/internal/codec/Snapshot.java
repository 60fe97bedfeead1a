package dev.dorm.cache.internal.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Hibernate;

/**
 * All that an entity holds, in depth, as plain values that can be compared when its session is closed: with the exact
 * class of each value, the order of what has one, and the comparator of what is sorted. Reading it fetches whatever is
 * lazy.
 */
final class Snapshot {

    private final Map<Object, String> seen = new IdentityHashMap<>();

    private Snapshot() {}

    static Object of(Object root) {
        return new Snapshot().any(root);
    }

    private Object any(Object mayBeProxy) {
        if (mayBeProxy == null) {
            return "null";
        }
        Object value = Hibernate.unproxy(mayBeProxy);
        Hibernate.initialize(value);
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Collection<?> collection) {
            return collection(collection);
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        return ofTheTests(value) ? fields(value) : leaf(value);
    }

    private static boolean ofTheTests(Object value) {
        return value.getClass().getName().startsWith("dev.dorm.cache.") && !(value instanceof Enum<?>);
    }

    private static Object leaf(Object value) {
        // URL.equals asks the name server.
        Object compared = value instanceof URL url ? url.toExternalForm() : value;
        return List.of(value.getClass().getName(), compared);
    }

    private Object fields(Object value) {
        String known = seen.putIfAbsent(value, "the " + value.getClass().getName() + " at " + seen.size());
        if (known != null) {
            return known;
        }
        Map<String, Object> state = new TreeMap<>();
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("$$_")) {
                    state.put(type.getSimpleName() + "." + field.getName(), any(get(field, value)));
                }
            }
        }
        return List.of(value.getClass().getName(), state);
    }

    private static Object get(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Object array(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(any(Array.get(array, i)));
        }
        return List.of(array.getClass().getName(), elements);
    }

    private Object collection(Collection<?> collection) {
        Stream<Object> elements = collection.stream().map(this::any);
        if (collection instanceof SortedSet<?> sorted) {
            return List.of(name(collection), "sorted set", String.valueOf(sorted.comparator()), elements.toList());
        }
        return collection instanceof Set<?>
                ? List.of(name(collection), "set", counted(elements))
                : List.of(name(collection), "list", elements.toList());
    }

    private Object map(Map<?, ?> map) {
        Stream<Object> pairs = map.entrySet().stream().map(each -> List.of(any(each.getKey()), any(each.getValue())));
        return map instanceof SortedMap<?, ?> sorted
                ? List.of(name(map), "sorted map", String.valueOf(sorted.comparator()), pairs.toList())
                : List.of(name(map), "map", counted(pairs));
    }

    private static String name(Object value) {
        return value.getClass().getName();
    }

    private static Map<Object, Long> counted(Stream<Object> elements) {
        return elements.collect(Collectors.groupingBy(Function.identity(), HashMap::new, Collectors.counting()));
    }
}
