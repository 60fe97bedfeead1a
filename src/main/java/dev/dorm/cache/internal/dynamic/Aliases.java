package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.jdk.JdkElements;
import dev.dorm.cache.internal.jdk.JdkKinds;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a value that stands at two places of another, or in itself, and can be changed: who changes it at one place sees
 * it changed at the other. From a body two values would come.
 */
public final class Aliases {

    /** What was met, and whether it can be changed. */
    private final IdentityHashMap<Object, Boolean> met = new IdentityHashMap<>();

    private final Object whole;

    private Aliases(Object whole) {
        this.whole = whole;
    }

    /** Refuses a value of which a part that can be changed stands at two places. */
    public static void refuse(Object value) throws UnsupportedValueException {
        new Aliases(value).changeable(value, 0);
    }

    private boolean changeable(@Nullable Object value, int depth) throws UnsupportedValueException {
        if (value == null || Sharing.immutable(value)) {
            return false;
        }
        @Nullable Boolean before = met.put(value, true);
        if (before != null) {
            if (before) {
                throw UnsupportedValueException.shared(whole, value);
            }
            met.put(value, false);
            return false;
        }
        boolean changeable = !isFixed(value);
        if (depth < BodyFormat.DEEPEST) {
            if (value instanceof Collection<?> || value instanceof Map<?, ?> || JdkKinds.knows(value)) {
                for (Object part : parts(value)) {
                    changeable |= changeable(part, depth + 1);
                }
            } else if (value instanceof Object[] array) {
                for (Object part : array) {
                    changeable |= changeable(part, depth + 1);
                }
            }
        }
        met.put(value, changeable);
        return changeable;
    }

    private static List<@Nullable Object> parts(Object value) {
        return JdkKinds.knows(value) ? JdkKinds.heldBy(value) : JdkElements.elements(value);
    }

    /** What holds the same for ever, and of which even a serialized form does not tell that it stands at two places. */
    private static boolean isFixed(Object value) {
        String name = value.getClass().getName();
        return name.startsWith("java.util.ImmutableCollections$") || name.contains("$Empty");
    }
}
