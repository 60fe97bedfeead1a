package dev.dorm.cache.internal.jdk;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the JDK's collections hold, and how they are made again of it. */
public final class JdkElements {

    /** How much more room than elements a collection may have: it is taken before the elements are there. */
    private static final int ROOM = 128;

    private JdkElements() {}

    /** Where kinds are registered under the class of an example. */
    interface Registry {
        void add(Class<?> type, JdkKind kind);

        /** Returns whether a value can be given back. */
        boolean knows(Object value);
    }

    /** A kind with nothing but elements. */
    static JdkKind plain(String tag, Function<List<@Nullable Object>, @Nullable Object> making) {
        return new JdkKind(
                tag,
                false,
                value -> List.of(0L),
                JdkElements::elements,
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
