package dev.dorm.cache.internal.value;

import dev.dorm.cache.internal.io.ScalarCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The closed set of types that have a codec of their own; enums and arrays are built from these where they occur. */
public final class ScalarCodecs {

    private static final Map<Class<?>, ScalarCodec> BY_CLASS = new HashMap<>();
    private static final Map<String, ScalarCodec> BY_TAG = new HashMap<>();
    private static final Map<String, Class<?>> TYPE_BY_TAG = new HashMap<>();

    static {
        for (StringCodec scalar : StringCodec.values()) {
            add(scalar.type(), scalar);
        }
        for (NumberCodec scalar : NumberCodec.values()) {
            add(scalar.type(), scalar);
        }
        for (PlainCodec scalar : PlainCodec.values()) {
            add(scalar.type(), scalar);
        }
        TimeCodecs.addTo(ScalarCodecs::add);
        DateCodecs.addTo(ScalarCodecs::add);
        OtherCodecs.addTo(ScalarCodecs::add);
    }

    private ScalarCodecs() {}

    /** A tag stands for one class, of which an array is made when it is read. */
    private static void add(Class<?> type, ScalarCodec scalar) {
        BY_CLASS.put(type, scalar);
        if (BY_TAG.putIfAbsent(scalar.tag(), scalar) != null) {
            throw new IllegalStateException("two classes have the tag " + scalar.tag());
        }
        TYPE_BY_TAG.put(scalar.tag(), type);
    }

    /** The codec of a declared type, or null. */
    public static @Nullable ScalarCodec ofType(Class<?> type) {
        return BY_CLASS.get(boxed(type));
    }

    /** The codec that writes exactly this value, or null. */
    public static @Nullable ScalarCodec ofValue(Object value) {
        @Nullable ScalarCodec scalar = ofClass(value);
        return scalar != null && scalar.accepts(value) ? scalar : null;
    }

    /** The codec of a value's class, which may not write this very value, or null. */
    public static @Nullable ScalarCodec ofClass(Object value) {
        @Nullable ScalarCodec scalar = BY_CLASS.get(value.getClass());
        if (scalar == null) {
            // Zones are of classes that are not public.
            scalar = value instanceof java.time.ZoneId
                    ? BY_CLASS.get(java.time.ZoneId.class)
                    : value instanceof java.util.TimeZone ? BY_CLASS.get(java.util.TimeZone.class) : null;
        }
        return scalar;
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
