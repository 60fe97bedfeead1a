package dev.dorm.cache.internal.jdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the serialized form of a collection says of the collection itself, its elements left out: capacity, load factor,
 * comparator, what it wraps. No method of the JDK's classes tells these, and a caller sees them in the order of the
 * elements, or when it adds one.
 *
 * @param bytes the serialized form, with null in place of every part
 * @param parts what was left out, in order, or what stands for it ({@code writeReplace})
 * @param classes the classes that the form names, in order
 */
public record Frame(byte[] bytes, List<Object> parts, List<Class<?>> classes) {

    /** Takes the frame of a value; null for one that cannot be serialized. */
    public static @Nullable Frame of(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stripping out = new Stripping(bytes, value instanceof BitSet)) {
            out.writeObject(value);
            out.flush();
            return new Frame(bytes.toByteArray(), out.parts, out.classes);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Whether two values are of one class, with the same frame around as many parts. */
    public static boolean same(Object one, Object other) {
        if (one == other) {
            return true;
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        @Nullable Frame first = of(one);
        @Nullable Frame second = first == null ? null : of(other);
        return first != null
                && second != null
                && Arrays.equals(first.bytes, second.bytes)
                && first.parts.size() == second.parts.size();
    }

    /** Writes null for everything but the first object, which is the value or what stands for it. */
    private static final class Stripping extends ObjectOutputStream {

        private final List<Object> parts = new ArrayList<>();
        private final List<Class<?>> classes = new ArrayList<>();
        private final boolean words;
        private boolean begun;

        Stripping(ByteArrayOutputStream out, boolean words) throws IOException {
            super(out);
            this.words = words;
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (!begun || (words && object instanceof long[])) {
                begun = true;
                return object;
            }
            parts.add(object);
            return null;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            classes.add(type);
        }
    }
}
