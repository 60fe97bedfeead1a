package dev.dorm.cache.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import dev.dorm.cache.codec.RandomValues.Point;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.net.URL;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a value is another's equal, to the class and in every part, and in its serialized form. */
final class SameValue {

    private SameValue() {}

    static boolean is(Object one, Object other) {
        if (one == null || other == null || one == other) {
            return one == other;
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        if (one.getClass().isArray()) {
            int length = Array.getLength(one);
            boolean same = length == Array.getLength(other);
            for (int i = 0; same && i < length; i++) {
                same = is(Array.get(one, i), Array.get(other, i));
            }
            return same;
        }
        if (one instanceof Map.Entry<?, ?> entry) {
            return is(entry.getKey(), ((Map.Entry<?, ?>) other).getKey())
                    && is(entry.getValue(), ((Map.Entry<?, ?>) other).getValue());
        }
        if (one instanceof Map<?, ?> map) {
            return inOrder(map.entrySet(), ((Map<?, ?>) other).entrySet());
        }
        if (one instanceof Collection<?> collection) {
            return inOrder(collection, (Collection<?>) other);
        }
        return one instanceof RandomValues.Holder holder
                ? is(holder.held(), ((RandomValues.Holder) other).held())
                : one.equals(other);
    }

    private static boolean inOrder(Collection<?> some, Collection<?> others) {
        if (some.size() != others.size()) {
            return false;
        }
        Iterator<?> second = others.iterator();
        for (Object each : some) {
            Object other = second.next();
            boolean same = each instanceof Map.Entry<?, ?> entry && other instanceof Map.Entry<?, ?> pair
                    ? is(entry.getKey(), pair.getKey()) && is(entry.getValue(), pair.getValue())
                    : is(each, other);
            if (!same) {
                return false;
            }
        }
        return true;
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
                || Leaves.ofValue(value) != null && !(value instanceof URL) && !value.getClass().isArray();
    }

    static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /**
     * The serialized form, but for which of the values that nobody can change are one object: of two equal strings a form
     * tells whether they are.
     */
    static byte[] unshared(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new Unsharing(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    static boolean alikeUnshared(Object one, Object other) {
        try {
            return Arrays.equals(unshared(one), unshared(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Unsharing extends ObjectOutputStream {

        Unsharing(ByteArrayOutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) throws IOException {
            return Leaves.ofValue(object) != null || object instanceof BigInteger || object instanceof Enum<?>
                    ? object.getClass().getName() + HexFormat.of().formatHex(serialized(object))
                    : object;
        }
    }

    /** What a database gives back of a value that it holds serialized. */
    static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
