package dev.dorm.cache.internal.jdk;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What cannot be changed any more once it is made: {@code List.of} and its like, {@code Collections.emptyList} and its. */
@SuppressWarnings({"unchecked", "rawtypes"}) // of elements of any class
final class FixedKinds {

    /** Elements that fall on one place stand side by side, and few do. */
    private static final int MOST_TURNS = 16;

    private FixedKinds() {}

    static void addTo(JdkElements.Registry kinds) {
        JdkKind list = JdkElements.plain("listof", held -> List.of(held.toArray()));
        JdkKind withNulls = JdkElements.plain("tolist", held -> held.stream().toList());
        for (List<?> example : List.of(List.of(), List.of(1))) {
            kinds.add(example.getClass(), list);
            kinds.add(example.getClass(), withNulls);
        }
        addUnordered(kinds, "setof", held -> Set.of(held.toArray()), Set.of(), Set.of(1));
        addUnordered(kinds, "mapof", FixedKinds::map, Map.of(), Map.of(1, 1));
        add(kinds, Collections.emptyList(), "emptylist", held -> Collections.emptyList());
        add(kinds, Collections.emptySet(), "emptyset", held -> Collections.emptySet());
        add(kinds, Collections.emptyMap(), "emptymap", held -> Collections.emptyMap());
        add(kinds, Collections.emptyNavigableSet(), "emptysortedset", held -> Collections.emptyNavigableSet());
        add(kinds, Collections.emptyNavigableMap(), "emptysortedmap", held -> Collections.emptyNavigableMap());
        add(kinds, Collections.singletonList(1), "singletonlist", held -> Collections.singletonList(held.get(0)));
        add(kinds, Collections.singleton(1), "singletonset", held -> Collections.singleton(held.get(0)));
        add(
                kinds,
                Collections.singletonMap(1, 1),
                "singletonmap",
                held -> Collections.singletonMap(held.get(0), held.get(1)));
        addEntry(kinds, "entry", AbstractMap.SimpleEntry::new);
        addEntry(kinds, "fixedentry", AbstractMap.SimpleImmutableEntry::new);
    }

    private static void add(
            JdkElements.Registry kinds,
            Object example,
            String tag,
            Function<List<@Nullable Object>, @Nullable Object> making) {
        kinds.add(example.getClass(), JdkElements.plain(tag, making));
    }

    /**
     * The order of these is another in every JVM, and has no meaning. Where elements fall on one place, it also depends on
     * which came first.
     */
    private static void addUnordered(
            JdkElements.Registry kinds,
            String tag,
            Function<List<@Nullable Object>, Object> making,
            Object none,
            Object one) {
        Function<List<@Nullable Object>, Object> hashing = held -> {
            JdkElements.checkHashed(held, none instanceof Map);
            return making.apply(held);
        };
        JdkKind kind = new JdkKind(
                tag,
                false,
                value -> List.of(0L),
                value -> ordered(JdkElements.elements(value), value instanceof Map, hashing),
                (any, held) -> hashing.apply(held),
                JdkKind.Proof.NONE);
        kinds.add(none.getClass(), kind);
        kinds.add(one.getClass(), kind);
    }

    /** Finds the order to make a set in whose elements are to come out in this one, or takes this one. */
    private static List<@Nullable Object> ordered(
            List<@Nullable Object> held, boolean pairs, Function<List<@Nullable Object>, Object> making) {
        int step = pairs ? 2 : 1;
        for (List<@Nullable Object> way : List.of(held, backwards(held, step))) {
            for (int turn = 0; turn < Math.min(MOST_TURNS * step, held.size() + 1); turn += step) {
                List<@Nullable Object> turned = new ArrayList<>(way);
                Collections.rotate(turned, turn);
                if (JdkKind.inOrder(held, JdkElements.elements(making.apply(turned)))) {
                    return turned;
                }
            }
        }
        return held;
    }

    private static List<@Nullable Object> backwards(List<@Nullable Object> held, int step) {
        List<@Nullable Object> backwards = new ArrayList<>(held.size());
        for (int i = held.size() - step; i >= 0; i -= step) {
            backwards.addAll(held.subList(i, i + step));
        }
        return backwards;
    }

    private static Object map(List<@Nullable Object> pairs) {
        Map.Entry[] entries = new Map.Entry[pairs.size() / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] =
                    Map.entry(Objects.requireNonNull(pairs.get(2 * i)), Objects.requireNonNull(pairs.get(2 * i + 1)));
        }
        return Map.ofEntries(entries);
    }

    private static void addEntry(
            JdkElements.Registry kinds,
            String tag,
            java.util.function.BiFunction<@Nullable Object, @Nullable Object, Map.Entry<?, ?>> making) {
        kinds.add(
                making.apply(1, 1).getClass(),
                new JdkKind(
                        tag,
                        false,
                        value -> List.of(0L),
                        value -> {
                            List<@Nullable Object> parts = new ArrayList<>();
                            parts.add(((Map.Entry<?, ?>) value).getKey());
                            parts.add(((Map.Entry<?, ?>) value).getValue());
                            return parts;
                        },
                        (none, held) -> making.apply(held.get(0), held.get(1)),
                        JdkKind.Proof.FRAME_AND_ORDER));
    }
}
