package dev.dorm.cache.internal.value;

import dev.dorm.cache.internal.io.ScalarCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The closed set of types that have a leaf of their own; enums and arrays are built from these where they occur. */
public final class ScalarCodecs {

    private static final Map<Class<?>, ScalarCodec> BY_CLASS = new HashMap<>();
    private static final Map<String, ScalarCodec> BY_TAG = new HashMap<>();
    private static final Map<String, Class<?>> TYPE_BY_TAG = new HashMap<>();

    static {
        for (StringLeaf leaf : StringLeaf.values()) {
            add(leaf.type(), leaf);
        }
        for (NumberLeaf leaf : NumberLeaf.values()) {
            add(leaf.type(), leaf);
        }
        for (PlainLeaf leaf : PlainLeaf.values()) {
            add(leaf.type(), leaf);
        }
        TimeLeaves.addTo(ScalarCodecs::add);
        DateLeaves.addTo(ScalarCodecs::add);
        OtherLeaves.addTo(ScalarCodecs::add);
    }

    private ScalarCodecs() {}

    /** A tag stands for one class, of which an array is made when it is read. */
    private static void add(Class<?> type, ScalarCodec leaf) {
        BY_CLASS.put(type, leaf);
        if (BY_TAG.putIfAbsent(leaf.tag(), leaf) != null) {
            throw new IllegalStateException("two classes have the tag " + leaf.tag());
        }
        TYPE_BY_TAG.put(leaf.tag(), type);
    }

    /** The leaf of a declared type, or null. */
    public static @Nullable ScalarCodec ofType(Class<?> type) {
        return BY_CLASS.get(boxed(type));
    }

    /** The leaf that writes exactly this value, or null. */
    public static @Nullable ScalarCodec ofValue(Object value) {
        @Nullable ScalarCodec leaf = ofClass(value);
        return leaf != null && leaf.accepts(value) ? leaf : null;
    }

    /** The leaf of a value's class, which may not write this very value, or null. */
    public static @Nullable ScalarCodec ofClass(Object value) {
        @Nullable ScalarCodec leaf = BY_CLASS.get(value.getClass());
        if (leaf == null) {
            // Zones are of classes that are not public.
            leaf = value instanceof java.time.ZoneId
                    ? BY_CLASS.get(java.time.ZoneId.class)
                    : value instanceof java.util.TimeZone ? BY_CLASS.get(java.util.TimeZone.class) : null;
        }
        return leaf;
    }

    public static @Nullable ScalarCodec ofTag(String tag) {
        return BY_TAG.get(tag);
    }

    public static @Nullable Class<?> typeOf(String tag) {
        return TYPE_BY_TAG.get(tag);
    }

    public static Collection<Class<?>> types() {
        return BY_CLASS.keySet();
    }

    public static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
