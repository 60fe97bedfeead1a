package dev.dorm.cache.internal.jdk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dorm.cache.internal.dynamic.OpenEncoding;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JDK's collections that can be given back exactly, by class. A user's own subclass is none of them. */
public final class JdkKinds {

    /** How much more room than elements a collection may have: it is taken before the elements are there. */
    private static final int ROOM = 128;

    private static final Map<Class<?>, List<JdkKind>> BY_CLASS = new HashMap<>();
    private static final Map<String, JdkKind> BY_TAG = new HashMap<>();

    static {
        PlainKinds.addTo(JdkKinds::add);
        HashedKinds.addTo(JdkKinds::add);
        SortedKinds.addTo(JdkKinds::add);
        EnumKinds.addTo(JdkKinds::add);
        FixedKinds.addTo(JdkKinds::add);
        WrapperKinds.addTo(JdkKinds::add);
    }

    private JdkKinds() {}

    /** Registers a kind under the class of an example of it. */
    interface Registry {
        void add(Class<?> type, JdkKind kind);
    }

    private static void add(Class<?> type, JdkKind kind) {
        BY_CLASS.computeIfAbsent(type, any -> new ArrayList<>(1)).add(kind);
        BY_TAG.put(kind.tag(), kind);
    }

    public static boolean knows(Object value) {
        return BY_CLASS.containsKey(value.getClass());
    }

    /** Writes a value of a class that {@linkplain #knows is known}, unless it cannot be given back exactly. */
    public static boolean write(JsonGenerator out, Object value, OpenEncoding open)
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

    /** A kind with nothing but elements. */
    static JdkKind plain(String tag, Function<List<@Nullable Object>, @Nullable Object> making) {
        return new JdkKind(
                tag,
                false,
                value -> List.of(0L),
                JdkKinds::elements,
                (none, held) -> making.apply(held),
                JdkKind.Proof.FRAME_AND_ORDER);
    }

    public static List<@Nullable Object> elements(Object value) {
        return value instanceof Map<?, ?> map ? pairs(map) : new ArrayList<@Nullable Object>((Collection<?>) value);
    }

    private static List<@Nullable Object> pairs(Map<?, ?> map) {
        List<@Nullable Object> pairs = new ArrayList<>(2 * map.size());
        map.forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return pairs;
    }

    /** Fills a collection or, with pairs, a map. */
    @SuppressWarnings("unchecked")
    static Object filled(Object empty, List<@Nullable Object> held) {
        if (empty instanceof Map<?, ?> map) {
            if (held.size() % 2 != 0) {
                throw new IllegalArgumentException("a key without a value");
            }
            for (int i = 0; i < held.size(); i += 2) {
                ((Map<Object, Object>) map).put(held.get(i), held.get(i + 1));
            }
        } else {
            ((Collection<Object>) empty).addAll(held);
        }
        return empty;
    }

    /** Refuses to hash what {@code URL.hashCode} asks a name server for. */
    static void checkHashed(List<@Nullable Object> held, boolean pairs) {
        for (int i = 0; i < held.size(); i += pairs ? 2 : 1) {
            if (held.get(i) instanceof URL) {
                throw new IllegalArgumentException("a URL among hashed values");
            }
        }
    }

    /** Checks a capacity that a body names. */
    static int capacity(@Nullable Object setting, List<?> held) {
        int capacity = Math.toIntExact((Long) java.util.Objects.requireNonNull(setting));
        if (capacity < 0 || capacity > most(held.size())) {
            throw new IllegalArgumentException("a capacity of " + capacity);
        }
        return capacity;
    }

    static int most(int held) {
        return ROOM + (int) Math.min(8L * held, 1 << 29);
    }
}
