package dev.dorm.cache.internal.jdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What keeps its elements by their hash: the order depends on the capacity, and on what came first. */
@SuppressWarnings("JdkObsolete") // an application's attributes are what they are
final class HashedKinds {

    private static final float LOAD_FACTOR = 0.75f;

    /** Tables below this length are looked for one by one. */
    private static final int SMALL = 32;

    private HashedKinds() {}

    static void addTo(JdkElements.Registry kinds) {
        add(kinds, "set", HashedKinds::powers, room -> room == 0 ? new HashSet<>() : new HashSet<>(room));
        add(
                kinds,
                "linkedset",
                HashedKinds::powers,
                room -> room == 0 ? new LinkedHashSet<>() : new LinkedHashSet<>(room));
        add(kinds, "hashmap", HashedKinds::powers, room -> room == 0 ? new HashMap<>() : new HashMap<>(room));
        add(kinds, "map", HashedKinds::powers, room -> room == 0 ? new LinkedHashMap<>() : new LinkedHashMap<>(room));
        add(
                kinds,
                "concurrentmap",
                HashedKinds::powers,
                room -> room == 0 ? new ConcurrentHashMap<>() : new ConcurrentHashMap<>(room));
        kinds.add(
                Hashtable.class,
                new JdkKind(
                        "hashtable",
                        true,
                        HashedKinds::tables,
                        JdkElements::elements,
                        HashedKinds::table,
                        JdkKind.Proof.FRAME_AND_ORDER));
        add(kinds, "properties", HashedKinds::powers, room -> room == 0 ? new Properties() : new Properties(room));
    }

    private static void add(
            JdkElements.Registry kinds,
            String tag,
            Function<Object, List<? extends @Nullable Object>> rooms,
            IntFunction<Object> empty) {
        kinds.add(
                empty.apply(0).getClass(),
                new JdkKind(
                        tag,
                        true,
                        rooms,
                        JdkElements::elements,
                        (room, held) -> filled(empty.apply(JdkElements.capacity(room, held)), held),
                        JdkKind.Proof.FRAME_AND_ORDER));
    }

    /** What a constructor may have been given; 0 is none, and the most likely two come first. */
    private static List<Long> powers(Object value) {
        int size = size(value);
        List<Long> rooms = new ArrayList<>();
        rooms.add(0L);
        rooms.add((long) Math.max(1, Integer.highestOneBit(Math.max(1, (int) (size / LOAD_FACTOR))) * 2));
        for (long room = 1; room <= JdkElements.most(size); room *= 2) {
            rooms.add(room);
        }
        return rooms;
    }

    private static int size(Object value) {
        return value instanceof Map<?, ?> map ? map.size() : ((Collection<?>) value).size();
    }

    private static Object filled(Object empty, List<@Nullable Object> held) {
        JdkElements.checkHashed(held, empty instanceof Map);
        return JdkElements.filled(empty, held);
    }

    /** Lengths that {@code Hashtable} has when it grows, and those that its deserialization gives it. */
    private static List<Long> tables(Object value) {
        int size = size(value);
        List<Long> lengths = new ArrayList<>();
        long read = (long) ((size + size / 20) / LOAD_FACTOR) + 3;
        lengths.add(read > size && (read & 1) == 0 ? read - 1 : read);
        for (long length = 11; length <= JdkElements.most(size); length = 2 * length + 1) {
            lengths.add(length);
        }
        for (long length = 1; length < SMALL; length++) {
            lengths.add(length);
        }
        return lengths;
    }

    /** The last that is put into a slot is the first there. */
    private static Object table(@Nullable Object length, List<@Nullable Object> held) {
        Hashtable<Object, Object> table = new Hashtable<>(JdkElements.capacity(length, held));
        List<@Nullable Object> backwards = new ArrayList<>(held.size());
        for (int i = held.size() - 2; i >= 0; i -= 2) {
            backwards.add(held.get(i));
            backwards.add(held.get(i + 1));
        }
        return filled(table, backwards);
    }
}
