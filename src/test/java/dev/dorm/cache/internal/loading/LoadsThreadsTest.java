package dev.dorm.cache.internal.loading;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.threads.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Sessions that miss the same, whatever their threads do at one moment. Their waits have no bound: one in a circle never ends. */
class LoadsThreadsTest {

    /** A cache of two rows, and how often each was loaded. */
    public static class Readers {

        private final AtomicLong clock = new AtomicLong();
        private final Loads<String> loads =
                new Loads<>(Counters.ofRegion(), () -> Duration.ofSeconds(1), clock::incrementAndGet, Readers::waitFor);
        private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
        private final AtomicInteger loaded = new AtomicInteger();
        private boolean both;

        private static boolean waitFor(CompletableFuture<?> over, long nanos) {
            over.join();
            return true;
        }

        private void read(String key, VirtualLoader session) {
            long readAt = loads.now();
            if (cache.containsKey(key)) {
                return;
            }
            if (loads.awaitOther(key, readAt, session, true)) {
                if (cache.containsKey(key)) {
                    return;
                }
                loads.begin(key, session, true);
            }
            loaded.incrementAndGet();
        }

        @Operation
        public void readOne() {
            VirtualLoader session = new VirtualLoader();
            read("a", session);
            cache.put("a", "a");
            session.loads().endAll();
        }

        @Operation
        public void readTwo() {
            readInTurn("a", "b");
        }

        @Operation
        public void readTwoTheOtherWay() {
            readInTurn("b", "a");
        }

        /** As in a transaction, at whose end what it has loaded is stored. */
        private void readInTurn(String first, String second) {
            both = true;
            VirtualLoader session = new VirtualLoader();
            read(first, session);
            read(second, session);
            cache.put("a", "a");
            cache.put("b", "b");
            session.loads().endAll();
        }

        @Validate
        public void oneLoads() {
            check(both || loaded.get() == 1, "one loads");
        }
    }

    @Test
    void oneLoads() {
        Threads.atOnce(Readers.class, "readOne", "readOne", "readOne");
    }

    @Test
    void nobodyWaitsInACircle() {
        Threads.atOnce(Readers.class, "readTwo", "readTwoTheOtherWay");
    }
}
