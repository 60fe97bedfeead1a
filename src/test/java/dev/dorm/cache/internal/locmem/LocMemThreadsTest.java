package dev.dorm.cache.internal.locmem;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.threads.Threads;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** The index of the store in process, whatever its threads do at one moment. */
class LocMemThreadsTest {

    /** A store for one entry, and an index of its keys. */
    public static class Index {

        private static final byte[] VALUE = {1};

        private volatile long nanos;
        private final InMemoryStore store = new InMemoryStore(1, () -> nanos);

        public Index() {
            store.put("a", VALUE, Duration.ofNanos(10));
        }

        @Operation
        public void putAgain() {
            store.put("a", VALUE, Duration.ofNanos(20));
        }

        /** Evicts one of the two. */
        @Operation
        public void putAnother() {
            store.put("b", VALUE, Duration.ZERO);
        }

        @Operation
        public void remove() {
            store.remove("a");
        }

        /** Its time is over. */
        @Operation
        public void expire() {
            nanos = 15;
            store.slots().cleanUp();
        }

        /** What deletes a pattern finds only the keys that are in the index. */
        @Validate
        public void theIndexHasWhatIsThere() {
            store.slots().cleanUp();
            Set<String> indexed = new HashSet<>();
            store.candidates(new Glob("*")).forEach(indexed::add);
            check(indexed.equals(Set.copyOf(store.slots().asMap().keySet())), "the index has what is there");
        }
    }

    @Test
    void theIndexHasWhatIsThereWhileOthersAreEvicted() {
        Threads.atOnce(Index.class, "putAgain", "putAnother", "remove");
    }

    @Test
    void theIndexHasWhatIsThereWhileItsTimeEnds() {
        Threads.atOnce(Index.class, "putAgain", "expire", "remove");
    }
}
