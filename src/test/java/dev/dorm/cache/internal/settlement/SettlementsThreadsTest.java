package dev.dorm.cache.internal.settlement;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.threads.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** What is under way, whatever the threads do at one moment that send, wait and are answered. */
class SettlementsThreadsTest {

    /** Two that send to one row, one that reads it, and replies. */
    public static class Traffic {

        private static final Shard SHARD =
                Layout.UNDIVIDED.namespace("dormqs:books").shards().get(0);
        private static final List<Step<?>> UNLOCK =
                List.of(new Step.UnlockRow(new Row(SHARD, "1"), "t", 1, 1, null, Duration.ZERO));
        private static final List<Step<?>> READ = List.of(new Step.ReadRows(List.of(new Row(SHARD, "1"))));

        private static final Backend BACKEND = new LocMemBackend(BackendSettings.defaults());

        private final Settlements settlements = new Settlements(this::waitFor, Counters.ofAlias());
        private volatile Settlements.UnderWay first;

        private void waitFor(CompletableFuture<?> over) {
            // As if it took too long.
        }

        public Traffic() {
            first = settlements.begin(UNLOCK);
        }

        @Operation
        public void send() {
            Settlements.UnderWay mine = settlements.begin(UNLOCK);
            mine.end();
        }

        @Operation
        public void answer() {
            first.end();
        }

        @Operation
        public void read() {
            var unused = settlements.before(READ, BACKEND);
        }

        @Validate
        public void nothingIsLeft() {
            first.end();
            List<Settlements.UnderWay> begun = new ArrayList<>();
            for (int i = 0; i < Settlements.MOST; i++) {
                Settlements.UnderWay each = settlements.begin(UNLOCK);
                check(each != null, "what has ended takes no place");
                begun.add(each);
            }
            check(settlements.begin(UNLOCK) == null, "only so much is under way");
            // It is asked more than once.
            begun.forEach(Settlements.UnderWay::end);
        }
    }

    @Test
    void whatHasEndedTakesNoPlace() {
        Threads.atOnce(Traffic.class, "send", "answer", "read");
    }

    @Test
    void itEndsOnce() {
        Threads.atOnce(Traffic.class, "answer", "read", "read");
    }
}
