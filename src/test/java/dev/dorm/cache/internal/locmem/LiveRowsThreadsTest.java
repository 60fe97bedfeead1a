package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.threads.Threads;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** What is read without a step is what stands at one moment, whatever steps other threads take. */
class LiveRowsThreadsTest {

    /** A row of which something was made. */
    public static class Read {

        private static final byte[] ENTRY = "an entry".getBytes(US_ASCII);

        private final InMemoryStore store = new InMemoryStore(10, () -> 0);
        private final Steps steps = new Steps(store);
        private final Row row = Layout.UNDIVIDED.namespace("dormqs:books").row("1");
        private final LiveShard live;

        public Read() {
            store.put(row.shard().versionKey(), "7".getBytes(US_ASCII), Duration.ZERO);
            store.put(row.key(), ENTRY, Duration.ZERO);
            live = store.shards().of(row.shard());
            live.put(row.key(), ENTRY, new LiveShard.Made(this, 7, "made"));
        }

        @Operation
        public boolean read() {
            return live.get(row.key(), this) != null;
        }

        @Operation
        public void lock() {
            steps.run(new Step.LockRow(row, "one", null, Step.ANY_TIME));
        }

        @Operation
        public void bump() {
            steps.run(new Step.BumpVersion(row.shard()));
        }
    }

    @Test
    void whatIsLockedIsNotReadAnyMore() {
        Threads.atOnce(Read.class, "read", "lock");
    }

    @Test
    void whatIsDeadIsNotReadAnyMore() {
        Threads.atOnce(Read.class, "read", "bump");
    }
}
