package dev.dorm.cache.internal.jdk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dorm.cache.internal.io.PartEncoding;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JDK's collections that can be given back exactly, by class. A user's own subclass is none of them. */
public final class JdkKinds {

    private static final Map<Class<?>, List<JdkKind>> BY_CLASS = new HashMap<>();
    private static final Map<String, JdkKind> BY_TAG = new HashMap<>();

    private static final JdkElements.Registry REGISTRY = new JdkElements.Registry() {

        @Override
        public void add(Class<?> type, JdkKind kind) {
            BY_CLASS.computeIfAbsent(type, any -> new ArrayList<>(1)).add(kind);
            BY_TAG.put(kind.tag(), kind);
        }

        @Override
        public boolean knows(Object value) {
            return BY_CLASS.containsKey(value.getClass());
        }
    };

    static {
        PlainKinds.addTo(REGISTRY);
        HashedKinds.addTo(REGISTRY);
        SortedKinds.addTo(REGISTRY);
        EnumKinds.addTo(REGISTRY);
        FixedKinds.addTo(REGISTRY);
        WrapperKinds.addTo(REGISTRY);
    }

    private JdkKinds() {}

    public static boolean knows(Object value) {
        return BY_CLASS.containsKey(value.getClass());
    }

    /** Writes a value of a class that {@linkplain #knows is known}, unless it cannot be given back exactly. */
    public static boolean write(JsonGenerator out, Object value, PartEncoding open)
            throws IOException, UnsupportedValueException {
        for (JdkKind kind : BY_CLASS.getOrDefault(value.getClass(), List.of())) {
            if (kind.write(out, value, open)) {
                return true;
            }
        }
        return false;
    }

    /** What a value of a class that {@linkplain #knows is known} holds. */
    public static List<@Nullable Object> heldBy(Object value) {
        return BY_CLASS.get(value.getClass()).get(0).elements().apply(value);
    }

    public static @Nullable JdkKind ofTag(String tag) {
        return BY_TAG.get(tag);
    }
}
