package dev.dorm.cache.internal.metrics;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Everything that one of the interfaces of statistics shows as a number, by the names of its getters and reasons. */
final class Shown {

    private Shown() {}

    /** Reads all getters of an interface: {@code Hits}, {@code Misses/absent}. */
    static Map<String, Long> by(Class<?> type, Object statistics) {
        Map<String, Long> numbers = new TreeMap<>();
        for (Method getter : type.getMethods()) {
            String name = getter.getName().substring("get".length());
            Object value = value(getter, statistics);
            if (value instanceof Long number) {
                numbers.put(name, number);
            } else if (value instanceof Map<?, ?> byReason) {
                byReason.forEach((reason, count) -> numbers.put(name + "/" + reason, (Long) count));
            } else {
                throw new AssertionError(getter + " returned " + value);
            }
        }
        return numbers;
    }

    /** Reads the getters of several interfaces. */
    static Map<String, Long> by(Object statistics, Class<?>... types) {
        Map<String, Long> numbers = new TreeMap<>();
        Arrays.stream(types).forEach(type -> numbers.putAll(by(type, statistics)));
        return numbers;
    }

    /** Adds numbers of the same name up. */
    static Map<String, Long> sum(Iterable<Map<String, Long>> parts) {
        Map<String, Long> sum = new TreeMap<>();
        parts.forEach(part -> part.forEach((name, number) -> sum.merge(name, number, Long::sum)));
        return sum;
    }

    /** What changed between two readings, and by how much. */
    static Map<String, Long> since(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> changed = new TreeMap<>();
        now.forEach((name, number) -> {
            if (!number.equals(before.get(name))) {
                changed.put(name, number - before.get(name));
            }
        });
        return changed;
    }

    /** The meter of a getter: {@code RefusedPuts} is {@code puts.refused}, {@code NearHits} is {@code hits.near}. */
    static String meter(String getter) {
        String[] words = getter.split("(?=[A-Z])");
        return switch (getter) {
            case "BreakerOpenings", "PendingInvalidations" ->
                "dorm.cache." + String.join(".", words).toLowerCase(Locale.ROOT);
            default ->
                "dorm.cache." + (words.length == 1 ? getter : words[1] + "." + words[0]).toLowerCase(Locale.ROOT);
        };
    }

    private static Object value(Method getter, Object statistics) {
        try {
            return getter.invoke(statistics);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
