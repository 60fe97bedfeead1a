package dev.dorm.cache.internal.jdk;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What keeps its elements in order, by nature or by one of the JDK's own comparators, each of which is one object. */
final class SortedKinds {

    private static final Map<String, Comparator<?>> ORDERS = new HashMap<>();

    static {
        ORDERS.put("reverse", Collections.reverseOrder());
        ORDERS.put("natural", Comparator.naturalOrder());
        ORDERS.put("ignoring case", String.CASE_INSENSITIVE_ORDER);
    }

    private SortedKinds() {}

    static void addTo(JdkElements.Registry kinds) {
        add(kinds, "sortedset", set -> ((SortedSet<?>) set).comparator(), TreeSet::new);
        add(kinds, "sortedmap", map -> ((SortedMap<?, ?>) map).comparator(), TreeMap::new);
        add(kinds, "skiplistset", set -> ((SortedSet<?>) set).comparator(), ConcurrentSkipListSet::new);
        add(kinds, "skiplistmap", map -> ((SortedMap<?, ?>) map).comparator(), ConcurrentSkipListMap::new);
        add(kinds, "priorityqueue", queue -> ((PriorityQueue<?>) queue).comparator(), PriorityQueue::new);
    }

    private static void add(
            JdkElements.Registry kinds,
            String tag,
            Function<Object, @Nullable Comparator<?>> orderOf,
            Function<@Nullable Comparator<Object>, Object> empty) {
        kinds.add(
                empty.apply(null).getClass(),
                new JdkKind(
                        tag,
                        true,
                        value -> settings(orderOf.apply(value)),
                        JdkElements::elements,
                        (order, held) -> JdkElements.filled(empty.apply(order(order)), held),
                        JdkKind.Proof.FRAME_AND_ORDER));
    }

    private static List<? extends @Nullable Object> settings(@Nullable Comparator<?> order) {
        if (order == null) {
            return Collections.singletonList(null);
        }
        return ORDERS.entrySet().stream()
                .filter(known -> known.getValue() == order)
                .map(Map.Entry::getKey)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Comparator<Object> order(@Nullable Object name) {
        if (name == null) {
            return null;
        }
        Comparator<?> order = ORDERS.get(name);
        if (order == null) {
            throw new IllegalArgumentException("an order that is not known");
        }
        return (Comparator<Object>) order;
    }
}
