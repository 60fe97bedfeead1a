package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.dynamic.RandomValues.Holder;
import dev.dorm.cache.internal.dynamic.RandomValues.Point;
import dev.dorm.cache.internal.jdk.Frame;
import dev.dorm.cache.internal.jdk.JdkElements;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Array;
import java.net.URL;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a value is another's equal, to the class, in every part, and in its serialized form. Only which of the values
 * that nobody can change are one object is left out, which a serialized form tells too.
 */
final class SameValue {

    /** Their order depends on the JVM and on how they were made, and has no meaning. */
    private static final Set<Class<?>> UNORDERED = Set.of(
            Set.of().getClass(),
            Set.of(1).getClass(),
            Map.of(1, 1).getClass(),
            Map.of().getClass());

    private SameValue() {}

    static boolean is(Object one, Object other) {
        if (one == null || other == null || one == other) {
            return one == other;
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        if (one.getClass().isArray()) {
            return inOrder(elements(one), elements(other));
        }
        if (one instanceof Holder holder) {
            return is(holder.held(), ((Holder) other).held());
        }
        List<?> parts = parts(one);
        return parts == null
                ? one.equals(other) && Arrays.equals(serialized(one), serialized(other))
                : Arrays.equals(Frame.of(one).bytes(), Frame.of(other).bytes())
                        && (UNORDERED.contains(one.getClass()) ? inAnyOrder(one, other) : inOrder(parts, parts(other)));
    }

    private static boolean inAnyOrder(Object one, Object other) {
        List<Object> others = new ArrayList<>(members(other));
        return members(one).stream().allMatch(member -> {
                    for (int i = 0; i < others.size(); i++) {
                        if (is(member, others.get(i))) {
                            others.remove(i);
                            return true;
                        }
                    }
                    return false;
                })
                && others.isEmpty();
    }

    private static Collection<?> members(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(AbstractMap.SimpleImmutableEntry::new)
                        .toList()
                : (Collection<?>) value;
    }

    private static List<Object> elements(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static List<?> parts(Object value) {
        if (value instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        return value instanceof Collection<?> || value instanceof Map<?, ?> ? JdkElements.elements(value) : null;
    }

    private static boolean inOrder(List<?> some, List<?> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = is(some.get(i), others.get(i));
        }
        return same;
    }

    /** Whether the hash of a value is the same in every JVM, and asks no name server. */
    static boolean hashesByContent(Object value) {
        if (value instanceof List<?> || value instanceof Set<?>) {
            return ((Collection<?>) value).stream().allMatch(SameValue::hashesByContent);
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(SameValue::hashesByContent)
                    && map.values().stream().allMatch(SameValue::hashesByContent);
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return hashesByContent(entry.getKey()) && hashesByContent(entry.getValue());
        }
        return value == null
                || value instanceof Point
                || ScalarCodecs.ofValue(value) != null
                        && !(value instanceof URL)
                        && !value.getClass().isArray();
    }

    /** The serialized form; of what has none, nothing. */
    static byte[] serialized(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            return new byte[0];
        }
        return bytes.toByteArray();
    }

    /** What a database gives back of a value that it holds serialized. */
    static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
