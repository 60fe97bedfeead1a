package dev.dorm.cache.differential;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The values that programs write: each follows from a number, and is like no other's. */
final class Values {

    /** Its nanoseconds are more exact than a timestamp's column. */
    private static final Instant SOME_TIME = Instant.parse("2024-02-03T04:05:06.123456789Z");

    private Values() {}

    static Object of(Class<?> type, int number) {
        if (type == String.class) {
            return "v" + number;
        }
        if (type == int.class || type == Integer.class) {
            return number;
        }
        if (type == BigDecimal.class) {
            return BigDecimal.valueOf(number * 100L + 25, 2);
        }
        if (type == Instant.class) {
            return SOME_TIME.plusSeconds(number);
        }
        throw new IllegalArgumentException(type.getName());
    }

    /** How SQL writes it. */
    static String literal(Class<?> type, int number) {
        Object value = of(type, number);
        if (value instanceof Instant instant) {
            return "timestamp with time zone '"
                    + instant.toString().replace('T', ' ').replace("Z", "+00:00") + "'";
        }
        return value instanceof String ? "'" + value + "'" : value.toString();
    }

    static void add(Attribute attribute, Object owner, Object element) {
        Object collection = attribute.get(owner);
        if (collection instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked")
            Map<Object, Object> map = (Map<Object, Object>) collection;
            map.put("k" + element, element);
        } else {
            @SuppressWarnings("unchecked")
            Collection<Object> elements = (Collection<Object>) collection;
            elements.add(element);
        }
    }

    static void removeOne(Attribute attribute, Object owner) {
        Object collection = attribute.get(owner);
        if (collection instanceof Map<?, ?> map) {
            new TreeMap<>(map).keySet().stream().findFirst().ifPresent(map::remove);
        } else if (collection instanceof Collection<?> elements) {
            elements.stream()
                    .min((a, b) -> Texts.element(a).compareTo(Texts.element(b)))
                    .ifPresent(elements::remove);
        }
    }

    /** Puts a new collection with the same elements in an old one's place, as many setters do. */
    static void replace(Attribute attribute, Object owner) {
        Object collection = attribute.get(owner);
        if (collection instanceof Map<?, ?> map) {
            attribute.set(owner, new HashMap<>(map));
        } else if (collection instanceof List<?> list) {
            attribute.set(owner, new ArrayList<>(list));
        } else if (collection instanceof Set<?> set) {
            attribute.set(owner, new HashSet<>(set));
        }
    }
}
