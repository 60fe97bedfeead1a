package dev.dorm.cache.testing;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which tests of one JVM used which server, by JUnit's unique ids; safe to use from any thread. */
final class ServedAccount {

    static final ServedAccount OF_THIS_JVM = new ServedAccount();

    /** What runs on a thread: the class, and in it the test. */
    private final ThreadLocal<Deque<String>> runningHere = ThreadLocal.withInitial(ArrayDeque::new);

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private final Map<Served, Set<String>> users = sets();
    private final Map<Served, Set<String>> rungs = sets();

    void started(String id, boolean isTest) {
        runningHere.get().push(id);
        if (isTest) {
            running.add(id);
        }
    }

    void finished(String id, boolean isTest, boolean counts) {
        runningHere.get().remove(id);
        running.remove(id);
        if (isTest && counts) {
            finished.add(id);
        }
    }

    /** Attributes a use to what runs on this thread, or else (a thread that a test started) to what runs at all. */
    void used(Served served) {
        String here = runningHere.get().peek();
        users.get(served).addAll(here == null ? running : List.of(here));
    }

    void servedBy(Served served, String rung) {
        rungs.get(served).add(rung);
    }

    Collection<String> rungs(Served served) {
        return rungs.get(served);
    }

    Collection<String> finished() {
        return finished;
    }

    /** The finished tests that used a server themselves or through what encloses them. */
    List<String> testsOf(Served served) {
        Set<String> using = users.get(served);
        return finished.stream()
                .filter(test -> using.stream().anyMatch(user -> test.equals(user) || test.startsWith(user + "/")))
                .toList();
    }

    private static Map<Served, Set<String>> sets() {
        Map<Served, Set<String>> sets = new EnumMap<>(Served.class);
        for (Served served : Served.values()) {
            sets.put(served, ConcurrentHashMap.newKeySet());
        }
        return sets;
    }
}
