package dev.dorm.cache.internal.jdk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Stack;
import java.util.Vector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists and queues, whose order is that in which they were filled. */
@SuppressWarnings("JdkObsolete") // an application's attributes are what they are
final class PlainKinds {

    private PlainKinds() {}

    static void addTo(JdkElements.Registry kinds) {
        kinds.add(
                ArrayList.class,
                new JdkKind(
                        "list",
                        false,
                        value -> List.of(0L),
                        JdkElements::elements,
                        (none, held) -> held,
                        JdkKind.Proof.NONE));
        add(kinds, "linkedlist", LinkedList::new);
        add(kinds, "deque", ArrayDeque::new);
        add(kinds, "cowlist", CopyOnWriteArrayList::new);
        add(kinds, "cowset", CopyOnWriteArraySet::new);
        add(kinds, "queue", ConcurrentLinkedQueue::new);
        add(kinds, "linkeddeque", ConcurrentLinkedDeque::new);
        addVector(kinds, "vector", Vector.class, Vector::new);
        addVector(kinds, "stack", Stack.class, Stack::new);
    }

    private static void add(JdkElements.Registry kinds, String tag, Supplier<Object> empty) {
        kinds.add(empty.get().getClass(), JdkElements.plain(tag, held -> JdkElements.filled(empty.get(), held)));
    }

    /** A vector's serialized form is as long as its capacity. */
    private static void addVector(
            JdkElements.Registry kinds, String tag, Class<?> type, Supplier<Vector<@Nullable Object>> empty) {
        Function<Object, List<? extends @Nullable Object>> capacity = value -> {
            int room = ((Vector<?>) value).capacity();
            return room > JdkElements.most(((Vector<?>) value).size()) ? List.of() : List.of((long) room);
        };
        kinds.add(
                type,
                new JdkKind(
                        tag,
                        true,
                        capacity,
                        JdkElements::elements,
                        (room, held) -> {
                            Vector<@Nullable Object> vector = empty.get();
                            vector.trimToSize();
                            vector.ensureCapacity(JdkElements.capacity(room, held));
                            return JdkElements.filled(vector, held);
                        },
                        JdkKind.Proof.FRAME_AND_ORDER));
    }
}
