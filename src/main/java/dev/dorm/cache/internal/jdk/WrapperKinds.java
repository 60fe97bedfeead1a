package dev.dorm.cache.internal.jdk;

import dev.dorm.cache.internal.hibernate.mapping.SerializedCopies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Views of another collection, which stands in them: unmodifiable and synchronized ones, and {@code Arrays.asList}. */
@SuppressWarnings({"unchecked", "rawtypes", "JdkObsolete"}) // of elements of any class
final class WrapperKinds {

    private static final Class<?> UNMODIFIABLE_LIST =
            Collections.unmodifiableList(new LinkedList<>()).getClass();
    private static final Class<?> SYNCHRONIZED_LIST =
            Collections.synchronizedList(new LinkedList<>()).getClass();
    private static final Class<?> COLLECTION_FORM = Objects.requireNonNull(Frame.of(new ListHolder(List.of())))
            .parts()
            .get(0)
            .getClass();

    private record ListHolder(List<?> list) implements Serializable {}

    private WrapperKinds() {}

    static void addTo(JdkElements.Registry kinds) {
        add(kinds, "unmodifiablecollection", ArrayList::new, c -> Collections.unmodifiableCollection((Collection) c));
        add(kinds, "unmodifiablelist", ArrayList::new, list -> Collections.unmodifiableList((List) list));
        add(kinds, "unmodifiablelinkedlist", LinkedList::new, list -> Collections.unmodifiableList((List) list));
        add(kinds, "unmodifiableset", TreeSet::new, set -> Collections.unmodifiableSet((Set) set));
        add(kinds, "unmodifiablesortedset", TreeSet::new, set -> Collections.unmodifiableSortedSet((SortedSet) set));
        add(
                kinds,
                "unmodifiablenavigableset",
                TreeSet::new,
                set -> Collections.unmodifiableNavigableSet((NavigableSet) set));
        add(kinds, "unmodifiablemap", TreeMap::new, map -> Collections.unmodifiableMap((Map) map));
        add(kinds, "unmodifiablesortedmap", TreeMap::new, map -> Collections.unmodifiableSortedMap((SortedMap) map));
        add(
                kinds,
                "unmodifiablenavigablemap",
                TreeMap::new,
                map -> Collections.unmodifiableNavigableMap((NavigableMap) map));
        add(kinds, "synchronizedcollection", ArrayList::new, c -> Collections.synchronizedCollection((Collection) c));
        add(kinds, "synchronizedlist", ArrayList::new, list -> Collections.synchronizedList((List) list));
        add(kinds, "synchronizedlinkedlist", LinkedList::new, list -> Collections.synchronizedList((List) list));
        add(kinds, "synchronizedset", TreeSet::new, set -> Collections.synchronizedSet((Set) set));
        add(kinds, "synchronizedsortedset", TreeSet::new, set -> Collections.synchronizedSortedSet((SortedSet) set));
        add(
                kinds,
                "synchronizednavigableset",
                TreeSet::new,
                set -> Collections.synchronizedNavigableSet((NavigableSet) set));
        add(kinds, "synchronizedmap", TreeMap::new, map -> Collections.synchronizedMap((Map) map));
        add(kinds, "synchronizedsortedmap", TreeMap::new, map -> Collections.synchronizedSortedMap((SortedMap) map));
        add(
                kinds,
                "synchronizednavigablemap",
                TreeMap::new,
                map -> Collections.synchronizedNavigableMap((NavigableMap) map));
        add(kinds, "aslist", () -> new Object[0], array -> Arrays.asList((Object[]) array));
        kinds.add(
                Collections.nCopies(1, 1).getClass(),
                new JdkKind(
                        "copies",
                        true,
                        value -> List.of((long) ((List<?>) value).size()),
                        value -> ((List<?>) value).isEmpty()
                                ? wrapped(kinds, value)
                                : new ArrayList<@Nullable Object>(((List<?>) value).subList(0, 1)),
                        (count, held) -> Collections.nCopies(
                                Math.toIntExact((Long) Objects.requireNonNull(count)),
                                held.isEmpty() ? null : held.get(0)),
                        JdkKind.Proof.FRAME));
    }

    private static void add(
            JdkElements.Registry kinds,
            String tag,
            java.util.function.Supplier<Object> wrapped,
            Function<Object, Object> wrapping) {
        kinds.add(
                wrapping.apply(wrapped.get()).getClass(),
                new JdkKind(
                        tag,
                        false,
                        value -> List.of(0L),
                        value -> wrapped(kinds, value),
                        (none, held) -> held.isEmpty() || held.get(0) == null ? null : wrapping.apply(held.get(0)),
                        JdkKind.Proof.FRAME));
    }

    /** What a value wraps; no method tells it, but it is part of the serialized form, or what stands for it there. */
    private static List<@Nullable Object> wrapped(JdkElements.Registry kinds, Object value) {
        @Nullable Frame frame = Frame.of(value);
        List<@Nullable Object> wrapped = new ArrayList<>();
        if (frame != null && !frame.parts().isEmpty()) {
            wrapped.add(resolved(kinds, frame.parts().get(0)));
        }
        return wrapped;
    }

    /**
     * What is read again where a part stands in the serialized form, or null where that is not known for sure. A view of a
     * list with random access is written as the view of any list ({@code UnmodifiableRandomAccessList.writeReplace}, and
     * the synchronized one's). {@code List.of} and its like, which {@code java.util.CollSer} stands for, may come out with
     * their elements in another order.
     */
    private static @Nullable Object resolved(JdkElements.Registry kinds, Object part) {
        if (part.getClass() == UNMODIFIABLE_LIST) {
            return Collections.unmodifiableList((List) wrapped(kinds, part).get(0));
        }
        if (part.getClass() == SYNCHRONIZED_LIST) {
            return Collections.synchronizedList((List) wrapped(kinds, part).get(0));
        }
        if (!(part instanceof Serializable standing) || kinds.knows(part) || part instanceof Object[]) {
            return part;
        }
        return part.getClass() == COLLECTION_FORM ? null : SerializedCopies.of(standing);
    }
}
