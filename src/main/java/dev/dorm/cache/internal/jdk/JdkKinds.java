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

    /** Where all of them are; no other class costs more than a look at its name. */
    private static final String PACKAGE = "java.util.";

    /**
     * All of them, made when the first one is met: they are a hundred lambdas and more, which an application that caches
     * no such value need not load.
     */
    private static final class All implements JdkElements.Registry {

        static final All KINDS = new All();

        private final Map<Class<?>, List<JdkKind>> byClass = new HashMap<>();
        private final Map<String, JdkKind> byTag = new HashMap<>();

        All() {
            PlainKinds.addTo(this);
            HashedKinds.addTo(this);
            SortedKinds.addTo(this);
            EnumKinds.addTo(this);
            FixedKinds.addTo(this);
            WrapperKinds.addTo(this);
        }

        @Override
        public void add(Class<?> type, JdkKind kind) {
            if (!type.getName().startsWith(PACKAGE)) {
                throw new IllegalStateException(type + " would not be known");
            }
            byClass.computeIfAbsent(type, any -> new ArrayList<>(1)).add(kind);
            byTag.put(kind.tag(), kind);
        }

        @Override
        public boolean knows(Object value) {
            return byClass.containsKey(value.getClass());
        }
    }

    private JdkKinds() {}

    public static boolean knows(Object value) {
        return value.getClass().getName().startsWith(PACKAGE) && All.KINDS.knows(value);
    }

    /** Writes a value of a class that {@linkplain #knows is known}, unless it cannot be given back exactly. */
    public static boolean write(JsonGenerator out, Object value, PartEncoding open)
            throws IOException, UnsupportedValueException {
        for (JdkKind kind : All.KINDS.byClass.getOrDefault(value.getClass(), List.of())) {
            if (kind.write(out, value, open)) {
                return true;
            }
        }
        return false;
    }

    /** What a value of a class that {@linkplain #knows is known} holds. */
    public static List<@Nullable Object> heldBy(Object value) {
        return All.KINDS.byClass.get(value.getClass()).get(0).elements().apply(value);
    }

    public static @Nullable JdkKind ofTag(String tag) {
        return All.KINDS.byTag.get(tag);
    }
}
